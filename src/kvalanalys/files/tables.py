"""Tables of text: csv as anyone writes it, and xlsx; rows in, rows out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kvalanalys.errors import ExchangeError, FileError
from kvalanalys.files.archive import open_archive
from kvalanalys.files.atomic import read_file
from kvalanalys.files.encoding import decode_text
from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CsvKind = Literal["plain", "excel"]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

_WATCHED = frozenset((*_FORMULA_STARTS, "'"))


@dataclass(frozen=True)
class Table:
    """Column names and rows of text; ``rows`` holds (line in the file, values by column)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(path: Path, *, encoding: str | None = None) -> Table:
    """Read a csv file (comma, semicolon or tab; UTF-8 or cp1252) or the first sheet of an xlsx.

    Column names are stripped and lower-cased. Empty rows are passed over.

    Raises
    ------
    FileError
        The file can't be read.
    ExchangeError
        There is no header, or a column name stands twice.

    """
    content = read_file(path)
    if path.suffix.lower() == ".xlsx" or content.startswith(b"PK"):
        lines = _read_xlsx(content)
    else:
        lines = _read_csv(decode_text(content, encoding=encoding))
    return _with_header(lines, path)


def _read_csv(text: str) -> list[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, [_unescape(value) for value in row]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ExchangeError(
            _("Line {line} is not proper csv: {reason}.").format(line=line, reason=error),
            hint=_("Open the table in Excel and save it again as csv or xlsx."),
        ) from error
    return rows


def _read_xlsx(content: bytes) -> list[tuple[int, list[str]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    open_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    except (InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise FileError(
            _("This is not an Excel file (xlsx)."),
            hint=_("Open the table in Excel and save it again as xlsx."),
        ) from error
    return [(i, [_cell_text(value) for value in row]) for i, row in enumerate(rows, 1)]


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _with_header(lines: list[tuple[int, list[str]]], path: Path) -> Table:
    filled = [(line, row) for line, row in lines if any(value.strip() for value in row)]
    if not filled:
        raise ExchangeError(
            _("{path} is empty.").format(path=path.name),
            hint=_("The first row must name the columns."),
        )
    columns = tuple(name.strip().lower() for name in filled[0][1])
    named = [name for name in columns if name]
    if len(set(named)) < len(named):
        twice = next(name for name in named if named.count(name) > 1)
        raise ExchangeError(
            _("{path} has two columns called “{name}”.").format(path=path.name, name=twice),
            hint=_("Give each column a name of its own."),
        )
    rows = tuple(
        (line, dict(zip(columns, (*row, *[""] * (len(columns) - len(row))), strict=False)))
        for line, row in filled[1:]
    )
    return Table(tuple(named), rows)


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, kind: CsvKind = "plain"
) -> bytes:
    """Return a csv file: plain is UTF-8 with commas; excel has ``;``, a byte-order mark and CRLF.

    Numbers in the excel kind have a decimal comma. Text that a spreadsheet would take for a
    formula gets an apostrophe in front (OWASP, CSV injection); reading takes it away again.
    """
    excel = kind == "excel"
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [
                value
                if value.__class__ is int or (value.__class__ is str and value[:1] not in _WATCHED)
                else _csv_text(value, excel=excel)
                for value in row
            ]
        )
    return file.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _csv_text(value: Any, *, excel: bool) -> str:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _WATCHED and _needs_escape(value) else value
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if excel else f"{value:g}"
    return "" if value is None else str(value)


def _needs_escape(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS) or _is_escaped(text)


def _is_escaped(text: str) -> bool:
    return text.startswith("'") and text.lstrip("'").startswith(_FORMULA_STARTS)


def _unescape(text: str) -> str:
    return text[1:] if _is_escaped(text) else text


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an xlsx file with one sheet: bold header, filter, frozen first row; text stays text."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    bold, wrapped = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.write_row(0, 0, columns, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(last, column, value, wrapped)
            elif value is not None and value != "":
                sheet.write_string(last, column, str(value), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(0, len(columns) - 1))
    book.close()
    return file.getvalue()
