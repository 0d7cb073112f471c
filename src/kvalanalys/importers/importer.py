"""The seam for transcript formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kvalanalys.model import Role, Turn


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a transcript file holds: immutable text, its turns, the role of each label, warnings.

    ``roles`` is empty when no speaker was recognised.
    """

    text: str
    turns: tuple[Turn, ...]
    roles: dict[str, Role]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about a file: its encoding, and the labels of its interviewers."""

    encoding: str | None = None
    interviewers: tuple[str, ...] = ()


class Importer(Protocol):
    """One transcript format; stateless, so that one instance serves every file."""

    def recognises(self, suffix: str, head: bytes) -> bool:
        """Say whether a file with this ending (``.txt``) and these first bytes is of the format."""
        ...

    def read(self, content: bytes, options: ReadOptions) -> Transcript:
        """Return the transcript; raises a KvalanalysError that says what is wrong with the file."""
        ...
