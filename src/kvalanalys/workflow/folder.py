"""A study's folder: find it, make it, read its settings and codebook."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kvalanalys
from kvalanalys.errors import StudyError, UnknownName
from kvalanalys.files.atomic import read_file, write_file
from kvalanalys.messages import _, list_names
from kvalanalys.study_file import read_study, study_text

if TYPE_CHECKING:
    from kvalanalys.model import Codebook, Study
    from kvalanalys.store import StudyStore
    from kvalanalys.store.transaction import Transaction

_GITIGNORE = "*\n!.gitignore\n!study.toml\n!codebook.yaml\n"


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """The places inside a study's folder."""

    path: Path

    @property
    def settings(self) -> Path:
        """Return the path of study.toml."""
        return self.path / "study.toml"

    @property
    def codebook(self) -> Path:
        """Return the path of codebook.yaml."""
        return self.path / "codebook.yaml"

    @property
    def database(self) -> Path:
        """Return the path of study.db."""
        return self.path / "study.db"

    @property
    def originals(self) -> Path:
        """Return the folder of the files as they came."""
        return self.path / "originals"

    @property
    def reports(self) -> Path:
        """Return the folder that reports go to."""
        return self.path / "reports"


def find_study(given: Path | None = None) -> StudyFolder:
    """Return the study folder: the one given, else the one you stand in or one above it.

    Raises
    ------
    StudyError
        There is no study there.

    """
    hint = _("Make one with “kvalanalys new DIR”, or name one with --study DIR.")
    if given is not None:
        folder = StudyFolder(given.resolve())
        if not folder.settings.is_file():
            raise StudyError(_("There is no study in {path}.").format(path=given), hint=hint)
        return folder
    here = Path.cwd()
    for path in (here, *here.parents):
        if (path / "study.toml").is_file():
            return StudyFolder(path)
    raise StudyError(_("There is no study here ({path}).").format(path=here), hint=hint)


def create_study(path: Path, study: Study, *, codebook: Path | None = None) -> StudyFolder:
    """Make the folder of an empty study.

    Raises
    ------
    StudyError
        The folder exists and is not empty, or may not be written.
    CodebookError
        The codebook given has problems; then nothing is made.

    """
    from kvalanalys.codebook_file import read_codebook
    from kvalanalys.files.place import name_problem
    from kvalanalys.store import StudyStore

    if codebook is not None:
        read_codebook(codebook, find=codebook_finder(codebook.parent))
    folder = StudyFolder(path.resolve())
    if problem := name_problem(folder.path.name):
        raise StudyError(problem, hint=_("Choose another folder name."))
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StudyError(
                _("{path} exists and is not empty.").format(path=path),
                hint=_("Choose a new folder name."),
            )
        path.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            path.chmod(0o700)  # interviews are sensitive; on Windows the profile protects them
        folder.originals.mkdir()
    except OSError as error:
        raise StudyError(
            _("{path} can't be made: {reason}.").format(path=path, reason=error.strerror),
            hint=_("Choose a folder that you may write in."),
        ) from error
    StudyStore.create(folder.database).close()
    if codebook is not None:
        write_file(folder.codebook, read_file(codebook))
    write_file(folder.path / ".gitignore", _GITIGNORE.encode())
    write_file(folder.settings, study_text(study).encode())  # last: now it is a study
    return folder


def load_settings(folder: StudyFolder) -> Study:
    """Return the settings of a study."""
    return read_study(folder.settings)


def shipped(kind: str) -> Path:
    """Return the folder of shipped data: ``codebooks`` or ``transcripts``."""
    package = Path(kvalanalys.__file__).parent
    inside = package / "data" / kind
    return inside if inside.is_dir() else package.parents[1] / kind


def find_codebook(name: str) -> Path:
    """Return the file of a codebook: a path, or the name of a shipped one.

    Raises
    ------
    UnknownName
        There is neither such a file nor such a shipped codebook.

    """
    path = Path(name)
    if path.is_file():
        return path
    known = {file.stem: file for file in sorted(shipped("codebooks").glob("*.yaml"))}
    if name in known:
        return known[name]
    raise UnknownName(
        _("There is no codebook “{name}”.").format(name=name),
        name=name,
        candidates=tuple(known),
        hint=_("Give the path of a YAML file, or one that is shipped: {names}.").format(
            names=list_names(tuple(known))
        ),
    )


class codebook_finder:  # noqa: N801 - used like a function
    """Find the codebook that another extends: beside it, else among those shipped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str) -> Path:
        """Return the file of a codebook."""
        beside = self._folder / f"{name}.yaml"
        return beside if beside.is_file() else find_codebook(name)


def load_codebook(folder: StudyFolder, store: StudyStore) -> Codebook:
    """Return the study's codebook; one that a command has kept need not be read as YAML again.

    Raises
    ------
    StudyError
        The study has no codebook yet.
    CodebookError
        codebook.yaml has problems.

    """
    if not folder.codebook.is_file():
        raise StudyError(
            _("The study has no codebook yet."),
            hint=_("Give it one: “kvalanalys codebook apply FILE”, or “… apply strategi”."),
        )
    if kept := store.load_codebook(_codebook_sha256(folder)):
        return kept
    from kvalanalys.codebook_file import read_codebook

    return read_codebook(folder.codebook, find=codebook_finder(folder.path))


def keep_codebook(
    transaction: Transaction, store: StudyStore, folder: StudyFolder, codebook: Codebook
) -> None:
    """Keep the codebook that a command worked with, unless it is kept already."""
    sha256 = _codebook_sha256(folder)
    if store.load_codebook(sha256) is None:
        transaction.save_codebook(sha256, codebook)


def _codebook_sha256(folder: StudyFolder) -> str:
    """Return the hash of codebook.yaml, and of all it could extend where it extends another."""
    content = read_file(folder.codebook)
    hashed = hashlib.sha256(content)
    if b"extends:" in content:
        beside = [path for path in sorted(folder.path.glob("*.yaml")) if path != folder.codebook]
        for path in (*beside, *sorted(shipped("codebooks").glob("*.yaml"))):
            hashed.update(read_file(path))
    return hashed.hexdigest()
