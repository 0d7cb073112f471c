"""Which stretches of a document are suggested for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.language import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalanalys.model import Document, Span, Speaker


def sentence_units(
    document: Document, speakers: Iterable[Speaker], *, everyone: bool = False
) -> list[Span]:
    """Return the sentences of the respondents' turns (or of everyone's), in order.

    A sentence never crosses from one turn into the next.
    """
    respondents = {speaker.label for speaker in speakers if speaker.role == "respondent"}
    return [
        sentence
        for turn in document.turns
        if everyone or turn.label in respondents
        for sentence in split_sentences(document.text, turn.span, document.language)
    ]
