"""One transcript as plain text, and the turns in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, NewType

if TYPE_CHECKING:
    from kvalanalys.model.span import Span

DocumentId = NewType("DocumentId", str)


class Turn(NamedTuple):
    """One speaker's uninterrupted stretch, as written; the span covers the speech, not the label.

    A named tuple: a study has tens of thousands, and it is made in a third of the time.
    """

    number: int
    label: str | None
    span: Span
    start_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A transcript: text that never changes, with turns in order that do not overlap.

    ``original_sha256`` is the hash of the file's bytes as they came.
    """

    id: DocumentId
    version: int
    name: str
    text: str
    turns: tuple[Turn, ...]
    language: str
    original_sha256: str

    def __post_init__(self) -> None:
        position = 0
        for turn in self.turns:
            if turn.span.start < position:
                raise ValueError(f"turn {turn.number} of {self.name} overlaps the one before it")
            position = turn.span.end
        if position > len(self.text):
            raise ValueError(f"the turns of {self.name} reach beyond its text")

    def turns_touched(self, span: Span) -> tuple[Turn, ...]:
        """Return the turns that share at least one code point with a span, in order."""
        return self.turns_between(span.start, span.end)

    def turns_between(self, start: int, end: int) -> tuple[Turn, ...]:
        """Return the turns that share at least one code point with text[start:end], in order."""
        starts, ends = self._edges
        return self.turns[bisect_right(ends, start) : bisect_left(starts, end)]

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        return [turn.span.start for turn in self.turns], [turn.span.end for turn in self.turns]
