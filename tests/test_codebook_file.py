"""codebook.yaml: what is valid, and what is said about what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvalanalys.codebook_file import read_codebook
from kvalanalys.errors import CodebookError
from kvalanalys.store.rows import codebook_content, codebook_of
from kvalanalys.workflow.folder import shipped


def problems_of(tmp_path: Path, text: str) -> tuple[str, ...]:
    """Return the problems of a codebook file."""
    path = tmp_path / "cb.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        read_codebook(path)
    return caught.value.problems


def test_six_lines_are_enough(tmp_path: Path) -> None:
    """An id, a name and a definition per theme make a codebook."""
    path = tmp_path / "mina-teman.yaml"
    path.write_text("themes:\n  - id: a\n    name: no\n    definition: 1e3\n", encoding="utf-8")
    codebook = read_codebook(path)
    assert codebook.id == "mina-teman"
    assert codebook.codes[0].name("en") == "no"
    assert codebook.codes[0].definition("sv") == "1e3"


def test_five_mistakes_are_five_messages(tmp_path: Path) -> None:
    """All problems come at once, each with its line and path."""
    text = """\
themes:
  - id: Förankring
    name: Förankring
    definition: Hur planen förankras.
  - name: Konkretion
    definition: Hur konkret.
  - id: actors
    name: Aktörer
    definiton: Vilka.
    definition: Vilka.
    base: actor
    keywords: polis
  - id: actors
    name: Igen
    definition: Samma id.
"""
    assert [problem.split(": ")[0] for problem in problems_of(tmp_path, text)] == [
        "cb.yaml:2", "cb.yaml:5", "cb.yaml:9", "cb.yaml:11", "cb.yaml:13",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("themes:\n  - id: a\n   name: b\n", "cb.yaml:3", "indentation"),
        ("- a\n", "cb.yaml:1", "themes"),
        ("themes: []\n", "cb.yaml:1", "no theme"),
        ("themes:\n  - id: a\n    name: A\n    definition: !!python/object:x {}\n", "cb.yaml:4", "tags"),
        ("a: &x 1\nthemes: *x\n", "cb.yaml:2", "references"),
        ("codebook: a\ncodebook: b\nthemes: [{id: a, name: A, definition: D}]\n", "cb.yaml:2", "second"),
        ("themes: " + "[" * 50 + "]" * 50, "cb.yaml:1", "deeply"),
        ("themes:\n  - {id: a, name: A, definition: D, keywords: [x]}\n"
         "  - {id: b, name: B, definition: D, keywords: [X]}\n", "cb.yaml:3", "keyword of “a”"),
    ],
)  # fmt: skip
def test_hostile_or_broken_yaml(tmp_path: Path, text: str, place: str, said: str) -> None:
    """Broken or hostile YAML is refused with its line."""
    found = problems_of(tmp_path, text)
    assert any(problem.startswith(place) and said in problem for problem in found), found


def test_extends_keeps_branches(tmp_path: Path) -> None:
    """Extends keeps whole branches of another codebook and says where they came from."""
    path = tmp_path / "cb.yaml"
    path.write_text(
        "extends: {codebook: strategi, keep: [anchoring, asking]}\n"
        "themes: [{id: own, name: Eget, definition: D}]\n", encoding="utf-8",
    )  # fmt: skip
    codebook = read_codebook(path, find=lambda name: shipped("codebooks") / f"{name}.yaml")
    assert {code.id: code.source for code in codebook.themes} == {
        "anchoring": "strategi", "asking": "strategi", "own": None,
    }  # fmt: skip
    assert codebook.by_id["political-anchoring"].parent == "anchoring"


def test_kept_code_stands_where_it_is_written(tmp_path: Path) -> None:
    """A code kept by name below one's own theme has the other's text, but for what is written."""
    path = tmp_path / "cb.yaml"
    path.write_text(
        "extends: {codebook: strategi}\n"
        "themes:\n"
        "- id: own\n  name: Eget\n  definition: D\n  codes:\n"
        "  - {id: first, name: F, definition: D}\n"
        "  - {keep: asking, definition: {sv: Egen, en: Own}}\n"
        "  - keep: detection\n", encoding="utf-8",
    )  # fmt: skip
    codebook = read_codebook(path, find=lambda name: shipped("codebooks") / f"{name}.yaml")
    assert [code.id for code in codebook] == ["own", "first", "asking", "detection"]
    asking = codebook.by_id["asking"]
    assert (asking.parent, asking.source) == ("own", "strategi")
    assert asking.names["sv"] == "Att fråga om våld"
    assert asking.definitions == {"sv": "Egen", "en": "Own"}
    assert codebook.by_id["detection"].keywords
    path.write_text(path.read_text(encoding="utf-8").replace("keep: asking", "keep: askng"),
                    encoding="utf-8")  # fmt: skip
    with pytest.raises(CodebookError) as caught:
        read_codebook(path, find=lambda name: shipped("codebooks") / f"{name}.yaml")
    assert "“askng” is not in strategi" in " ".join(caught.value.problems)


def test_extends_names_what_is_not_there(tmp_path: Path) -> None:
    """A code to keep that the other codebook lacks, or that needs another, is a problem."""
    path = tmp_path / "cb.yaml"
    path.write_text("extends: {codebook: strategi, keep: [nothing, no-use]}\n", encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        read_codebook(path, find=lambda name: shipped("codebooks") / f"{name}.yaml")
    said = " ".join(caught.value.problems)
    assert "“nothing” is not in strategi" in said
    assert "“no-use” is counted among those with “knows-plan”" in said


@pytest.mark.parametrize("path", sorted(shipped("codebooks").glob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_codebooks(path: Path) -> None:
    """Every shipped codebook is valid, bilingual, and survives the study's database."""
    codebook = read_codebook(path, find=lambda name: shipped("codebooks") / f"{name}.yaml")
    assert codebook_of(codebook_content(codebook)) == codebook
    for code in codebook:
        assert set(code.names) == set(code.definitions) == {"sv", "en"}
