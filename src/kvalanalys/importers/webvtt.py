"""vtt as Teams and Zoom write it: voices or labels; neighbouring cues of one speaker are one turn."""

from __future__ import annotations

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

_VOICE = re.compile(r"<v(?:\.[\w.-]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[\d:.]*>")


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
            The file is not proper WebVTT.

        """
        from webvtt import WebVTT
        from webvtt.errors import MalformedCaptionError, MalformedFileError

        text = decode_text(content, encoding=options.encoding)
        try:
            cues = WebVTT.from_string(text).captions
        except (MalformedFileError, MalformedCaptionError, ValueError) as error:
            raise TranscriptError(
                _("The file is not proper vtt (WEBVTT, times, text, blank line)."),
                hint=_("Download the transcript again, or as Word (.docx)."),
            ) from error
        voiced = [passage for cue in cues for passage in _voices(cue)]
        if any(passage.label for passage in voiced):
            passages = voiced
        else:
            pieces = [(passage.speech, passage.start_ms) for passage in voiced]
            passages = split_passages(pieces, options, joint=" ")
        return compose_transcript(join_same_speaker(passages), options)


def _voices(cue: Caption) -> Iterator[Passage]:
    """Yield what each voice of a cue says; a cue without voices is one passage without label."""
    start = cue.start_time
    start_ms = ((start.hours * 60 + start.minutes) * 60 + start.seconds) * 1000 + start.milliseconds
    before, *voices = _VOICE.split(cue.raw_text)
    for label, said in zip(("", *voices[::2]), (before, *voices[1::2]), strict=True):
        speech = " ".join(unescape(_TAG.sub("", said)).split())
        if speech:
            yield Passage(" ".join(unescape(label).split()) or None, speech, start_ms)
