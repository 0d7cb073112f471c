"""Sentences inside a stretch of text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kvalanalys.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _splitter() -> Callable[[str, str], list[str]]:
    import simplemma

    def split(text: str, language: str) -> list[str]:
        return list(simplemma.split_sentences(text, lang=language))

    return split


def split_sentences(text: str, span: Span, language: str) -> list[Span]:
    """Return the sentences inside a span; a newline always ends one; no white space at the edges.

    Spans are half-open code points into the whole text.
    """
    split = _splitter()
    found: list[Span] = []
    position = span.start
    for line in span.cut(text).split("\n"):
        place = position
        for sentence in split(line, language):
            start = text.index(sentence, place)
            place = start + len(sentence)
            if sentence:
                found.append(Span(start, place))
        position += len(line) + 1
    return found
