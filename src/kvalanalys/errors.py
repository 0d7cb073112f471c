"""Every exception that kvalanalys raises on purpose.

    KvalanalysError
    ├── TranscriptError      a transcript could not be read
    ├── CodebookError        a codebook has problems (all of them listed)
    ├── StudyError           the study folder, its settings or its database
    ├── UnknownName          a document, code, coder … that is not there
    ├── ExchangeError        a table of codings or respondents has problems
    └── FileError            a file could not be read or written

Each says what is wrong and what to do; ``problems`` holds all problems of a file at once.
"""

from __future__ import annotations


class KvalanalysError(Exception):
    """Base of all errors: ``what`` is wrong, ``hint`` says what to do, ``problems`` lists details."""

    def __init__(self, what: str, *, hint: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.problems = problems


class TranscriptError(KvalanalysError):
    """A transcript could not be read."""


class CodebookError(KvalanalysError):
    """A codebook has problems; ``problems`` holds ``file:line: path: what, what to do`` for each."""


class StudyError(KvalanalysError):
    """The study folder, its settings or its database does not allow what was asked."""


class ExchangeError(KvalanalysError):
    """A table of codings or respondents has problems; nothing of it was taken over."""


class FileError(KvalanalysError):
    """A file could not be read or written."""


class UnknownName(KvalanalysError):
    """A name that does not exist; ``candidates`` holds the nearest or all that do."""

    def __init__(
        self, what: str, *, name: str, candidates: tuple[str, ...], hint: str = ""
    ) -> None:
        super().__init__(what, hint=hint)
        self.name = name
        self.candidates = candidates
