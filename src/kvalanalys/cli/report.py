"""themes, quotes, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kvalanalys.cli.options import (
    FILE,
    code_option,
    coder_option,
    command,
    count_option,
    document_option,
    listing_options,
    option,
    study_of,
)
from kvalanalys.cli.output import Column, Form, Listing, show
from kvalanalys.messages import N_, _, list_names, spoken_language

if TYPE_CHECKING:
    from pathlib import Path

    from kvalanalys.workflow.reporting import Themes


@command(help=N_("Show how many spoke to each theme: k of n interviews, persons or organisations."))
@option("--by", help=N_("Split by an attribute of the respondents, for example role."))
@count_option
@coder_option
@listing_options
@click.pass_context
def themes(context: click.Context, by: str | None, unit: Any, coder: str | None,
           format: str | None, output: Path | None, csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow.reporting import summarise

    found = summarise(study_of(context), coder=coder, unit=unit, by=by)
    show(theme_listing(found), Form(format, output, csv_kind))


def theme_listing(themes: Themes, *, title: str = "") -> Listing:
    """Return the theme table."""
    from kvalanalys.wording import unit_name
    from kvalanalys.workflow.reporting import theme_values

    language = spoken_language()
    codebook, summary = themes.codebook, themes.summary
    values = theme_values(themes)

    def name(row: dict[str, Any]) -> str:
        said = codebook.by_id[row["code"] or row["theme"]].name(language)
        return f"{'  ' * row['depth']}{said}{' *' if row['base'] else ''}"

    columns = [
        Column(_("Theme"), name),
        Column(_("{units} of all").format(units=unit_name(summary.unit, 2).capitalize()),
               lambda row: _("{k} of {n}").format(k=row["k"], n=row["n"]), is_number=True),
        Column(_("Codings"), lambda row: str(row["codings"]), is_number=True),
        Column(_("Documents"), lambda row: str(row["documents"]), is_number=True),
    ]  # fmt: skip
    for value in values[0]["groups"] if values else ():
        columns.append(_group_column(value))
    return Listing(values, columns, title=title, note=_note(themes))


def _group_column(value: str) -> Column:
    def text(row: dict[str, Any]) -> str:
        share = row["groups"][value]
        return _("{k} of {n}").format(k=share["k"], n=share["n"])

    return Column(value or _("(none)"), text, is_number=True)


def _note(themes: Themes) -> str:
    summary = themes.summary
    whose = list_names(themes.coders) or _("nobody yet")
    if summary.coder.id is None and len(themes.coders) > 1:
        whose = (_("all of {names}") if summary.coder.is_all else _("any of {names}")).format(
            names=whose
        )
    lines = [_("Codings of {whose}.").format(whose=whose)]
    if any(row.base for row in summary.rows):
        bases = {row.base: themes.codebook.by_id[row.base].name(spoken_language())
                 for row in summary.rows if row.base}  # fmt: skip
        lines.append(_("* of those that have {names}.").format(
            names=list_names([_("“{name}”").format(name=name) for name in bases.values()])))  # fmt: skip
    if outside := sum(row.outside_base for row in summary.rows):
        lines.append(_("{n} have a code without its base and are not counted in it.").format(
            n=outside))  # fmt: skip
    if summary.unknown:
        lines.append(_("Not counted, since no longer in the codebook: {names}.").format(
            names=list_names([f"{code} ({n})" for code, n in summary.unknown.items()])))  # fmt: skip
    return " ".join(lines)


@command(help=N_("List quotations by theme, with speaker and place."))
@click.argument("what", metavar="[list]", type=click.Choice(["list"]), default="list")
@code_option
@document_option
@coder_option
@listing_options
@click.pass_context
def quotes(context: click.Context, what: str, code: str | None, document: str | None,
           coder: str | None, format: str | None, output: Path | None,
           csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow.reporting import list_quotations, quotation_values

    found, codebook, names = list_quotations(
        study_of(context), coder=coder, code=code, document=document
    )
    language = spoken_language()
    columns = [
        Column(_("Code"), lambda row: codebook.by_id[row["code"]].name(language)),
        Column(_("Quotation"), lambda row: row["quote"]),
        Column(_("Where"), lambda row: _("{document}, turn {turn}, {speaker}").format(
            document=row["document"], turn=row["turn"], speaker=row["speaker"] or "–")),
        Column(_("Coder"), lambda row: row["coder"]),
    ]  # fmt: skip
    note = _("Codings of {whose}.").format(whose=list_names(names) or _("nobody yet"))
    empty = _("There are no quotations here.")
    listing = Listing(quotation_values(found, codebook), columns, note=note, empty=empty)
    show(listing, Form(format, output, csv_kind))


@command(help=N_(
    "Write the theme report: method facts, theme table, a section per theme with quotations.\n\n"
    "Several formats at once: --format docx,html. Without --output the files go to reports/ in "
    "the study."))  # fmt: skip
@option(
    "--format", "formats", default="docx", help=N_("docx, html, xlsx, md; several with commas.")
)
@option("--output", type=FILE, help=N_("A file for one format, a folder for several."))
@option(
    "--quotations", default="3", help=N_("The most quotations per code, favourites first; or all.")
)
@option(
    "--include-suggestions", is_flag=True, help=N_("Show undecided suggestions, apart and marked.")
)
@count_option
@coder_option
@click.pass_context
def report(context: click.Context, formats: str, output: Path | None, quotations: str,
           include_suggestions: bool, unit: Any, coder: str | None) -> None:  # fmt: skip
    from kvalanalys.workflow.reporting import ReportOptions, write_reports

    folder = study_of(context)
    names = [name.strip() for name in formats.split(",") if name.strip()]
    if not quotations.isdigit() and quotations != "all":
        raise click.BadParameter(_("must be a number or all"), param_hint="--quotations")
    options = ReportOptions(
        coder=coder,
        unit=unit,
        quotations=None if quotations == "all" else int(quotations),
        include_suggestions=include_suggestions,
        language=_chosen_language(context),
    )
    targets = _targets(names, output, folder.reports)
    for path in write_reports(folder, targets, options):
        click.echo(_("Written: {path}").format(path=path))


def _chosen_language(context: click.Context) -> str | None:
    root = context.find_root()
    language: str | None = root.params.get("lang")
    return language


def _targets(names: list[str], output: Path | None, reports: Path) -> dict[str, Path]:
    if output is not None and len(names) == 1 and not output.is_dir():
        return {names[0]: output}
    folder = output or reports
    stem = _("theme-report")
    return {name: folder / f"{stem}.{name}" for name in names}


__all__ = ["quotes", "report", "theme_listing", "themes"]
