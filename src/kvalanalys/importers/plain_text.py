"""txt and md: the text is the file's own characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.files.encoding import decode_text
from kvalanalys.importers.speakers import find_labels, label_of
from kvalanalys.importers.turns import finish_transcript
from kvalanalys.model import Span, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

if TYPE_CHECKING:
    from kvalanalys.importers.importer import ReadOptions, Transcript


class PlainTextImporter:
    """Text files with a speaker label at the start of a turn; lines without one continue it."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether the ending is .txt, .md or .text."""
        return suffix in {".txt", ".md", ".text", ".markdown"}

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript; see finish_transcript for what is raised."""
        text = decode_text(content, encoding=options.encoding)
        return finish_transcript(text, _turns(text, options), options)


def _turns(text: str, options: ReadOptions) -> list[Turn]:
    """Return the turns: from the end of one label to the beginning of the next, edges stripped."""
    found = list(_possible_labels(text))
    labels = find_labels((label for label, _start, _end in found), known=options.interviewers)
    spoken = [place for place in found if place[0] in labels]
    ends = [*(start for _label, start, _end in spoken[1:]), len(text)]
    turns: list[Turn] = []
    for (label, _start, begin), end in zip(spoken, ends, strict=False):
        speech = text[begin:end].rstrip()
        start = begin + len(speech) - len(speech.lstrip())
        if start < begin + len(speech):
            turns.append(Turn(len(turns) + 1, label, Span(start, begin + len(speech))))
    return turns


def _possible_labels(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield label, start of the line and start of the speech for lines that may begin a turn."""
    position = 0
    for line in text.split("\n"):
        if ":" in line and (found := label_of(line)):
            yield found["label"], position, position + found.end()
        position += len(line) + 1
