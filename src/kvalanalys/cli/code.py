"""suggest and codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kvalanalys.cli.options import (
    FILE,
    code_option,
    coder_option,
    document_option,
    encoding_option,
    group,
    listing_options,
    option,
    study_of,
    who_option,
)
from kvalanalys.cli.output import Column, Form, Listing, progress_bar, shortened, show
from kvalanalys.messages import N_, _, list_names, plural, spoken_language

if TYPE_CHECKING:
    from pathlib import Path

    from kvalanalys.model import Codebook

STATES = ("open", "accepted", "corrected", "rejected", "skipped", "overtaken")


@group(default="run", help=N_("Propose codes for passages, or list what is proposed."))
def suggest() -> None:
    pass


@suggest.command("run", help=N_(
    "Propose codes by the codebook's keywords and patterns, in the respondents' words.\n\n"
    "Running again doubles nothing; what you have rejected stays rejected."))  # fmt: skip
@option("--document", "documents", multiple=True, help=N_("Only this document; repeatable."))
@option("--everyone", is_flag=True, help=N_("Also in the interviewer's words."))
@click.pass_context
def run(context: click.Context, documents: tuple[str, ...], everyone: bool) -> None:
    from kvalanalys.workflow.suggesting import run_suggestions

    with progress_bar(_("Suggesting")) as progress:
        found = run_suggestions(
            study_of(context), documents=documents, everyone=everyone, progress=progress
        )
    language = spoken_language()
    values = [
        {"code": code_id, "open": n, "name": found.codebook.by_id[code_id].name(language)}
        for code_id, n in found.open_by_code.items()
    ]
    columns = [
        Column(_("Code"), lambda row: row["name"]),
        Column(_("Open suggestions"), lambda row: str(row["open"]), is_number=True),
    ]
    note = _("{new} new, {known} known, {withdrawn} no longer proposed. "
             "Decide with: kvalanalys review --coder NAME").format(
        new=found.new, known=found.known, withdrawn=found.withdrawn)  # fmt: skip
    empty = _("No open suggestions.")
    show(Listing(values, columns, note=note, empty=empty), Form("table", None, "plain"))


@suggest.command("list", help=N_("List suggestions with their reasons."))  # fmt: skip
@document_option
@code_option
@option(
    "--state",
    "states",
    type=click.Choice(STATES),
    multiple=True,
    help=N_("Only suggestions in this state; repeatable; else open ones."),
)
@option("--all", "everything", is_flag=True, help=N_("In every state."))
@listing_options
@click.pass_context
def list_suggestions(context: click.Context, document: str | None, code: str | None,
                     states: tuple[str, ...], everything: bool, format: str | None,
                     output: Path | None, csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow import suggesting
    from kvalanalys.workflow.reporting import study_codebook

    folder = study_of(context)
    wanted = () if everything else (states or ("open",))
    views = suggesting.list_suggestions(folder, document=document, code=code, states=wanted)
    codebook = study_codebook(folder)
    values = suggesting.suggestion_values(views, codebook)
    empty = _("There are no such suggestions. Make some with: kvalanalys suggest")
    listing = Listing(values, suggestion_columns(codebook), empty=empty)
    show(listing, Form(format, output, csv_kind))


def suggestion_columns(codebook: Codebook) -> list[Column]:
    """Return the columns of the table of suggestions."""
    language = spoken_language()
    return [
        Column(_("Document"), lambda row: row["document"]),
        Column(_("Code"), lambda row: codebook.by_id[row["code"]].name(language)),
        Column(_("Question and passage"), _passage),
        Column(_("Why"), lambda row: ", ".join(
            dict.fromkeys(match["words"] for match in row["reason"]))),
    ]  # fmt: skip


def _passage(row: dict[str, Any]) -> str:
    question = f"– {shortened(row['question'], 90)}\n" if row["question"] else ""
    return question + shortened(row["quote"], 160)


@group(default="list", help=N_("List, add, retract, import and export codings."))
def codings() -> None:
    pass


@codings.command("list", help=N_("List codings."))
@document_option
@code_option
@coder_option
@listing_options
@click.pass_context
def list_(context: click.Context, document: str | None, code: str | None, coder: str | None,
          format: str | None, output: Path | None, csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow.coding import list_codings

    values = list_codings(study_of(context), document=document, code=code, coder=_one(coder))
    columns = [
        Column(_("Id"), lambda row: row["coding"][:8], style="dim"),
        Column(_("Document"), lambda row: row["document"]),
        Column(_("Code"), lambda row: row["code"]),
        Column(_("Quotation"), lambda row: shortened(row["quote"], 160)),
        Column(_("Coder"), lambda row: row["coder"]),
        Column(_("Memo"), lambda row: row["memo"] or ""),
    ]
    empty = _("There are no codings here.")
    show(Listing(values, columns, empty=empty), Form(format, output, csv_kind))


def _one(coder: str | None) -> str | None:
    return None if coder in {"any", "all"} else coder


@codings.command("add", help=N_(
    "Put a code on a passage, given by its words or by its place."))  # fmt: skip
@option("--document", required=True, help=N_("The document."))
@option("--quote", help=N_("The passage word for word."))
@option("--start", type=int, help=N_("The first character, counted from 0."))
@option("--end", type=int, help=N_("The character after the last."))
@option("--code", required=True, help=N_("The code: id, path or name."))
@who_option
@option("--memo", default="", help=N_("A note on the coding."))
@click.pass_context
def add(context: click.Context, document: str, quote: str | None, start: int | None,
        end: int | None, code: str, coder: str, memo: str) -> None:  # fmt: skip
    from kvalanalys.workflow.coding import add_coding

    coding = add_coding(study_of(context), document=document, code=code, coder=coder,
                        place=(quote, start, end), memo=memo)  # fmt: skip
    click.echo(_("Coded as {code}: “{quote}” ({id}).").format(
        code=coding.code_id, quote=shortened(coding.quote, 100), id=coding.id[:8]))  # fmt: skip


@codings.command("retract", help=N_(
    "Take codings back, by id or the beginning of it; they stay in the history."))  # fmt: skip
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.pass_context
def retract(context: click.Context, ids: tuple[str, ...]) -> None:
    from kvalanalys.workflow.coding import retract_codings

    for coding in retract_codings(study_of(context), ids):
        click.echo(_("Retracted: {code}, “{quote}”.").format(
            code=coding.code_id, quote=shortened(coding.quote, 100)))  # fmt: skip


@codings.command("import", help=N_(
    "Import codings from csv or xlsx: columns document, code, coder, and quote or start and "
    "end.\n\nThe quotation is the check: one that does not stand in the transcript is refused, "
    "and with it the whole table."))  # fmt: skip
@click.argument("file", type=FILE)
@option("--coder", help=N_("Who has coded, where the table has no column coder."))
@encoding_option
@click.pass_context
def import_(context: click.Context, file: Path, coder: str | None, encoding: str | None) -> None:
    from kvalanalys.workflow.coding import import_codings

    found = import_codings(study_of(context), file, coder=coder, encoding=encoding)
    click.echo(plural("{n} coding imported.", "{n} codings imported.", found.added).format(
        n=found.added))  # fmt: skip
    if found.unchanged:
        click.echo(_("{n} were here already.").format(n=found.unchanged))
    if found.retracted:
        click.echo(_("{n} have been retracted here and stay so.").format(n=found.retracted))
    if found.new_coders:
        click.echo(_("New coders: {names}.").format(names=list_names(found.new_coders)))


@codings.command("export", help=N_(
    "Write codings to a table that “codings import” reads back."))  # fmt: skip
@document_option
@code_option
@coder_option
@listing_options
@click.pass_context
def export(context: click.Context, document: str | None, code: str | None, coder: str | None,
           format: str | None, output: Path | None, csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.exchange.codings_table import COLUMNS
    from kvalanalys.workflow.coding import list_codings

    values = list_codings(study_of(context), document=document, code=code, coder=_one(coder))
    form = Form(format, output, csv_kind)
    if form.name == "table":
        form = Form("csv", output, csv_kind)
    show(Listing(values, [], fields=COLUMNS), form)
