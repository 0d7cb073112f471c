"""The report: its outline, and each format opened again by a program that reads it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree, html

from kvalanalys.reports import RENDERERS
from kvalanalys.reports.outline import (
    Column,
    Heading,
    Paragraph,
    QuotationBlock,
    Report,
    Table,
)
from kvalanalys.workflow.demo import DemoResult, make_demo
from kvalanalys.workflow.reporting import ReportOptions, write_reports

HOSTILE = '<script>alert(1)</script> & "x" \x07 *b* | # _c_'


def report(text: str = HOSTILE) -> Report:
    """Return a report with every kind of block, the same text everywhere."""
    blocks = (
        Heading(1, text), Paragraph(text), Paragraph(text, "lead"), Paragraph(text, "note"),
        QuotationBlock(text, text, question=text, before=text, after=text, mark=text),
        Table(number=1, label="Tabell", title=text, description=text, source=text, indents=(0, 1),
              columns=(Column(text), Column("n", is_number=True)), rows=((text, "1"), (text, "2"))),
    )  # fmt: skip
    return Report(title=text, subtitle=text, language="sv", changed="2026-01-01T10:00:00Z",
                  question_label="Fråga", blocks=blocks)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    """The demo study with its reports."""
    return make_demo(tmp_path_factory.mktemp("demo") / "d")


@pytest.mark.parametrize("format", RENDERERS.names())
def test_same_report_same_bytes(format: str) -> None:
    """The same outline gives the same bytes, whatever the hour."""
    render = RENDERERS.load(format)
    assert render(report()) == render(report())


def test_html_holds_no_script_and_fetches_nothing() -> None:
    """Hostile text stays text; the page has a policy and no address to load from."""
    content = RENDERERS.load("html")(report()).decode()
    page = html.fromstring(content)
    assert page.xpath("//script | //@src | //@href | //link") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert page.xpath("/html/@lang") == ["sv"]
    assert page.xpath("//h1")[0].text.startswith("<script>")


def test_markdown_escapes_markup() -> None:
    """Text that looks like markup is escaped."""
    content = RENDERERS.load("md")(report()).decode()
    assert "<script>" not in content.replace("\\<", "")
    assert "\\*b\\*" in content


def test_word_file_follows_the_agency_rules(demo: DemoResult) -> None:
    """Heading levels without skips, language, header row, caption field, no merged or empty."""
    word = docx.Document(str(demo.reports[0]))
    levels = [int(p.style.name[-1]) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert word.core_properties.title.startswith("Strategi")
    languages = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    [table] = word.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None
    assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert "SEQ Tabell" in captions[0]._p.xml
    assert captions[0].text.startswith("Tabell 1. ")
    assert all(p.text.strip() for p in word.paragraphs)
    assert any(p.style.name == "Quote" for p in word.paragraphs)


def test_word_table_properties_are_in_schema_order(demo: DemoResult) -> None:
    """Word refuses table properties out of order: caption and description come last."""
    word = docx.Document(str(demo.reports[0]))
    names = [etree.QName(e).localname for e in word.tables[0]._tbl.tblPr]
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    assert names == [name for name in order if name in names]


def test_every_format_has_the_same_numbers_and_quotations(demo: DemoResult) -> None:
    """docx, html and md show the same table rows and the same quotations."""
    word = docx.Document(str(demo.reports[0]))
    rows = [tuple(cell.text for cell in row.cells) for row in word.tables[0].rows][1:]
    page = html.fromstring(demo.reports[1].read_text(encoding="utf-8"))
    assert rows == [tuple(td.text_content() for td in tr) for tr in page.xpath("//tbody/tr")]
    summary = demo.themes.summary
    assert [row[1:] for row in rows] == [(str(r.k), str(r.n), str(r.codings)) for r in summary.rows]
    text = page.text_content()
    markdown = demo.reports[2].read_text(encoding="utf-8").replace("\\", "")
    quote = "Förra gången skrev en tjänsteman under. Då är det hennes plan, inte kommunens."
    assert quote in text
    assert quote in markdown
    assert any(quote in p.text for p in word.paragraphs)


def test_respondents_names_are_not_in_the_report(demo: DemoResult) -> None:
    """Attributions go by role; a name from the transcript's labels is never printed."""
    page = demo.reports[1].read_text(encoding="utf-8")
    assert "Hassan" not in page
    assert "Polischef (ip03" in page


