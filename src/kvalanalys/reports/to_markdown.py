"""Outline → Markdown."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from kvalanalys.reports.outline import Heading, Paragraph, QuotationBlock, Table

if TYPE_CHECKING:
    from kvalanalys.reports.outline import Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def render_markdown(report: Report) -> bytes:
    """Return the report as Markdown in UTF-8."""
    parts = [f"# {_plain(report.title)}", _plain(report.subtitle)]
    parts += [_render(block, report.question_label) for block in report.blocks]
    return ("\n\n".join(parts) + "\n").encode()


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


@singledispatch
def _render(block: object, question_label: str) -> str:
    raise TypeError(block)


@_render.register
def _(block: Heading, question_label: str) -> str:
    return f"{'#' * (block.level + 1)} {_plain(block.text)}"


@_render.register
def _(block: Paragraph, question_label: str) -> str:
    return f"*{_plain(block.text)}*" if block.kind == "note" else _plain(block.text)


@_render.register
def _(block: QuotationBlock, question_label: str) -> str:
    lines = [f"*{question_label}: {_plain(block.question)}*", ""] if block.question else []
    text = f"{_plain(block.before)} **{_plain(block.text)}** {_plain(block.after)}".strip()
    mark = f"[{_plain(block.mark)}] " if block.mark else ""
    lines += [f"{mark}{text}", "", f"— {_plain(block.source)}"]
    return "\n".join(f"> {line}".rstrip() for line in lines)


@_render.register
def _(block: Table, question_label: str) -> str:
    indents = block.indents or (0,) * len(block.rows)
    lines = [
        f"**{_plain(block.label)} {block.number}.** {_plain(block.title)}",
        "",
        _line(column.title for column in block.columns),
        "|" + "|".join("---:" if column.is_number else "---" for column in block.columns) + "|",
    ]
    for indent, row in zip(indents, block.rows, strict=True):
        first = "&nbsp;" * (4 * indent) + _plain(row[0])
        lines.append(f"| {first} " + _line(row[1:]))
    return "\n".join([*lines, "", f"*{_plain(block.source)}*"])


def _line(cells: object) -> str:
    return "".join(f"| {_plain(cell)} " for cell in cells) + "|"  # type: ignore[attr-defined]
