"""srt: cues become turns; neighbouring cues of one speaker are one turn."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import srt

from kvalanalys.errors import TranscriptError
from kvalanalys.files.encoding import decode_text
from kvalanalys.importers.turns import compose_transcript, join_same_speaker, split_passages
from kvalanalys.messages import _

if TYPE_CHECKING:
    from kvalanalys.importers.importer import ReadOptions, Transcript

_MARKUP = re.compile(r"</?(?:[ibu]|font[^>]*)>", re.IGNORECASE)


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
            The file is not proper srt; the message names the place.

        """
        text = decode_text(content, encoding=options.encoding)
        if not text.strip():
            raise TranscriptError(
                _("The file holds no text."), hint=_("Check that it is the right file.")
            )
        try:
            cues = list(srt.parse(text))
        except (srt.SRTParseError, ValueError) as error:
            raise TranscriptError(
                _("The file is not proper srt (number, times, text, blank line)."),
                hint=_("Export the subtitles again, or save them as text with speaker labels."),
            ) from error
        pieces = [
            (" ".join(_MARKUP.sub("", cue.content).split()), _milliseconds(cue.start))
            for cue in cues
        ]
        passages = join_same_speaker(split_passages(pieces, options, joint=" "))
        return compose_transcript(passages, options)


def _milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
