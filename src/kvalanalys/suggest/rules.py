"""Suggestions by the codebook's keywords and patterns."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kvalanalys.language import TermMatcher
from kvalanalys.suggest.suggester import Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalanalys.model import Codebook, CodeId, Document, Match, Span


class RuleSuggester:
    """Proposes a code where one of its keywords or patterns stands.

    The score is 1 − ½ʰ for h different terms found in the unit: an order, not a probability.
    """

    name = "rules"

    def __init__(self, codebook: Codebook, *, language: str, pipeline: str | None = None) -> None:
        codable = [code for code in codebook if code.is_codable]
        self._order = {code.id: number for number, code in enumerate(codable)}
        self._matcher = TermMatcher(
            {code.id: code.keywords for code in codable},
            language=language,
            pipeline=pipeline,
            patterns={code.id: code.patterns for code in codable if code.patterns},
        )

    def score(self, document: Document, units: Sequence[Span]) -> list[Score]:
        """Return a score for every unit and code with a match wholly inside the unit."""
        starts = [unit.start for unit in units]
        found: dict[tuple[int, CodeId], list[Match]] = {}
        for owner, match in self._matcher.find(document.text):
            unit = bisect_right(starts, match.span.start) - 1
            if unit >= 0 and match.span.end <= units[unit].end:
                found.setdefault((unit, owner), []).append(match)  # type: ignore[arg-type]
        return [
            Score(unit, code_id, _strength(matches), tuple(_distinct(matches)))
            for (unit, code_id), matches in sorted(
                found.items(), key=lambda item: (item[0][0], self._order[item[0][1]])
            )
        ]


def _distinct(matches: list[Match]) -> list[Match]:
    return list(dict.fromkeys(sorted(matches, key=lambda match: match.span)))


def _strength(matches: list[Match]) -> float:
    return 1 - 0.5 ** len({match.term for match in matches})
