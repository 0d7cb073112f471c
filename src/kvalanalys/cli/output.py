"""Listings as table, json, csv or xlsx, on the screen or in a file."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import Console

    from kvalanalys.files.tables import CsvKind
    from kvalanalys.model import Span


class Column(NamedTuple):
    """A column of a table on the screen: title, and the text of a row's values."""

    title: str
    text: Callable[[dict[str, Any]], str]
    is_number: bool = False
    style: str = ""
    width: int | None = None


class Listing(NamedTuple):
    """Rows by field name, and how they look on the screen; ``fields`` head a file without rows."""

    values: Sequence[dict[str, Any]]
    columns: Sequence[Column]
    title: str = ""
    note: str = ""
    empty: str = ""
    fields: Sequence[str] = ()


class Form(NamedTuple):
    """What --format, --output and --csv say."""

    format: str | None
    output: Path | None
    csv_kind: CsvKind

    @property
    def name(self) -> str:
        """Return the format: as said, else by the file's ending, else a table."""
        if self.format:
            return self.format
        ending = self.output.suffix.lower().lstrip(".") if self.output else ""
        return ending if ending in {"json", "csv", "xlsx"} else "table"


def console(*, stderr: bool = False) -> Console:
    """Return a rich console; without markup, so that brackets in interviews stay brackets."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, soft_wrap=False, emoji=False)


def show(listing: Listing, form: Form) -> None:
    """Show a listing in the form asked for."""
    if form.name == "table":
        _show_table(listing, form.output)
    elif form.name == "json":
        _put(json.dumps(list(listing.values), ensure_ascii=False, indent=2).encode() + b"\n",
             form.output)  # fmt: skip
    else:
        _put(_table_file(listing, form), form.output)


def _table_file(listing: Listing, form: Form) -> bytes:
    from kvalanalys.files.tables import csv_bytes, xlsx_bytes

    names = list(listing.values[0]) if listing.values else list(listing.fields)
    rows = ([_flat(values[name]) for name in names] for values in listing.values)
    if form.name == "csv":
        return csv_bytes(names, rows, kind=form.csv_kind)
    if form.output is None:
        raise click.UsageError(_("xlsx needs --output FILE."))
    return xlsx_bytes(names, rows)


def _flat(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _put(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from kvalanalys.files.atomic import write_file

        write_file(output, content)
        click.echo(_("Written: {path}").format(path=output))


def _show_table(listing: Listing, output: Path | None) -> None:
    screen = console()
    if output is not None:
        import io

        from rich.console import Console

        screen = Console(file=io.StringIO(), width=120, markup=False, highlight=False)
    if not listing.values and listing.empty:
        screen.print(listing.empty)
    else:
        screen.print(_rich_table(listing))
    if listing.note:
        screen.print(listing.note, style="dim")
    if output is not None:
        _put(screen.file.getvalue().encode(), output)  # type: ignore[attr-defined]


def _rich_table(listing: Listing) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=listing.title or None, title_justify="left",
                  title_style="bold", pad_edge=False)  # fmt: skip
    for column in listing.columns:
        justify: Literal["left", "right"] = "right" if column.is_number else "left"
        table.add_column(
            Text(column.title), justify=justify, style=column.style, width=column.width,
            overflow="fold", no_wrap=column.is_number,
        )  # fmt: skip
    for values in listing.values:
        table.add_row(*(Text(column.text(values)) for column in listing.columns))
    return table


def warn_of_place(folder: Path) -> None:
    """Say on standard error what is unsafe about where a study lies."""
    from kvalanalys.files.place import place_warnings

    for warning in place_warnings(folder):
        click.echo(_("Note: {warning}").format(warning=warning), err=True)


def numbered_sentences(text: str, sentences: Sequence[Span]) -> Any:
    """Return sentences with their numbers before them, for the screen."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", style="bold")
    grid.add_column()
    for number, sentence in enumerate(sentences, 1):
        grid.add_row(str(number), Text(sentence.cut(text)))
    return grid


def shortened(text: str, most: int) -> str:
    """Return text on one line, cut between words with … where it is longer."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + " …"


def progress_bar(title: str) -> Any:
    """Return a context whose value shows progress on a terminal, and nothing elsewhere."""
    from contextlib import nullcontext

    from kvalanalys.model import no_progress

    if not sys.stderr.isatty():
        return nullcontext(no_progress)
    return _Bar(title)


class _Bar:
    def __init__(self, title: str) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            console=console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task(title, total=None)

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __call__(self, done: int, all: int) -> None:
        self._bar.update(self._task, completed=done, total=all)

    def __exit__(self, *_raised: object) -> None:
        self._bar.stop()
