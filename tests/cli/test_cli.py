"""The command line as a user meets it: real processes, exit codes, words, files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kvalanalys.workflow.folder import StudyFolder, shipped
from tests.conftest import SHARED

HEAVY = {"spacy", "sklearn", "pandas", "sqlalchemy", "docx", "alembic", "simplemma", "openpyxl"}


def run(
    *words: str, at: Path, lang: str = "en", input: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    command = [sys.executable, "-m", "kvalanalys", "--lang", lang, *words]
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "140", **environment}
    env.pop("KVALANALYS_STUDY", None)
    return subprocess.run(command, cwd=at, env=env, input=input, capture_output=True, text=True,
                          encoding="utf-8", check=False, timeout=120)  # fmt: skip


def assert_refused(found: subprocess.CompletedProcess[str], *said: str) -> None:
    """Check exit code 1, an error and a hint in words, and no traceback."""
    assert found.returncode == 1, found.stderr
    assert "Traceback" not in found.stderr
    lines = found.stderr.strip().splitlines()
    assert lines[0].startswith("Error: ")
    assert len(lines) >= 2
    for word in said:
        assert word in found.stderr


def test_help_lists_every_command_and_loads_nothing_heavy(tmp_path: Path) -> None:
    """--help names the commands by step, in both languages, without spaCy and the like."""
    code = ("import sys; from kvalanalys.cli import main\n"
            "try: main(['--lang', 'sv', '--help'])\n"
            f"except SystemExit: print(sorted({HEAVY!r} & set(sys.modules)))")  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
                           encoding="utf-8", check=True)  # fmt: skip
    assert found.stdout.strip().endswith("[]")
    for word in ("demo", "themes", "review", "Gör demostudien", "Tillval", "Överallt"):
        assert word in found.stdout or word == "Tillval"


@pytest.mark.parametrize("command", ["status", "themes"])
def test_reading_commands_stay_light(study: StudyFolder, command: str) -> None:
    """Status and themes open the study without spaCy, pandas, Word, Alembic, pydantic or YAML."""
    from kvalanalys.workflow.suggesting import run_suggestions

    run_suggestions(study)  # keeps the codebook, as any writing command does
    heavy = (HEAVY - {"sqlalchemy"}) | {"pydantic", "yaml", "lxml"}
    code = ("import sys; from kvalanalys.cli import main\n"
            f"try: main(['{command}'])\n"
            f"except SystemExit: print(sorted({heavy!r} & set(sys.modules)))")  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], cwd=study.path, capture_output=True, text=True,
                           encoding="utf-8", check=True)  # fmt: skip
    assert found.stdout.strip().endswith("[]")


def test_without_a_study_the_first_three_steps(tmp_path: Path) -> None:
    """In an empty folder the bare command says how to begin."""
    found = run(at=tmp_path)
    assert found.returncode == 0
    assert found.stdout.count("kvalanalys ") >= 4


def test_whole_road_with_ones_own_files(tmp_path: Path) -> None:
    """new, import, suggest, review, codings, themes, quotes, report: each step says the next."""
    codebook = tmp_path / "kodbok.yaml"
    codebook.write_text("themes:\n  - id: plan\n    name: Planen\n    definition: Om planen.\n"
                        "    keywords: [plan]\n", encoding="utf-8")  # fmt: skip
    (tmp_path / "anna.txt").write_text("I: Hur är planen?\nIP: Planen är bra. Jag läste den.\n",
                                       encoding="cp1252")  # fmt: skip
    assert run("new", "studie", "--codebook", "kodbok.yaml", at=tmp_path).returncode == 0
    at = tmp_path / "studie"
    assert "kvalanalys import" in run(at=at).stdout
    assert run("import", "../anna.txt", at=at).returncode == 0
    assert "kvalanalys suggest" in run(at=at).stdout
    assert "1 new" in run("suggest", at=at).stdout
    listed = json.loads(run("suggest", "list", "--format", "json", at=at).stdout)
    assert [(row["quote"], row["reason"][0]["words"], row["question"]) for row in listed] == [
        ("Planen är bra.", "Planen", "Hur är planen?"),
    ]  # fmt: skip
    found = run("review", "--coder", "Eva", at=at, input="x\na\n")
    assert "1 of 1 decided" in found.stdout
    added = run("codings", "add", "--document", "anna", "--quote", "Jag läste den.", "--code", "Planen",
                "--coder", "Eva", at=at)  # fmt: skip
    assert added.returncode == 0, added.stderr
    [row] = json.loads(run("themes", "--format", "json", at=at).stdout)
    assert {key: row[key] for key in ("theme", "code", "k", "n", "unit", "codings", "documents")} == {
        "theme": "plan", "code": None, "k": 1, "n": 1, "unit": "interviews", "codings": 2, "documents": 1,
    }  # fmt: skip
    quotes = json.loads(run("quotes", "--format", "json", at=at).stdout)
    assert [quote["quote"] for quote in quotes] == ["Planen är bra.", "Jag läste den."]
    assert run("report", "--format", "docx,html,md", at=at).returncode == 0
    assert {path.suffix for path in (at / "reports").iterdir()} == {".docx", ".html", ".md"}
    assert "codings add" in run("history", at=at).stdout


def test_no_study_here(tmp_path: Path) -> None:
    """A command that needs a study says how to make or name one."""
    assert_refused(run("themes", at=tmp_path), "no study here", "--study")


def test_no_transcript(study: StudyFolder) -> None:
    """A file that is not there, and a study without transcripts, are said."""
    found = run("import", "nothing.txt", at=study.path)
    assert found.returncode == 1
    assert "could not be read" in found.stdout
    new = study.path.parent / "empty"
    run("new", str(new), "--codebook", "strategi", at=study.path)
    assert_refused(run("suggest", at=new), "no transcript", "kvalanalys import")
    assert_refused(run("report", at=new), "no transcript", "kvalanalys import")


def test_bad_transcripts_among_good_ones(study: StudyFolder, tmp_path: Path) -> None:
    """A jpg called docx and an empty file are listed; the good one is in; exit code 1."""
    (tmp_path / "a.docx").write_bytes(b"\xff\xd8\xff\xe0JFIF")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("Utan talare.", encoding="utf-8")
    found = run(
        "import", *(str(tmp_path / name) for name in ("a.docx", "b.txt", "c.txt")), at=study.path
    )
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    for said in ("JPEG", "The file is empty", "No speaker was recognised", "1 transcript imported"):
        assert said in re.sub(r"\s+", " ", found.stdout)


def test_codebook_with_five_mistakes(study: StudyFolder, tmp_path: Path) -> None:
    """Five mistakes are five lines with their places, and the study keeps its codebook."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("themes:\n  - id: A b\n    name: X\n    definition: D\n    base: nowhere\n"
                   "  - id: x\n    name: X\n  - id: x\n    name: Y\n    definition: D\n    colour: red\n",
                   encoding="utf-8")  # fmt: skip
    before = study.codebook.read_bytes()
    found = run("codebook", "apply", str(bad), at=study.path)
    assert_refused(found, "5 problems")
    assert len(re.findall(r"^  bad\.yaml:\d+: ", found.stderr, re.MULTILINE)) == 5
    assert study.codebook.read_bytes() == before


