"""Outline → Word: built-in styles, language set, captions as fields; the same study, the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kvalanalys.reports.outline import Heading, Paragraph, QuotationBlock, Table

if TYPE_CHECKING:
    from kvalanalys.reports.outline import Report

_INK, _QUIET, _HUE = (
    RGBColor(0x1C, 0x24, 0x30),
    RGBColor(0x55, 0x60, 0x6E),
    RGBColor(0x17, 0x50, 0x6B),
)
_LOCALES = {"sv": "sv-SE", "en": "en-GB"}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def render_docx(report: Report) -> bytes:
    """Return the report as a Word file."""
    return _Writer(report).render()


class _Writer:
    """One Word file in the making."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._word: Any = docx.Document()
        _set_styles(self._word, _LOCALES.get(report.language, report.language))
        _set_properties(self._word, report)

    def render(self) -> bytes:
        self._word.add_paragraph(_clean(self._report.title), style="Title")
        self._word.add_paragraph(_clean(self._report.subtitle), style="Subtitle")
        for block in self._report.blocks:
            self._add(block)
        file = io.BytesIO()
        self._word.save(file)
        return _with_fixed_times(file.getvalue())

    @singledispatchmethod
    def _add(self, block: object) -> None:
        raise TypeError(block)

    @_add.register
    def _(self, block: Heading) -> None:
        self._word.add_paragraph(_clean(block.text), style=f"Heading {min(block.level, 9)}")

    @_add.register
    def _(self, block: Paragraph) -> None:
        style = {"text": "Normal", "lead": "Definition", "note": "Source"}[block.kind]
        self._word.add_paragraph(_clean(block.text), style=style)

    @_add.register
    def _(self, block: QuotationBlock) -> None:
        if block.question:
            text = f"{self._report.question_label}: {_clean(block.question)}"
            self._word.add_paragraph(text, style="Question")
        quote = self._word.add_paragraph(style="Quote")
        if block.mark:
            quote.add_run(f"[{_clean(block.mark)}] ").bold = True
        for text, is_quoted in ((block.before, False), (block.text, True), (block.after, False)):
            if text:
                run = quote.add_run(_clean(text))
                run.font.color.rgb = _INK if is_quoted else _QUIET
        quote.paragraph_format.keep_with_next = True
        self._word.add_paragraph(f"— {_clean(block.source)}", style="Quote Source")

    @_add.register
    def _(self, block: Table) -> None:
        caption = self._word.add_paragraph(f"{_clean(block.label)} ", style="Caption")
        _add_sequence(caption, block.label, block.number)
        caption.add_run(f". {_clean(block.title)}")
        table = self._word.add_table(rows=1 + len(block.rows), cols=len(block.columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        for column, width in zip(table.columns, _widths(block), strict=True):
            column.width = width
        _describe(table, block)
        rows = table.rows
        _fill(rows[0].cells, [column.title for column in block.columns], block, indent=0)
        _make_header(rows[0])
        indents = block.indents or (0,) * len(block.rows)
        for i, (indent, values) in enumerate(zip(indents, block.rows, strict=True), 1):
            _fill(rows[i].cells, values, block, indent=indent)
            if indent == 0 and any(indents):
                _embolden(rows[i].cells)
        self._word.add_paragraph(_clean(block.source), style="Source")


def _clean(text: str) -> str:
    """Return text that XML can hold: control characters out, newlines kept."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t").translate(
        {0xFFFE: None, 0xFFFF: None}
    )


def _set_styles(word: Any, locale: str) -> None:
    styles = word.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.15
    for name, size in (("Title", 24), ("Heading 1", 17), ("Heading 2", 13.5), ("Heading 3", 11.5)):
        _set_font(styles[name], size, _HUE)
        styles[name].font.bold = True
    styles["Heading 1"].paragraph_format.space_before = Pt(24)
    styles["Heading 2"].paragraph_format.space_before = Pt(16)
    _drop_borders(styles["Title"])
    _set_font(styles["Subtitle"], 12, _QUIET)
    _set_font(styles["Caption"], 10, _INK)
    styles["Caption"].paragraph_format.keep_with_next = True
    quote = styles["Quote"]
    _set_font(quote, 11, _INK)
    quote.font.italic = False
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Cm(0.8), Pt(2)
    _add_style(styles, "Definition", 11, italic=True)
    _add_style(styles, "Source", 9).paragraph_format.space_before = Pt(4)
    question = _add_style(styles, "Question", 9.5)
    question.paragraph_format.left_indent = Cm(0.8)
    question.paragraph_format.space_after = Pt(2)
    question.paragraph_format.keep_with_next = True
    source = _add_style(styles, "Quote Source", 9.5)
    source.paragraph_format.left_indent, source.paragraph_format.space_after = Cm(0.8), Pt(12)
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _set_font(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), colour
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _drop_borders(style: Any) -> None:
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _add_style(styles: Any, name: str, size: float, *, italic: bool = False) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.font.size, style.font.italic, style.font.color.rgb = Pt(size), italic, _QUIET
    return style


def _set_properties(word: Any, report: Report) -> None:
    properties = word.core_properties
    changed = datetime.fromisoformat(report.changed)
    properties.title, properties.subject = _clean(report.title), _clean(report.subtitle)
    properties.author, properties.last_modified_by = "kvalanalys", "kvalanalys"
    properties.comments, properties.keywords = "", ""
    properties.language = _LOCALES.get(report.language, report.language)
    properties.created = properties.modified = changed.replace(tzinfo=None)
    properties.revision = 1


def _add_sequence(paragraph: Any, label: str, number: int) -> None:
    """Add a SEQ field, so that Word counts captions and can make a list of tables."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = str(number)
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" SEQ {label} \\* ARABIC "
            run._r.append(instruction)
        else:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)


def _describe(table: Any, block: Table) -> None:
    properties = table._tbl.tblPr
    for name, text in (("w:tblCaption", block.title), ("w:tblDescription", block.description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), _clean(text))
        properties.append(element)


def _make_header(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E4ECF1")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    _embolden(row.cells)


def _widths(block: Table) -> list[Any]:
    """Return the columns' widths: 16 cm in all, most of it for the first."""
    others = len(block.columns) - 1
    return [Cm(9.5), *[Cm(6.5 / others)] * others]


def _fill(cells: Any, values: Any, block: Table, *, indent: int) -> None:
    for i, (cell, value, column) in enumerate(zip(cells, values, block.columns, strict=True)):
        cell.width = _widths(block)[i]
        paragraph = cell.paragraphs[0]
        paragraph.add_run(_clean(value))
        paragraph.paragraph_format.space_after = Pt(2)
        if column.is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif i == 0 and indent:
            paragraph.paragraph_format.left_indent = Cm(0.6 * indent)


def _embolden(cells: Any) -> None:
    for cell in cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _with_fixed_times(content: bytes) -> bytes:
    """Return the zip with fixed times, so that the same study gives the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return file.getvalue()
