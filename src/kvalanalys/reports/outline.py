"""A report without a format: headings, paragraphs, quotations and tables in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter, levels are not skipped."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` is set larger, ``note`` smaller."""

    text: str
    kind: Literal["text", "lead", "note"] = "text"


class QuotationBlock(NamedTuple):
    """A quotation with the question before it, the words around it, and where it comes from.

    A named tuple, like Quotation: a report can have 40 000, and it is made in a third of the time.
    """

    text: str
    source: str
    question: str = ""
    before: str = ""
    after: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers are set flush right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row and no merged cells; ``indents`` are levels of each row."""

    number: int
    label: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    indents: tuple[int, ...] = ()


Block = Heading | Paragraph | QuotationBlock | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A title, a subtitle, blocks in order; ``changed`` is the study's last change (ISO 8601).

    ``question_label`` stands before the interviewer's question of a quotation.
    """

    title: str
    subtitle: str
    language: str
    changed: str
    question_label: str
    blocks: Iterable[Block]