def test_unknown_code_names_the_nearest(study: StudyFolder) -> None:
    """A mistyped code is refused with the one that was meant."""
    found = run("codings", "add", "--document", "ip01", "--quote", "En plan tar slut", "--code",
                "anchorin", "--coder", "Eva", at=study.path)  # fmt: skip
    assert_refused(found, "anchorin", "anchoring")


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A study in a place where no folder can be is refused in words."""
    (tmp_path / "file").write_bytes(b"")
    assert_refused(run("new", "file/study", at=tmp_path), "can't be made", "folder")


def test_report_that_cannot_be_replaced(study: StudyFolder) -> None:
    """A report whose place is taken by a folder is refused, and nothing half-written is left."""
    target = study.path / "r.docx"
    (target / "x").mkdir(parents=True)
    assert_refused(
        run("report", "--format", "md", "--output", "r.docx/x/../../study.toml/r.md", at=study.path)
    )
    assert list((target / "x").iterdir()) == []


def test_database_held_by_another_process(study: StudyFolder) -> None:
    """While another process holds the database, a writing command says so."""
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sqlite3, sys; c = sqlite3.connect('study.db', isolation_level=None);"
         "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"],
        cwd=study.path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        assert_refused(run("suggest", at=study.path), "another kvalanalys", "Wait")
    finally:
        holder.communicate("")


def test_wrong_usage_exits_with_two(study: StudyFolder) -> None:
    """Unknown commands and options exit with 2, in the user's language."""
    found = run("thems", at=study.path, lang="sv")
    assert found.returncode == 2
    assert "Det finns inget kommando" in found.stderr
    assert run("themes", "--nothing", at=study.path).returncode == 2


