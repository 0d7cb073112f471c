"""The seam for suggesters, and the step from scores to suggestions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kvalanalys.model import Codebook, Document, Match, Span, Suggestion, SuggestionId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalanalys.model import CodeId

_SUGGESTIONS = uuid.UUID("7a8bb1f2-54a7-5c34-8d0c-4c8f0e0f4b11")


@dataclass(frozen=True, slots=True)
class Score:
    """How strongly a code is proposed for a unit (its number in the list), 0–1, and why."""

    unit: int
    code_id: CodeId
    score: float
    reason: tuple[Match, ...]


class Suggester(Protocol):
    """Proposes codes for units of a document; its name stands on every suggestion."""

    name: str

    def score(self, document: Document, units: Sequence[Span]) -> list[Score]:
        """Return the scores of the units and codes that it has something to say about."""
        ...


def suggest_codings(
    suggester: Suggester,
    document: Document,
    units: Sequence[Span],
    *,
    codebook: Codebook,
    threshold: float = 0.0,
) -> list[Suggestion]:
    """Return a suggestion for each score above the threshold.

    The id comes from document, version, span, code and suggester: the same proposal made again
    is the same suggestion.
    """
    return [
        Suggestion(
            id=_suggestion_id(document, units[scored.unit], scored.code_id, suggester.name),
            document_id=document.id,
            document_version=document.version,
            span=units[scored.unit],
            code_id=scored.code_id,
            score=scored.score,
            experts=(suggester.name,),
            reason=scored.reason,
            suggester=suggester.name,
            fingerprint=codebook.by_id[scored.code_id].fingerprint,
        )
        for scored in suggester.score(document, units)
        if scored.score > threshold
    ]


def _suggestion_id(document: Document, span: Span, code_id: CodeId, name: str) -> SuggestionId:
    key = f"{document.id}/{document.version}/{span.start}-{span.end}/{code_id}/{name}"
    return SuggestionId(str(uuid.uuid5(_SUGGESTIONS, key)))
