"""Summaries → a report in outline: method facts, theme table, a section per theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.messages import _, list_names, plural
from kvalanalys.reports.outline import (
    Block,
    Column,
    Heading,
    Paragraph,
    QuotationBlock,
    Report,
    Table,
)
from kvalanalys.wording import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalanalys.analysis import Quotation, ThemeRow, ThemeSummary
    from kvalanalys.model import Code, Codebook, CodeId, CountUnit, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFacts:
    """Counts for the method section; ``coders`` are those whose codings are reported."""

    interviews: int
    persons: int
    words: int
    coders: tuple[str, ...]
    changed: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParts:
    """What a theme report is made from.

    ``quotations`` are those chosen per code and how many there are in all; ``suggestions`` are
    undecided ones, shown apart, or empty.
    """

    study: Study
    codebook: Codebook
    summary: ThemeSummary
    facts: MethodFacts
    quotations: Mapping[CodeId, tuple[Sequence[Quotation], int]]
    suggestions: Sequence[tuple[CodeId, QuotationBlock]] = ()


def theme_report(parts: ReportParts, *, language: str) -> Report:
    """Return the report of a study; sections are made one at a time while it is rendered."""
    return Report(
        title=parts.study.name,
        subtitle=_("Theme report – working version"),
        language=language,
        changed=parts.facts.changed,
        question_label=_("Question"),
        blocks=_blocks(parts, language),
    )


def _blocks(parts: ReportParts, language: str) -> Iterator[Block]:
    yield from _method(parts, language)
    yield from _overview(parts, language)
    for theme in parts.codebook.themes:
        yield from _section(parts, theme, language)
    if parts.suggestions:
        yield from _suggestions(parts, language)


def share_of(row: ThemeRow, codebook: Codebook, language: str) -> str:
    """Return a row's share in words: ``4 of 7 interviews that have “Knows the plan”``."""
    share = _("{k} of {n} {units}").format(k=row.k, n=row.n, units=unit_name(row.unit, row.n))
    if row.base is None:
        return share
    base = codebook.by_id[row.base].name(language)
    return _("{share} that have “{base}”").format(share=share, base=base)


def whose_codings(parts: ReportParts) -> str:
    """Return a sentence on whose codings are counted."""
    names = list_names(parts.facts.coders) or _("nobody yet")
    if parts.summary.coder.is_all:
        return _("Counted is what all coders have coded alike: {names}.").format(names=names)
    if len(parts.facts.coders) > 1:
        return _("Counted is what any of the coders has coded: {names}.").format(names=names)
    return _("Coded by {names}.").format(names=names)


def _method(parts: ReportParts, language: str) -> Iterator[Block]:
    facts, codebook = parts.facts, parts.codebook
    yield Heading(1, _("Method"))
    if parts.study.method:
        yield Paragraph(parts.study.method)
    yield Paragraph(
        _("The material is {interviews} with {persons}, {words} words in all.").format(
            interviews=_counted(facts.interviews, "interviews"),
            persons=_counted(facts.persons, "persons"),
            words=_thousands(facts.words),
        )
        + " "
        + _("It was coded with the codebook “{codebook}”{version}: {themes} and {codes}.").format(
            codebook=codebook.titles.get(language) or codebook.id,
            version=_(", version {version}").format(version=codebook.version)
            if codebook.version else "",
            themes=_n(len(codebook.themes), plural("theme", "themes", len(codebook.themes))),
            codes=_n(
                len(codebook) - len(codebook.themes),
                plural("subtheme", "subthemes", len(codebook) - len(codebook.themes)),
            ),
        )
        + " "
        + whose_codings(parts)
    )  # fmt: skip
    yield Paragraph(
        _("A theme is counted once per {unit}, whichever of its subthemes was coded and however "
          "often. Retracted codings and the machine's suggestions are in no number.").format(
            unit=unit_name(parts.summary.unit, 1)
        )
    )  # fmt: skip
    yield Paragraph(
        _("Made with kvalanalys {version} from the study as of {date}. Working version: it shows "
          "where every quotation comes from and is not meant for publication.").format(
            version=facts.version, date=facts.changed[:10]
        ),
        "note",
    )  # fmt: skip


