"""The settings of one study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

CountUnit = Literal["interviews", "persons", "organisations"]
COUNT_UNITS: tuple[CountUnit, ...] = ("interviews", "persons", "organisations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What ``study.toml`` says: name, language, what is counted, whose codings are reported.

    ``pipeline`` names an installed spaCy pipeline; without one the language's blank pipeline is
    used. ``method`` is the investigator's own text about how the interviews were made.
    """

    name: str
    language: str = "sv"
    count: CountUnit = "interviews"
    coder: str | None = None
    pipeline: str | None = None
    method: str = ""


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
