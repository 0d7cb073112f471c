"""txt and md: the text is the file's own characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.files.encoding import decode_text
from kvalanalys.importers.speakers import find_labels, label_of
from kvalanalys.importers.turns import finish_transcript
from kvalanalys.model import Span, Turn

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
    lines = text.split("\n")
    labels = find_labels(lines, known=options.interviewers)
    turns: list[Turn] = []
    label, start, end, position = None, 0, 0, 0

    def close() -> None:
        if label is not None and start < end:
            turns.append(Turn(len(turns) + 1, label, Span(start, end)))

    for line in lines:
        found = label_of(line) if ":" in line else None
        if found and found["label"] in labels:
            close()
            label, start = found["label"], position + found.end()
            end = position + len(line.rstrip())
        elif stripped := line.strip():
            if start >= end:
                start = position + line.index(stripped)
            end = position + len(line.rstrip())
        position += len(line) + 1
    close()
    return turns