def _overview(parts: ReportParts, language: str) -> Iterator[Block]:
    summary = parts.summary
    yield Heading(1, _("The themes in brief"))
    number = 1
    label = _("Table {n}").format(n=number)
    yield Paragraph(
        _("{table} shows how many {units} take up each theme.").format(
            table=label, units=unit_name(summary.unit, 2)
        )
    )
    has_base = any(row.base for row in summary.rows)
    columns = (
        Column(_("Theme")),
        Column(_("Number"), is_number=True),
        Column(_("Of"), is_number=True),
        Column(_("Codings"), is_number=True),
    )
    yield Table(
        number=number,
        label=_("Table"),
        title=_("Number of {units} per theme and subtheme").format(
            units=unit_name(summary.unit, 2)
        ),
        description=_("One row per theme and subtheme, in the codebook's order: how many {units} "
                      "have it, out of how many, and the number of codings.").format(
            units=unit_name(summary.unit, 2)),
        columns=columns,
        rows=tuple(
            (
                parts.codebook.by_id[row.code_id].name(language) + ("*" if row.base else ""),
                str(row.k), str(row.n), str(row.codings),
            )
            for row in summary.rows
        ),
        indents=tuple(row.depth for row in summary.rows),
        source=_("Source: {study}, n = {n} {units}.").format(
            study=parts.study.name, n=summary.n, units=unit_name(summary.unit, summary.n)
        ),
    )  # fmt: skip
    if has_base:
        yield Paragraph(_("* Counted among those that have another code; see the section."), "note")


def _section(parts: ReportParts, theme: Code, language: str) -> Iterator[Block]:
    for code in _branch(parts.codebook, theme):
        row = parts.summary.row(code.id)
        depth = parts.codebook.depth(code.id)
        yield Heading(1 + depth, code.name(language))
        yield Paragraph(code.definition(language), "lead")
        yield Paragraph(_numbers(parts, row, language))
        chosen, in_all = parts.quotations.get(code.id, ((), 0))
        for quotation in chosen:
            yield quotation_block(quotation)
        if in_all > len(chosen):
            yield Paragraph(
                _("{shown} of {all} quotations are shown.").format(shown=len(chosen), all=in_all),
                "note",
            )


def _branch(codebook: Codebook, code: Code) -> Iterator[Code]:
    yield code
    for child in codebook.children(code.id):
        yield from _branch(codebook, child)


def _numbers(parts: ReportParts, row: ThemeRow, language: str) -> str:
    if row.codings == 0:
        return _("Nothing has been coded here.")
    said = _("{share} take this up ({codings}).").format(
        share=share_of(row, parts.codebook, language),
        codings=_n(row.codings, plural("coding", "codings", row.codings)),
    )
    if row.outside_base:
        said += " " + _("{n} more have it without having the base, and are not counted.").format(
            n=row.outside_base
        )
    return said


def quotation_block(quotation: Quotation, *, mark: str = "") -> QuotationBlock:
    """Return a quotation for a report: by role, with document and turn, never by name."""
    who = quotation.attribution or _("respondent")
    place = (
        quotation.document
        if quotation.turn is None
        else _("{document}, turn {turn}").format(document=quotation.document, turn=quotation.turn)
    )
    before, after = quotation.context()
    return QuotationBlock(
        quotation.segment.quote,
        f"{who[:1].upper()}{who[1:]} ({place})",
        quotation.question,
        before,
        after,
        mark,
    )


def _suggestions(parts: ReportParts, language: str) -> Iterator[Block]:
    yield Heading(1, _("Suggestions nobody has decided on"))
    yield Paragraph(
        _("These passages were proposed by the machine. They are in no number above and are no "
          "findings until a coder has accepted them.")
    )  # fmt: skip
    last = None
    for code_id, block in parts.suggestions:
        if code_id != last:
            yield Heading(2, parts.codebook.by_id[code_id].name(language))
            last = code_id
        yield block


def _counted(n: int, unit: CountUnit) -> str:
    return _n(n, unit_name(unit, n))


def _n(n: int, word: str) -> str:
    return f"{_thousands(n)} {word}"


def _thousands(n: int) -> str:
    return f"{n:,}".replace(",", "\N{NO-BREAK SPACE}")