def test_suggestions_only_on_request_and_marked(demo: DemoResult, tmp_path: Path) -> None:
    """Undecided suggestions come in a section of their own, each marked."""
    path = tmp_path / "r.md"
    write_reports(demo.folder, {"md": path}, ReportOptions())
    plain = path.read_text(encoding="utf-8")
    write_reports(demo.folder, {"md": path}, ReportOptions(include_suggestions=True))
    full = path.read_text(encoding="utf-8")
    assert "Förslag" not in plain
    assert full.startswith(plain.rstrip("\n"))
    assert full.count("[Förslag]") + full.count("\\[Förslag") > 5


@pytest.mark.parametrize(
    ("language", "word"), [("sv", "Temana i korthet"), ("en", "The themes in brief")]
)
def test_report_speaks_the_language_asked_for(
    demo: DemoResult, tmp_path: Path, language: str, word: str
) -> None:
    """The report is wholly in the language asked for, whatever is spoken on the screen."""
    path = tmp_path / "r.html"
    write_reports(demo.folder, {"html": path}, ReportOptions(language=language))
    content = path.read_text(encoding="utf-8")
    assert word in content
    assert f'lang="{language}"' in content


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_the_report(demo: DemoResult, tmp_path: Path) -> None:
    """LibreOffice converts the Word file to PDF with headings, table and quotations in it."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing"
    subprocess.run([soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
                    "pdf", "--outdir", str(tmp_path), str(demo.reports[0])],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    [pdf] = tmp_path.glob("*.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True,
                          text=True, encoding="utf-8").stdout  # fmt: skip
    assert re.search(r"Känner till planen\s+7\s+10\s+8", text)
    assert "Tabell 1. Antal intervjuer" in text
    assert "Konkretion" in text


@pytest.mark.needs_chromium
def test_chromium_shows_the_page(demo: DemoResult, tmp_path: Path) -> None:
    """A real browser lays the page out with its headings and table, and logs no error."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing"
    found = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-sync", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         f"--user-data-dir={tmp_path}", "--dump-dom", demo.reports[1].as_uri()],
        check=True, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    page = html.fromstring(found.stdout)
    assert len(page.xpath("//h2")) == 11
    assert len(page.xpath("//tbody/tr")) == 22


def test_zip_of_the_report_has_fixed_times(demo: DemoResult) -> None:
    """Nothing in the Word file tells when it was made."""
    with zipfile.ZipFile(io.BytesIO(demo.reports[0].read_bytes())) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_workbook_has_real_tables_and_all_quotations(demo: DemoResult) -> None:
    """Another program reads the theme table as an Excel table of numbers, and every quotation."""
    book = openpyxl.load_workbook(demo.reports[3])
    assert book.sheetnames == ["Rapport", "Tabell 1", "Citat"]
    sheet = book["Tabell 1"]
    [table] = sheet.tables.values()
    rows = list(sheet[table.ref])[1:]
    summary = demo.themes.summary
    assert [tuple(cell.value for cell in row[1:]) for row in rows] == [
        (row.k, row.n, row.codings) for row in summary.rows
    ]
    quotations = book["Citat"]
    assert quotations.auto_filter.ref == quotations.dimensions
    assert quotations.freeze_panes == "A2"
    page = html.fromstring(demo.reports[1].read_text(encoding="utf-8"))
    assert quotations.max_row - 1 == len(page.xpath("//blockquote"))


def test_formula_in_a_quotation_stays_text(tmp_path: Path) -> None:
    """A quotation that begins like a formula is shown, not calculated."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(RENDERERS.load("xlsx")(report('=HYPERLINK("http://example.org")')))
    book = openpyxl.load_workbook(path)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=") for cell in found)
    assert {cell.data_type for cell in found} <= {"s", "n"}
