"""Which labels are speakers, and which speakers ask the questions: by evidence."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kvalanalys.messages import _, list_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalanalys.model import Role, Turn

# "Intervjuare:", "IP1:", "ANNA ÖBERG:", "**R:**"; a colon that text or the line's end follows.
LABEL = re.compile(
    r"[ \t]*\*{0,2}(?P<label>[^\W\d_][\w .,'’()/-]{0,40}?)[ \t]*\*{0,2}:\*{0,2}(?=\s|$)[ \t]*"
)
_INTERVIEWER = re.compile(
    r"(i|int|intervjuare|intervjuaren|interviewer|moderator|samtalsledare|forskare|researcher|"
    r"facilitator|therapist|counsellor|counselor|terapeut|samtalsterapeut)"
    r"[ .]?\d{0,2}"
)
_RESPONDENT = re.compile(
    r"(ip|r|resp|respondent|informant|intervjuperson|deltagare|participant|interviewee|"
    r"client|patient|klient)"
    r"[ .]?\d{0,2}"
)
_NO_SPEAKER = {
    "obs", "nb", "notera", "not", "fråga", "svar", "http", "https", "kommentar", "note",
    "question", "answer", "ps", "exempel", "example", "datum", "date", "tid", "time", "plats",
}  # fmt: skip
_MOST_WORDS = 4


def label_of(line: str) -> re.Match[str] | None:
    """Return the match of a possible speaker label at the start of a line; ``end()`` is the speech."""
    return LABEL.match(line)


def is_known(label: str) -> bool:
    """Say whether a label is one of the field's own (Intervjuare, I, IP1, R, Respondent …)."""
    folded = label.casefold()
    return bool(_INTERVIEWER.fullmatch(folded) or _RESPONDENT.fullmatch(folded))


def find_labels(labels: Iterable[str], *, known: Sequence[str] = ()) -> frozenset[str]:
    """Return which possible labels are speakers: the field's own, those given, and the recurring.

    ``labels`` holds each as often as it stands at the start of a line.
    """
    return frozenset(
        label
        for label, times in Counter(labels).items()
        if label in known or is_known(label) or (times > 1 and _may_be_speaker(label))
    )


def _may_be_speaker(label: str) -> bool:
    words = label.split()
    return (
        len(words) <= _MOST_WORDS
        and label[0].isupper()
        and words[0].casefold().rstrip(".") not in _NO_SPEAKER
    )


def assign_roles(
    text: str, turns: Sequence[Turn], *, interviewers: Sequence[str] = ()
) -> tuple[dict[str, Role], tuple[str, ...]]:
    """Return the role of each label in a text's turns, and warnings.

    Labels named by the user decide, then the field's own labels; else the speaker whose turns
    hold a question most often is taken for the interviewer, and a warning says so.
    """
    labels = tuple(dict.fromkeys(turn.label or "" for turn in turns))
    asking = _named(labels, interviewers) or _by_words(labels)
    warnings: tuple[str, ...] = ()
    if not asking and len(labels) > 1:
        asking = {_most_asking(text, turns, labels)}
        warnings = (
            _("“{label}” asks most questions and is taken for the interviewer; "
              "if not, import again with --interviewer LABEL.").format(
                label=list_names(sorted(asking))
            ),
        )  # fmt: skip
    roles: dict[str, Role] = {
        label: "interviewer" if label in asking else "respondent" for label in labels
    }
    return roles, warnings


def _named(labels: tuple[str, ...], interviewers: Sequence[str]) -> set[str]:
    wanted = {label.casefold() for label in interviewers}
    return {label for label in labels if label.casefold() in wanted}


def _by_words(labels: tuple[str, ...]) -> set[str]:
    asking = {label for label in labels if _INTERVIEWER.fullmatch(label.casefold())}
    unknown = [label for label in labels if not is_known(label)]
    if not asking and len(unknown) == 1 and len(labels) > 1:
        return set(unknown)
    return asking


def _most_asking(text: str, turns: Sequence[Turn], labels: tuple[str, ...]) -> str:
    spoken = Counter(turn.label for turn in turns)
    asked = Counter(turn.label for turn in turns if "?" in turn.span.cut(text))
    return max(labels, key=lambda label: asked[label] / spoken[label])
