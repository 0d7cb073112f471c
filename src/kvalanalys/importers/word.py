"""docx: one turn per labelled paragraph; paragraphs without a label continue the turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.files.word_text import read_paragraphs
from kvalanalys.importers.turns import compose_transcript, split_passages

if TYPE_CHECKING:
    from kvalanalys.importers.importer import ReadOptions, Transcript


class WordImporter:
    """Word files as transcribers write them: ``Label: speech``, a paragraph a turn."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether the ending is .docx."""
        return suffix == ".docx"

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript; raises FileError for what is no Word file."""
        paragraphs = [text for text in read_paragraphs(content) if text.strip()]
        pieces = [(text, None) for text in paragraphs]
        return compose_transcript(split_passages(pieces, options, joint="\n"), options)
