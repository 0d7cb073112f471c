"""What the docs show is what the program does: screens, the library's example, the codebooks.

Renew the screens after a change: KVALANALYS_RENEW=1 pytest tests/test_docs.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import pytest

from kvalanalys.codebook_file import read_codebook
from kvalanalys.workflow.demo import DemoResult, make_demo
from tests.cli.test_cli import run

ROOT = Path(__file__).parents[1]
GUIDES = {"sv": ROOT / "docs" / "kom-igang.md", "en": ROOT / "docs" / "getting-started.md"}
SCREENS = {
    "status": (["status"], ""),
    "themes": (["themes"], ""),
    "review": (["review", "--coder", "Eva Ek", "--document", "ip06"], "q\n"),
    "read": (["review", "--read", "ip01", "--from", "10", "--coder", "Eva Ek"], "q\n"),
    "error": (["quotes", "--code", "förnkring"], ""),
}
SCREEN = re.compile(r"(<!-- screen: (\w+) -->\n```text\n)(.*?)(```)", re.DOTALL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    """The strategy demo."""
    return make_demo(tmp_path_factory.mktemp("docs") / "demo")


def captured(demo: DemoResult, name: str, lang: str) -> str:
    """Return a screen as text, with what differs between computers and days made alike."""
    words, typed = SCREENS[name]
    found = run(*words, at=demo.folder.path, lang=lang, input=typed, COLUMNS="96")
    screen = (found.stdout + found.stderr).replace(str(demo.folder.path), "C:\\min-studie")
    screen = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "2026-06-15T13:35:00Z", screen)
    return "\n".join(line.rstrip() for line in screen.strip("\n").split("\n")) + "\n"


@pytest.mark.parametrize("lang", GUIDES)
def test_screens_in_the_guide_are_the_programs_own(demo: DemoResult, lang: str) -> None:
    """Every screen in the walk-through is what the program prints on the demo study."""
    guide = GUIDES[lang].read_text(encoding="utf-8")
    assert {found[2] for found in SCREEN.finditer(guide)} == set(SCREENS)
    renewed = SCREEN.sub(lambda found: found[1] + captured(demo, found[2], lang) + found[4], guide)
    if os.environ.get("KVALANALYS_RENEW"):
        GUIDES[lang].write_text(renewed, encoding="utf-8", newline="\n")
    assert guide == renewed


@pytest.mark.parametrize("path", [*GUIDES.values(), ROOT / "README.md"], ids=lambda path: path.stem)
def test_codebooks_in_the_docs_can_be_used(tmp_path: Path, path: Path) -> None:
    """Every codebook shown is valid as it stands."""
    blocks = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        (tmp_path / "k.yaml").write_text(block, encoding="utf-8")
        assert read_codebook(tmp_path / "k.yaml").themes


def test_commands_in_the_guides_exist(demo: DemoResult) -> None:
    """Every command line in the guides is one that the program knows."""
    for guide in GUIDES.values():
        for block in re.findall(r"```sh\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.splitlines():
                if line.startswith("kvalanalys "):
                    word = line.split()[1]
                    found = run(word, "--help", at=demo.folder.path)
                    assert found.returncode == 0, line


def test_library_example_runs_and_ends_in_a_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python in README does the job in about fifteen lines, from import to a pandas frame."""
    [code] = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(code.strip().splitlines()) <= 16
    for name in ("transcripts", "codebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    frame = names["frame"]
    assert isinstance(frame, pd.DataFrame)
    knows = frame.set_index("code").loc["knows-plan"]
    assert (knows["k"], knows["n"]) == (8, 11)
    assert Path("rapport.docx").is_file()
