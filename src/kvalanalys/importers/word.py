"""docx: as transcribers write it (``Label: speech``), and as Teams downloads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kvalanalys.files.word_text import read_paragraphs
from kvalanalys.importers.turns import (
    Passage,
    compose_transcript,
    join_same_speaker,
    split_passages,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalanalys.importers.importer import ReadOptions, Transcript

# "Åsa Öberg   1:02:03", a line break, speech. With one space, "vi ses 10:30" would be a speaker.
_TEAMS = re.compile(
    r"(?P<label>\S.{0,80}?)[ \u00a0]{2,}(?P<time>(?:\d+:)?\d{1,2}:\d{2})\n(?P<speech>.*)", re.DOTALL
)
_TEAMS_NOTE = re.compile(
    r".{1,80}\b(?:started|stopped|startade|stoppade|avslutade) transcription"
    r"|.{1,80}\b(?:startade|stoppade|avslutade) transkription(?:en)?"
)


class WordImporter:
    """Word files: ``Label: speech`` with a paragraph a turn, or the transcript that Teams makes."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether the ending is .docx."""
        return suffix == ".docx"

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript, from Teams with times; raises FileError for what is no Word file."""
        paragraphs = [text for text in read_paragraphs(content) if text.strip()]
        if any(map(_TEAMS.fullmatch, paragraphs)):
            return compose_transcript(join_same_speaker(_teams_passages(paragraphs)), options)
        pieces = [(text, None) for text in paragraphs]
        return compose_transcript(split_passages(pieces, options, joint="\n"), options)


def _teams_passages(paragraphs: Sequence[str]) -> list[Passage]:
    """Return the passages; what stands before the first turn, and Teams' own notes, are nobody's."""
    passages: list[Passage] = []
    speaking: Passage | None = None
    for text in paragraphs:
        if found := _TEAMS.fullmatch(text):
            speaking = Passage(found["label"], _on_one_line(found["speech"]), _ms(found["time"]))
            passages.append(speaking)
        elif speaking is None or _TEAMS_NOTE.fullmatch(text.strip()):
            passages.append(Passage(None, text.strip()))
        else:
            passages.append(Passage(speaking.label, _on_one_line(text), speaking.start_ms))
    return passages


def _on_one_line(speech: str) -> str:
    return " ".join(speech.split())


def _ms(time: str) -> int:
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000
