"""The settings of one study."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

CountUnit = Literal["interviews", "persons", "organisations"]
REVIEW_KEYS = {
    "accept": "a", "reject": "r", "code": "c", "span": "e", "memo": "m", "skip": "s",
    "undo": "u", "back": "b", "quit": "q",
}  # fmt: skip
COUNT_UNITS: tuple[CountUnit, ...] = ("interviews", "persons", "organisations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What ``study.toml`` says: name, language, what is counted, whose codings are reported.

    ``pipeline`` names an installed spaCy pipeline; without one the language's blank pipeline is
    used. ``method`` is the investigator's own text about how the interviews were made. ``keys``
    are keys of the review that differ from the usual ones.
    """

    name: str
    language: str = "sv"
    count: CountUnit = "interviews"
    coder: str | None = None
    pipeline: str | None = None
    method: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def review_keys(self) -> dict[str, str]:
        """Return the key of every action in the review."""
        return {**REVIEW_KEYS, **self.keys}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One command that changed the study."""

    entry: int
    when: str
    who: str | None
    command: str
    what: str


class Progress(Protocol):
    """Told how far long work has come: ``done`` of ``all`` steps."""

    def __call__(self, done: int, all: int) -> None:
        """Take note of the progress."""
        ...


def no_progress(done: int, all: int) -> None:
    """Take no note of progress: for callers who show none."""
