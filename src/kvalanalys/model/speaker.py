"""Who speaks in a document, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kvalanalys.model.case import CaseId
    from kvalanalys.model.document import DocumentId

Role = Literal["interviewer", "respondent"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of one document: the label in the text, a name, a role, the case they are."""

    document_id: DocumentId
    label: str | None
    name: str
    role: Role
    case_id: CaseId | None = None
