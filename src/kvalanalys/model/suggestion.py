"""What the machine proposes, and what the human answers; never mixed with codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from kvalanalys.model.codebook import CodeId
    from kvalanalys.model.coding import CoderId, CodingId
    from kvalanalys.model.document import DocumentId
    from kvalanalys.model.span import Span

SuggestionId = NewType("SuggestionId", str)
DecisionKind = Literal["accepted", "corrected", "rejected", "skipped", "taken back"]
SuggestionState = Literal["open", "accepted", "corrected", "rejected", "skipped", "overtaken"]


@dataclass(frozen=True, slots=True)
class Match:
    """Words in the text that a term of the codebook found; positions in the document's text."""

    term: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A code proposed for a span, with the score (0–1), the experts that spoke and why.

    ``fingerprint`` names the definition of the code that the proposal was made from.
    """

    id: SuggestionId
    document_id: DocumentId
    document_version: int
    span: Span
    code_id: CodeId
    score: float
    experts: tuple[str, ...]
    reason: tuple[Match, ...]
    suggester: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A human's answer to a suggestion; ``coding_id`` is the coding it led to, if any.

    The last answer holds; one that was taken back leaves the suggestion open.
    """

    suggestion_id: SuggestionId
    kind: DecisionKind
    coder_id: CoderId
    created: str
    coding_id: CodingId | None = None
