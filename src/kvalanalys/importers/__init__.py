"""Transcript files in, documents out: one file and one table row per format."""

from __future__ import annotations

import hashlib
import unicodedata
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.errors import TranscriptError
from kvalanalys.files.atomic import read_file
from kvalanalys.importers.importer import Importer, ReadOptions, Transcript
from kvalanalys.messages import N_, _, list_names
from kvalanalys.model import Document, DocumentId, Speaker
from kvalanalys.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["IMPORTERS", "Importer", "ReadDocument", "ReadOptions", "Transcript", "identify",
           "is_read", "read_document"]  # fmt: skip

IMPORTERS: Registry[type[Importer]] = Registry(
    N_("transcript format"),
    {
        "text": "kvalanalys.importers.plain_text:PlainTextImporter",
        "docx": "kvalanalys.importers.word:WordImporter",
        "srt": "kvalanalys.importers.subtitles:SubtitleImporter",
        "vtt": "kvalanalys.importers.subtitles:WebVttImporter",
    },
    group="kvalanalys.importers",
)
_DOCUMENTS = uuid.UUID("0f0c3f6e-3c1c-5a53-9d53-5f7b6a1f9a10")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read from a file, its speakers, the bytes as they came, and warnings."""

    document: Document
    speakers: tuple[Speaker, ...]
    original: bytes
    warnings: tuple[str, ...]


def is_read(path: Path) -> bool:
    """Say whether some importer reads files with this ending."""
    suffix = path.suffix.lower()
    return any(IMPORTERS.load(name)().recognises(suffix, b"") for name in IMPORTERS.names())


def identify(path: Path, head: bytes) -> str:
    """Return the name of the format that a file is in.

    Raises
    ------
    TranscriptError
        No format, or more than one, recognises the file; the formats are listed.

    """
    found = [
        name for name in IMPORTERS.names()
        if IMPORTERS.load(name)().recognises(path.suffix.lower(), head)
    ]  # fmt: skip
    if len(found) == 1:
        return found[0]
    if found:
        raise TranscriptError(
            _("Several formats fit this file: {names}.").format(names=list_names(found)),
            hint=_("Name one with --format."),
        )
    raise TranscriptError(
        _("Files ending in “{ending}” are not read.").format(ending=path.suffix or path.name),
        hint=_("Save the transcript as Word (.docx), text (.txt, .md) or subtitles (.srt, .vtt)."),
    )


def read_document(
    path: Path, *, language: str, options: ReadOptions | None = None, format: str | None = None
) -> ReadDocument:
    """Return the document in a transcript file: version 1, named after the file.

    The id comes from the bytes, so that two coders' copies of one file are the same document.

    Raises
    ------
    KvalanalysError
        The file can't be read, is empty, is of an unknown format or damaged.

    """
    content = read_file(path)
    if not content:
        raise TranscriptError(
            _("The file is empty."), hint=_("Check that it is the right file, and copied whole.")
        )
    importer = IMPORTERS.load(format or identify(path, content[:512]))()
    transcript = importer.read(content, options or ReadOptions())
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(
        id=DocumentId(str(uuid.uuid5(_DOCUMENTS, sha256))),
        version=1,
        name=unicodedata.normalize("NFC", path.stem),
        text=transcript.text,
        turns=transcript.turns,
        language=language,
        original_sha256=sha256,
    )
    return ReadDocument(document, _speakers(document, transcript), content, transcript.warnings)


def _speakers(document: Document, transcript: Transcript) -> tuple[Speaker, ...]:
    if not transcript.roles:
        return (Speaker(document.id, None, document.name, "respondent"),)
    return tuple(
        Speaker(document.id, label, label, role) for label, role in transcript.roles.items()
    )
