"""srt and vtt: cues become turns; neighbouring cues of one speaker are one turn."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING

from kvalanalys.errors import TranscriptError
from kvalanalys.files.encoding import decode_text
from kvalanalys.importers.turns import (
    Passage,
    compose_transcript,
    join_same_speaker,
    split_passages,
)
from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webvtt import Caption

    from kvalanalys.importers.importer import ReadOptions, Transcript

_TIME = r"(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[\w.-]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[\d:.]*>", re.IGNORECASE)
_NO_SPEECH = ("WEBVTT", "NOTE", "STYLE", "REGION")


class SubtitleImporter:
    """SubRip files; a label stands at the first cue of a turn, or at every cue."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether the ending is .srt."""
        return suffix == ".srt"

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript, turns with their start in milliseconds.

        Raises
        ------
        TranscriptError
            The file is not proper srt; the message names the line.

        """
        text = _decoded(content, options)
        _require_times(text)
        return _transcript(_captions(text, "srt"), options)


class WebVttImporter:
    """WebVTT files: ``<v Name>speech</v>`` (Teams), or ``Name: speech`` at the cue (Zoom)."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether the ending is .vtt."""
        return suffix == ".vtt"

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript, turns with their start in milliseconds.

        Raises
        ------
        TranscriptError
            The file is not proper WebVTT; the message names the line.

        """
        text = _decoded(content, options)
        _require_times(text)
        _refuse_stray_text(text)
        return _transcript(_captions(text, "vtt"), options)


def _decoded(content: bytes, options: ReadOptions) -> str:
    text = decode_text(content, encoding=options.encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _require_times(text: str) -> None:
    """Refuse times that can't be read: the cue's words would be lost."""
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" in line and not _TIMES.fullmatch(line):
            raise _not_proper(number)


def _refuse_stray_text(text: str) -> None:
    """Refuse words without times: WebVTT passes over them, so they would be lost."""
    number = 1
    for block in re.split(r"(\n[ \t]*(?=\n))", text):
        words = block.strip()
        if words and "-->" not in words and not words.startswith(_NO_SPEECH):
            raise _not_proper(number + block[: block.index(words)].count("\n"))
        number += block.count("\n")


def _not_proper(line: int) -> TranscriptError:
    return TranscriptError(
        _("Line {line} is not proper subtitles (times, text, blank line).").format(line=line),
        hint=_("Export the transcript again, or save it as Word or as text with speaker labels."),
    )


def _captions(text: str, format: str) -> list[Caption]:
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    if not text.strip():
        raise TranscriptError(
            _("The file holds no text."), hint=_("Check that it is the right file.")
        )
    try:
        return WebVTT.from_buffer(io.StringIO(text), format=format).captions
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise _not_proper(1) from error


def _transcript(captions: list[Caption], options: ReadOptions) -> Transcript:
    passages = [passage for caption in captions for passage in _voices(caption)]
    if not any(passage.label for passage in passages):
        pieces = [(passage.speech, passage.start_ms) for passage in passages]
        passages = split_passages(pieces, options, joint=" ")
    return compose_transcript(join_same_speaker(passages), options)


def _voices(caption: Caption) -> Iterator[Passage]:
    """Yield what each voice of a cue says; a cue without voices is one passage without label."""
    time = caption.start_time
    start_ms = ((time.hours * 60 + time.minutes) * 60 + time.seconds) * 1000 + time.milliseconds
    before, *voices = _VOICE.split(caption.raw_text)
    for label, said in zip(("", *voices[::2]), (before, *voices[1::2]), strict=True):
        speech = " ".join(unescape(_TAG.sub("", said)).split())
        if speech:
            yield Passage(" ".join(unescape(label).split()) or None, speech, start_ms)
