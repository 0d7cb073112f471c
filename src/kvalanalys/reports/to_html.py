"""Outline → one self-contained HTML file: no script, nothing fetched, prints well."""

from __future__ import annotations

from functools import lru_cache, singledispatch
from html import escape
from typing import TYPE_CHECKING

from kvalanalys.reports.outline import Heading, Paragraph, QuotationBlock, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalanalys.reports.outline import Report

_STYLE = """
:root { color-scheme: light; --ink: #1c2430; --quiet: #55606e; --line: #c9d1da; --hue: #17506b; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 5rem; color: var(--ink);
  background: #fff; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; }
h1, h2, h3, h4, h5, table, caption, .note, .source, .question { font-family: "Segoe UI", Calibri,
  "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.45rem; margin: 3rem 0 .5rem; color: var(--hue);
  border-bottom: 2px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.15rem; margin: 2rem 0 .25rem; color: var(--hue); }
h4, h5 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.subtitle { color: var(--quiet); margin: .25rem 0 0; }
.lead { color: var(--quiet); font-style: italic; margin-top: 0; }
.note { font-size: .875rem; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; margin: 1.5rem 0 .25rem; }
caption { text-align: left; padding-bottom: .5rem; }
th { text-align: left; border-bottom: 2px solid var(--ink); padding: .35rem .5rem; }
td { border-bottom: 1px solid var(--line); padding: .35rem .5rem; vertical-align: top; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.top td { font-weight: 600; }
td.in1 { padding-left: 1.75rem; } td.in2 { padding-left: 3rem; } td.in3 { padding-left: 4.25rem; }
figure { margin: 1.25rem 0; padding-left: 1rem; border-left: 4px solid var(--hue); }
figure.suggested { border-left-style: dashed; }
blockquote { margin: 0; }
.question { font-size: .875rem; color: var(--quiet); margin: 0 0 .25rem; }
.around { color: var(--quiet); }
.mark { font-size: .8125rem; font-weight: 600; color: #7a3b00; }
.source { font-size: .875rem; color: var(--quiet); }
@media print { body { max-width: none; font-size: 11pt; padding: 0; }
  h2, h3 { break-after: avoid; } figure, tr { break-inside: avoid; } thead { display: table-header-group; } }
"""


def render_html(report: Report) -> bytes:
    """Return the report as an HTML file in UTF-8."""
    return "".join(_pieces(report)).encode()


def _pieces(report: Report) -> Iterator[str]:
    yield (
        f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(report.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(report.title)}</h1>\n"
        f'<p class="subtitle">{escape(report.subtitle)}</p>\n'
    )
    for block in report.blocks:
        yield _render(block, report.question_label)
    yield "</main>\n</body>\n</html>\n"


_SPECIAL = "&<>\"'"
_escaped = lru_cache(512)(escape)  # one question stands before many quotations


def _escaped_parts(parts: tuple[str, ...]) -> Iterable[str]:
    """Return the parts escaped; most need nothing, and one look at all of them says so.

    No text holds NUL: it is refused when a transcript is read.
    """
    joined = "\0".join(parts)
    needs_escape = any(map(joined.__contains__, _SPECIAL))
    return escape(joined).split("\0") if needs_escape else parts


@singledispatch
def _render(block: object, question_label: str) -> str:
    raise TypeError(block)


@_render.register
def _(block: Heading, question_label: str) -> str:
    level = min(block.level + 1, 6)
    return f"<h{level}>{escape(block.text)}</h{level}>\n"


@_render.register
def _(block: Paragraph, question_label: str) -> str:
    kind = "" if block.kind == "text" else f' class="{block.kind}"'
    return f"<p{kind}>{escape(block.text)}</p>\n"


@_render.register
def _(block: QuotationBlock, question_label: str) -> str:
    kind = ' class="suggested"' if block.mark else ""
    before, text, after, source = _escaped_parts(
        (block.before, block.text, block.after, block.source)
    )
    mark = f'<p class="mark">{escape(block.mark)}</p>' if block.mark else ""
    question = ""
    if block.question:
        asked = f"{_escaped(question_label)}: {_escaped(block.question)}"
        question = f'<p class="question">{asked}</p>'
    return (
        f'<figure{kind}>{mark}{question}<blockquote><span class="around">{before}</span>{text}'
        f'<span class="around">{after}</span></blockquote>'
        f'<figcaption class="source">{source}</figcaption></figure>\n'
    )


@_render.register
def _(block: Table, question_label: str) -> str:
    numbers = [' class="number"' if column.is_number else "" for column in block.columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(column.title)}</th>'
        for kind, column in zip(numbers, block.columns, strict=True)
    )
    indents = block.indents or (0,) * len(block.rows)
    body = "".join(
        f'<tr{_top(indent, block)}><td class="in{min(indent, 3)}">{escape(row[0])}</td>'
        + "".join(
            f"<td{kind}>{escape(cell)}</td>"
            for kind, cell in zip(numbers[1:], row[1:], strict=True)
        )
        + "</tr>\n"
        for indent, row in zip(indents, block.rows, strict=True)
    )
    return (
        f"<table>\n<caption><strong>{escape(block.label)} {block.number}.</strong> "
        f"{escape(block.title)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f'<tbody>\n{body}</tbody>\n</table>\n<p class="source">{escape(block.source)}</p>\n'
    )


def _top(indent: int, block: Table) -> str:
    return ' class="top"' if indent == 0 and any(block.indents) else ""
