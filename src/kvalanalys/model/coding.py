"""What a coder did: codings and memos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, NewType

if TYPE_CHECKING:
    from kvalanalys.model.codebook import CodeId
    from kvalanalys.model.document import DocumentId
    from kvalanalys.model.span import Span

CoderId = NewType("CoderId", str)
CodingId = NewType("CodingId", str)
MemoId = NewType("MemoId", str)
FLAGS = ("favourite", "deviant", "revealing")


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes."""

    id: CoderId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A coder put a code on a span of one version of a document.

    ``quote`` is the text of the span, stored as a check. ``origin`` is ``manual``, ``import`` or
    ``suggestion:<id>``. ``code_fingerprint`` names the definition that the coder worked with.
    ``created`` and ``retracted`` are UTC times in ISO 8601; a retracted coding never counts.
    """

    id: CodingId
    document_id: DocumentId
    document_version: int
    span: Span
    quote: str
    code_id: CodeId
    coder_id: CoderId
    origin: str
    code_fingerprint: str
    created: str
    value: str | None = None
    flags: frozenset[str] = frozenset()
    retracted: str | None = None

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"coding {self.id}: the quotation is not as long as its span")
        if self.flags and (unknown := self.flags.difference(FLAGS)):
            raise ValueError(f"coding {self.id}: unknown flags {sorted(unknown)}")

    @property
    def is_live(self) -> bool:
        """Say whether the coding has not been retracted."""
        return self.retracted is None


class CodedSegment(NamedTuple):
    """A live coding as a reader of quotations sees it; ``flags`` are separated by spaces.

    A named tuple of its own: listings show tens of thousands, and a whole Coding costs a fifth of
    the time.
    """

    coding_id: CodingId
    document_id: DocumentId
    start: int
    end: int
    quote: str
    code_id: CodeId
    coder_id: CoderId
    flags: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A note about something: the id of a coding, a document or a code."""

    id: MemoId
    about: str
    coder_id: CoderId
    text: str
    created: str
