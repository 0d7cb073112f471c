"""Reading and writing files that others made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalanalys.errors import ExchangeError, FileError
from kvalanalys.files.archive import open_archive, read_part
from kvalanalys.files.atomic import write_file
from kvalanalys.files.tables import csv_bytes, read_table, xlsx_bytes
from kvalanalys.files.word_text import read_paragraphs
from kvalanalys.files.xml import parse_xml

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_anyone_writes_it(tmp_path: Path, encoding: str, separator: str) -> None:
    """Comma, semicolon or tab, UTF-8 or cp1252, CRLF: the same rows."""
    path = tmp_path / "a.csv"
    text = (
        separator.join(["Document", "quote"])
        + "\r\n"
        + separator.join(["ip01", '"På ön"'])
        + "\r\n\r\n"
    )
    path.write_bytes(text.encode(encoding))
    assert read_table(path).rows == ((2, {"document": "ip01", "quote": "På ön"}),)


@pytest.mark.parametrize("kind", ["plain", "excel"])
@given(rows=st.lists(st.tuples(cells.filter(bool), cells), min_size=1))
def test_csv_round_trip(kind: str, rows: list[tuple[str, str]], tmp_path_factory: object) -> None:
    """What is written comes back, formulas and apostrophes too."""
    path = tmp_path_factory.mktemp("csv") / "a.csv"  # type: ignore[attr-defined]
    path.write_bytes(csv_bytes(["a", "b"], rows, kind=kind))  # type: ignore[arg-type]
    assert [tuple(row.values()) for _line, row in read_table(path).rows] == rows


def test_nothing_is_a_formula(tmp_path: Path) -> None:
    """Text that begins like a formula is text in csv and xlsx."""
    rows = [['=HYPERLINK("x")', "+1", "-1", "@x"]]
    assert b"'=HYPERLINK" in csv_bytes(list("abcd"), rows)
    book = xlsx_bytes(list("abcd"), rows)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    path = tmp_path / "a.xlsx"
    path.write_bytes(book)
    assert list(read_table(path).rows[0][1].values()) == rows[0]


def test_decimal_comma_for_excel() -> None:
    """The excel kind writes ; and a decimal comma after a byte-order mark."""
    assert csv_bytes(["a", "b"], [[0.5, None]], kind="excel") == b"\xef\xbb\xbfa;b\r\n0,5;\r\n"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,a\n1,2\n", b'a,b\n"1,2\n'])
def test_bad_tables(tmp_path: Path, content: bytes) -> None:
    """An empty table, a column twice and an open quotation mark are refused."""
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ExchangeError):
        read_table(path)


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a file can't be replaced (Word has it open), it stays, and nothing is left beside it."""
    path = tmp_path / "kapitel.docx"
    path.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileError) as caught:
        write_file(path, b"new")
    assert "Close the program" in caught.value.hint
    assert [file.name for file in tmp_path.iterdir()] == ["kapitel.docx"]
    assert path.read_bytes() == b"old"


def test_zip_bomb_is_stopped() -> None:
    """What comes out of an archive is counted, not believed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 1_000_000)
    with pytest.raises(FileError, match="beyond the limit"):
        read_part(open_archive(file.getvalue()), "word/document.xml", most=999_999)
    with pytest.raises(FileError):
        read_paragraphs(file.getvalue())


@pytest.mark.parametrize("xml", [b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>", b""])
def test_hostile_xml_is_refused(xml: bytes) -> None:
    """A document type or broken XML is refused before anything is expanded."""
    with pytest.raises(FileError):
        parse_xml(xml)
