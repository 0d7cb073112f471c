"""Outline → one Excel workbook: its text, a sheet per table, and all quotations to filter."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from kvalanalys.messages import _
from kvalanalys.reports.outline import Heading, Paragraph, QuotationBlock, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kvalanalys.reports.outline import Report

_MOST_LETTERS = 32_767  # in a cell (Excel specifications and limits)


def render_xlsx(report: Report) -> bytes:
    """Return the report as an xlsx file; text that begins like a formula stays text.

    Tables are Excel tables. Quotations stand on a sheet of their own, a row each, with the
    headings above them: plain rows with a filter, so that tens of thousands can be opened.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": report.title, "created": datetime.fromisoformat(report.changed)})
    _Sheets(book, report).write()
    book.close()
    return file.getvalue()


class _Sheets:
    """The sheets of one workbook while the report's blocks are walked through."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self._book, self._report = book, report
        self._bold = book.add_format({"bold": True, "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._indented = [
            book.add_format({"indent": depth, "bold": depth == 0}) for depth in range(4)
        ]
        self._text = book.add_worksheet(_("Report"))
        self._text.set_column(0, 0, 100)
        self._line = self._quotation = 0
        self._headings: list[str] = []
        self._quotations: Worksheet | None = None

    def write(self) -> None:
        """Write every block where it belongs."""
        self._say(self._report.title, self._bold)
        self._say(self._report.subtitle, self._wrapped)
        for block in self._report.blocks:
            if isinstance(block, Heading):
                self._headings = [*self._headings[: block.level - 1], block.text]
                self._say(block.text, self._bold)
            elif isinstance(block, Paragraph):
                self._say(block.text, self._wrapped)
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._quote(block)
        if self._quotations is not None:
            self._quotations.autofilter(0, 0, self._quotation, len(self._columns()) - 1)

    def _say(self, text: str, style: Format) -> None:
        _put(self._text, self._line, 0, text, style)
        self._line += 1

    def _table(self, block: Table) -> None:
        sheet = self._book.add_worksheet(f"{block.label} {block.number}"[:31])
        _put(sheet, 0, 0, f"{block.label} {block.number}. {block.title}", self._bold)
        head, last = 2, 2 + len(block.rows)
        sheet.add_table(
            head, 0, max(last, head + 1), len(block.columns) - 1,
            {"columns": [{"header": column.title} for column in block.columns],
             "name": f"table_{block.number}", "style": "Table Style Light 1"},
        )  # fmt: skip
        indents = block.indents or (0,) * len(block.rows)
        for line, (indent, row) in enumerate(zip(indents, block.rows, strict=True), head + 1):
            style = self._indented[min(indent, 3)] if any(indents) else self._wrapped
            _put(sheet, line, 0, row[0], style)
            for place, (column, cell) in enumerate(
                zip(block.columns[1:], row[1:], strict=True), start=1
            ):
                _put(sheet, line, place, int(cell) if column.is_number and cell.isdigit() else cell)
        _put(sheet, last + 2, 0, block.source)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(block.columns), 12)

    def _columns(self) -> tuple[tuple[str, int], ...]:
        return (
            (_("Theme"), 24), (_("Code"), 24), (_("Quotation"), 80), (_("Source"), 34),
            (self._report.question_label, 50), (_("Remark"), 14),
        )  # fmt: skip

    def _quote(self, block: QuotationBlock) -> None:
        if self._quotations is None:
            self._quotations = self._book.add_worksheet(_("Quotations"))
            self._quotations.freeze_panes(1, 0)
            for place, (title, width) in enumerate(self._columns()):
                self._quotations.set_column(place, place, width)
                _put(self._quotations, 0, place, title, self._bold)
        self._quotation += 1
        top, below = (self._headings or [""])[0], self._headings[-1] if self._headings else ""
        cells = (top, below, block.text, block.source, block.question, block.mark)
        for place, cell in enumerate(cells):
            _put(self._quotations, self._quotation, place, cell, self._wrapped)


def _put(sheet: Worksheet, line: int, place: int, value: Any, style: Format | None = None) -> None:
    if isinstance(value, int):
        sheet.write_number(line, place, value, style)
    elif value:
        sheet.write_string(line, place, _readable(value)[:_MOST_LETTERS], style)


def _readable(text: str) -> str:
    """Return the text without control characters, which no xlsx file may hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")
