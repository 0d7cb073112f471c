"""Where a study lies, and names and files that only Windows or its programs know."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kvalanalys.errors import StudyError
from kvalanalys.files.place import _file_system, is_left_behind, name_problem, place_warnings
from kvalanalys.model import Study
from kvalanalys.workflow.folder import StudyFolder, create_study
from kvalanalys.workflow.material import find_transcripts, import_transcripts


@pytest.mark.parametrize(
    "part", ["OneDrive - Länsstyrelsen", "Dropbox", "iCloudDrive", "Google Drive"]
)
def test_synchronised_folder_is_warned_of(tmp_path: Path, part: str) -> None:
    """A folder that a cloud service copies is named, with what to do."""
    [warning] = place_warnings(tmp_path / part / "studie")
    assert part in warning
    assert "not synchronised" in warning


def test_onedrive_is_known_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OneDrive may lie under any name: Windows says where."""
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "moln"))
    assert "OneDrive" in place_warnings(tmp_path / "moln" / "studie")[0]
    assert place_warnings(tmp_path / "studie") == ()


def test_git_work_tree_is_warned_of(tmp_path: Path) -> None:
    """A study inside a git work tree is said, with the tree's folder."""
    (tmp_path / "arbete" / ".git").mkdir(parents=True)
    [warning] = place_warnings(tmp_path / "arbete" / "studie")
    assert str(tmp_path / "arbete") in warning


def test_network_share_is_known_by_the_mount(tmp_path: Path) -> None:
    """The nearest mount above the folder decides."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//srv/hem /mnt/g\\040hem cifs rw 0 0\n", encoding="utf-8"
    )
    assert _file_system(Path("/mnt/g hem/studie"), mounts) == "cifs"
    assert _file_system(Path("/mnt/annat"), mounts) == "ext4"
    assert _file_system(Path("/x"), tmp_path / "none") == ""


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "Lpt1", "com9.d", "slut.", "slut ", "a:b", "vad?"]
)
def test_names_that_windows_cannot_have(tmp_path: Path, name: str) -> None:
    """A study may not get a name that can't be copied to a colleague's Windows computer."""
    assert name_problem(name)
    with pytest.raises(StudyError):
        create_study(tmp_path / name, Study(name="s"))
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["konsult", "Våld 2026", "con-tact", "a" * 200])
def test_ordinary_names_are_free(name: str) -> None:
    """Names that only look alike, and long ones, are no problem."""
    assert name_problem(name) == ""


def test_folder_stands_for_the_transcripts_in_it(tmp_path: Path) -> None:
    """What programs leave behind is not meant; what is no transcript is passed over and said."""
    for name in ("b.docx", "a.TXT", "~$b.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "x.pdf"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "mapp").mkdir()
    chosen, passed_over = find_transcripts([tmp_path, tmp_path / "a.TXT", tmp_path / "~$b.docx"])
    assert [path.name for path in chosen] == ["a.TXT", "b.docx"]
    assert [path.name for path in passed_over] == ["x.pdf"]
    assert is_left_behind(Path("THUMBS.DB"))


def test_transcript_with_a_very_long_name(tmp_path: Path) -> None:
    """A name at the edge of what file systems have comes in, and its original is kept."""
    folder = create_study(tmp_path / "s", Study(name="s"))
    path = tmp_path / ("å" * 120 + ".txt")
    path.write_text("I: Hur?\r\nIP: Så.\r\n", encoding="utf-8", newline="")
    [result] = import_transcripts(folder, [path])
    assert result.status == "imported"
    assert result.document == "å" * 120


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_study_is_for_its_owner_alone(study: StudyFolder) -> None:
    """Database and originals can be read by nobody else."""
    files = [path for path in study.path.rglob("*") if path.is_file()]
    assert any(path.name == "study.db" for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
