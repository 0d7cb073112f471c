"""Compose a transcript's text and turns from paragraphs or cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.errors import TranscriptError
from kvalanalys.importers.importer import Transcript
from kvalanalys.importers.speakers import assign_roles, find_labels, label_of
from kvalanalys.messages import _
from kvalanalys.model import Span, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalanalys.importers.importer import ReadOptions


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of speech or of other text (label None), with its start in milliseconds if known."""

    label: str | None
    speech: str
    start_ms: int | None = None


def split_passages(
    pieces: Sequence[tuple[str, int | None]], options: ReadOptions, *, joint: str
) -> list[Passage]:
    """Join pieces (text, start in ms) into one passage per turn; what has no label continues."""
    matches = [label_of(text) for text, _start in pieces]
    labels = find_labels((found["label"] for found in matches if found), known=options.interviewers)
    passages: list[Passage] = []
    for (text, start_ms), found in zip(pieces, matches, strict=True):
        if found and found["label"] in labels:
            passages.append(Passage(found["label"], text[found.end() :].strip(), start_ms))
        elif passages:
            last = passages[-1]
            speech = joint.join(part for part in (last.speech, text.strip()) if part)
            passages[-1] = Passage(last.label, speech, last.start_ms)
        else:
            passages.append(Passage(None, text.strip(), start_ms))
    return passages


def join_same_speaker(passages: Iterable[Passage], *, joint: str = " ") -> list[Passage]:
    """Make one passage of neighbours with the same label."""
    joined: list[Passage] = []
    for passage in passages:
        if joined and joined[-1].label == passage.label:
            last = joined.pop()
            joined.append(
                Passage(last.label, f"{last.speech}{joint}{passage.speech}", last.start_ms)
            )
        else:
            joined.append(passage)
    return joined


def compose_transcript(passages: Sequence[Passage], options: ReadOptions) -> Transcript:
    """Lay passages out as ``Label: speech`` with a blank line between, and mark the turns.

    Raises
    ------
    TranscriptError
        There is no text.

    """
    spoken = [passage for passage in passages if passage.label is not None and passage.speech]
    turns: list[Turn] = []
    parts: list[str] = []
    position = 0
    for passage in passages:
        if not passage.speech:
            continue
        label = "" if passage.label is None else f"{passage.label}: "
        start = position + len(label)
        position = start + len(passage.speech) + 2
        parts.append(f"{label}{passage.speech}")
        if passage.label is not None or not spoken:
            span = Span(start, start + len(passage.speech))
            turns.append(Turn(len(turns) + 1, passage.label, span, passage.start_ms))
    return finish_transcript("\n\n".join(parts), turns, options)


def finish_transcript(text: str, turns: Sequence[Turn], options: ReadOptions) -> Transcript:
    """Give the speakers roles; a text without recognisable speakers is one turn, with a warning.

    Raises
    ------
    TranscriptError
        There is no text.

    """
    if not text.strip():
        raise TranscriptError(
            _("The file holds no text."), hint=_("Check that it is the right file.")
        )
    if not any(turn.label for turn in turns):
        warning = _(
            "No speaker was recognised: the whole text is one turn. "
            "Write each turn as “Name: speech” and import again."
        )
        return Transcript(text, (_whole(text, turns),), {}, (warning,))
    roles, warnings = assign_roles(text, turns, interviewers=options.interviewers)
    return Transcript(text, tuple(turns), roles, warnings)


def _whole(text: str, turns: Sequence[Turn]) -> Turn:
    start = len(text) - len(text.lstrip())
    start_ms = turns[0].start_ms if turns else None
    return Turn(1, None, Span(start, len(text.rstrip())), start_ms)