def test_old_console_shows_question_marks(study: StudyFolder) -> None:
    """On a console that lacks letters nothing fails."""
    found = run(
        "documents", "show", "ip01", at=study.path, PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert found.returncode == 0, found.stderr


def test_reader_that_leaves_is_no_error(study: StudyFolder) -> None:
    """Piping a listing into head exits quietly."""
    command = f"{sys.executable} -m kvalanalys documents show ip01 | head -n 1"
    found = subprocess.run(command, shell=True, cwd=study.path, capture_output=True, text=True,
                           encoding="utf-8", check=False)  # fmt: skip
    assert "Traceback" not in found.stderr


def test_excel_csv_out_and_in(study: StudyFolder, tmp_path: Path) -> None:
    """Codings export --csv excel is read back by codings import."""
    run("codings", "add", "--document", "ip01", "--quote", "En plan tar slut", "--code", "plan",
        "--coder", "Åsa", "--memo", "=1+1", at=study.path)  # fmt: skip
    path = tmp_path / "k.csv"
    run("codings", "export", "--csv", "excel", "--output", str(path), at=study.path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfcoding;")
    found = run("codings", "import", str(path), at=study.path)
    assert "1 were here already" in found.stdout


def test_demo_takes_the_name_of_its_study(tmp_path: Path) -> None:
    """Demo --study names which demo study; an unknown one is wrong usage."""
    assert run("demo", "d", "--study", "strategi", at=tmp_path).returncode == 0
    assert run("demo", "e", "--study", "nothing", at=tmp_path).returncode == 2


def test_study_may_be_named_anywhere(study: StudyFolder, tmp_path: Path) -> None:
    """--study and KVALANALYS_STUDY find the study from any folder."""
    assert run("documents", "--study", str(study.path), at=tmp_path).stdout.count("ip0") >= 3
    command = [sys.executable, "-m", "kvalanalys", "documents"]
    env = {**os.environ, "KVALANALYS_STUDY": str(study.path)}
    found = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8",
                           check=True)  # fmt: skip
    assert "ip01" in found.stdout


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_help_page_is_in_one_language(tmp_path: Path, lang: str) -> None:
    """Each command's help comes in the language asked for."""
    for command in ("import", "themes", "codings add", "codings import", "suggest run", "review",
                    "report", "codebook apply", "respondents import", "demo"):  # fmt: skip
        found = run(*command.split(), "--help", at=tmp_path, lang=lang)
        assert found.returncode == 0, found.stderr
        assert ("Visa den här hjälpen" in found.stdout) is (lang == "sv")


@pytest.mark.needs_unshare
def test_demo_without_network(tmp_path: Path) -> None:
    """The demo runs in a network name space that has no network at all."""
    command = ["unshare", "-rn", sys.executable, "-m", "kvalanalys", "--lang", "en", "demo", "d"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
                           check=False)  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "d" / "reports" / "theme-report.docx").is_file()
    assert shipped("transcripts").is_dir()


@pytest.mark.needs_shared
def test_real_conversations_to_a_report(tmp_path: Path) -> None:
    """Ten real English conversations: imported, rules suggest, accepted, a report comes out."""
    codebook = Path(__file__).parents[1] / "golden" / "counselling.yaml"
    run("new", "s", "--codebook", str(codebook), "--language", "en", at=tmp_path)
    at = tmp_path / "s"
    files = sorted(str(path) for path in (SHARED / "real").glob("annomi-*.txt"))
    assert run("import", *files, at=at).returncode == 0
    assert run("suggest", at=at).returncode == 0
    suggestions = json.loads(run("suggest", "list", "--format", "json", at=at).stdout)
    assert len({row["document"] for row in suggestions}) == 10
    assert len({row["code"] for row in suggestions}) >= 4
    found = run("review", "--coder", "Eve", at=at, input="a\n" * 30 + "q\n")
    assert "30 of" in found.stdout
    assert run("report", "--format", "docx,html,md", "--include-suggestions", at=at).returncode == 0


def test_export_without_codings_has_its_columns(study: StudyFolder, tmp_path: Path) -> None:
    """A table to fill in comes out of a study that nobody has coded yet."""
    target = tmp_path / "tom.csv"
    run("codings", "export", "--output", str(target), at=study.path)
    assert target.read_text(encoding="utf-8").startswith("coding,document,version,start,end,quote")
