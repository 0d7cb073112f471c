"""demo, new, status, history."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalanalys.cli.options import FILE, command, listing_options, option, study_of
from kvalanalys.cli.output import Column, Form, Listing, progress_bar, show, warn_of_place
from kvalanalys.errors import StudyError
from kvalanalys.messages import LANGUAGES, N_, _, list_names

if TYPE_CHECKING:
    from kvalanalys.workflow.demo import DemoResult
    from kvalanalys.workflow.status import Status


@command(help=N_("Make the demo study and go the whole road, from import to report."))
@click.argument("directory", metavar="[DIR]", type=FILE, required=False)
@option("--study", type=click.Choice(["strategi", "aldreomsorg"]), default="strategi",
        help=N_("Which demo study."))  # fmt: skip
def demo(directory: Path | None, study: str) -> None:
    from kvalanalys.workflow.demo import free_folder, make_demo

    path = directory or free_folder(_("kvalanalys-demo"))
    with progress_bar(_("Making the demo study")) as progress:
        result = make_demo(path, study=study, progress=progress)
    _show_demo(result)


def _show_demo(result: DemoResult) -> None:
    from kvalanalys.cli.code import suggestion_columns
    from kvalanalys.cli.material import import_columns, import_values
    from kvalanalys.cli.report import theme_listing
    from kvalanalys.workflow.suggesting import suggestion_values

    form = Form("table", None, "plain")
    codebook = result.themes.codebook
    show(Listing(import_values(result.imported), import_columns(),
                 title=_("1. Fictional interviews, imported with their speakers")), form)  # fmt: skip
    click.echo(_("2. Codebook “{name}” applied: {themes} themes, {codes} codes in all.").format(
        name=codebook.id, themes=len(codebook.themes), codes=len(codebook)))  # fmt: skip
    click.echo()
    some = suggestion_values(_one_per_document(result.suggestions), codebook)
    show(Listing(some, suggestion_columns(codebook),
                 title=_("3. Suggestions with their reasons: {n}, here are some").format(
                     n=result.suggested.new)), form)  # fmt: skip
    click.echo(_("4. Codings by {coders} imported: {n}; {coder}’s are reported.").format(
        coders=list_names(result.codings.new_coders), n=result.codings.added,
        coder=list_names(result.themes.coders)))  # fmt: skip
    click.echo()
    show(theme_listing(result.themes, title=_("5. Theme table")), form)
    click.echo(_("6. Reports with quotations:"))
    for path in result.reports:
        click.echo(f"   {path}")
    click.echo()
    click.echo(_("Next, try:"))
    click.echo(f"   cd {result.folder.path}")
    program = _program()
    for words in ("", "suggest list", 'review --coder "…"', "quotes", "themes --by role"):
        click.echo(f"   {program} {words}".rstrip())


def _program() -> str:
    """Return how this program can be called from anywhere: its name, or its path."""
    return "kvalanalys" if shutil.which("kvalanalys") else str(Path(sys.argv[0]).resolve())


def _one_per_document(views: list[Any]) -> list[Any]:
    first: dict[str, Any] = {}
    for view in views:
        first.setdefault(view.document.name, view)
    return list(first.values())[:6]


@command(help=N_("Make an empty study in a new folder."))
@click.argument("directory", metavar="DIR", type=FILE)
@option("--codebook", help=N_("A codebook file, or a shipped one by name."))
@option("--name", help=N_("The study's name; else the folder's."))
@option(
    "--language",
    type=click.Choice(LANGUAGES),
    help=N_("The language of the interviews; else the codebook's, else Swedish."),
)
def new(directory: Path, codebook: str | None, name: str | None, language: str | None) -> None:
    from kvalanalys.model import Study
    from kvalanalys.workflow.folder import create_study, find_codebook
    from kvalanalys.workflow.material import check_codebook

    path = find_codebook(codebook) if codebook else None
    spoken = language or (check_codebook(path).language if path else "sv")
    study = Study(name=name or directory.resolve().name, language=spoken)
    folder = create_study(directory, study, codebook=path)
    click.echo(_("The study “{name}” is in {path}.").format(name=study.name, path=folder.path))
    warn_of_place(folder.path)
    click.echo(_("Next: go there (cd) and import the transcripts: kvalanalys import FILES"))


@command(help=N_("Show where the study stands and what comes next."))
@option("--format", "format", type=click.Choice(["table", "json"]), help=N_("How to show it."))
@option("--output", type=FILE, help=N_("Write to this file instead of the screen."))
@click.pass_context
def status(context: click.Context, format: str | None, output: Path | None) -> None:
    from kvalanalys.workflow.status import study_status

    found = study_status(study_of(context))
    if format == "json" or output is not None:
        _put_json(asdict(found), output)
    else:
        show_status(found)


def _put_json(values: dict[str, Any], output: Path | None) -> None:
    content = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.buffer.write(content.encode())
    else:
        from kvalanalys.files.atomic import write_file

        write_file(output, content.encode())


def show_status(found: Status) -> None:
    """Print a status on the screen."""
    codebook = _("none yet")
    if found.codebook:
        codebook = _("{name}: {themes} themes, {codes} codes in all").format(
            name=found.codebook, themes=found.themes, codes=found.codes
        )
    lines = [
        (_("Transcripts"), _("{n}, {words} words").format(n=found.documents, words=found.words)),
        (_("Respondents"), str(found.respondents)),
        (_("Codebook"), codebook),
        (_("Codings"), _codings(found)),
        (_("Open suggestions"), str(found.suggestions_open)),
        (_("Last changed"), found.last_change or "–"),
    ]
    width = max(len(label) for label, _text in lines)
    click.echo(click.style(found.study, bold=True))
    click.echo(found.path)
    click.echo()
    for label, text in lines:
        click.echo(f"{label:<{width}}  {text}")
    if found.codings_without_code:
        click.echo(_("{n} codings have a code that is no longer in the codebook.").format(
            n=found.codings_without_code))  # fmt: skip
    click.echo()
    click.echo(_("Next: {step}").format(step=found.next_step))


def _codings(found: Status) -> str:
    if not found.coders:
        return str(found.codings)
    return f"{found.codings} ({', '.join(found.coders)})"


def show_status_or_first_steps(given: Path | None) -> None:
    """Print where the study stands, or how to begin where there is none."""
    from kvalanalys.workflow.folder import find_study
    from kvalanalys.workflow.status import study_status

    try:
        folder = find_study(given)
    except StudyError:
        if given is not None:
            raise
        click.echo(_("Three first steps:"))
        for words, purpose in (
            ("kvalanalys demo", _("see the whole road on a small fictional study")),
            ("kvalanalys new DIR --codebook FILE", _("make a study of your own")),
            ("kvalanalys import FILES", _("in its folder: import the transcripts")),
        ):
            click.echo(f"  {words:<36}{purpose}")
        click.echo(_("All commands: kvalanalys --help"))
    else:
        show_status(study_status(folder))


@command(help=N_("List what has changed the study, oldest first."))
@click.argument("what", metavar="[list]", type=click.Choice(["list"]), default="list")
@listing_options
@click.pass_context
def history(context: click.Context, what: str, format: str | None, output: Path | None,
            csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow.status import study_history

    values = [asdict(entry) for entry in study_history(study_of(context))]
    columns = [
        Column(_("No."), lambda row: str(row["entry"]), is_number=True),
        Column(_("When (UTC)"), lambda row: row["when"].replace("T", " ").rstrip("Z")),
        Column(_("Who"), lambda row: row["who"] or ""),
        Column(_("Command"), lambda row: row["command"]),
        Column(_("What"), lambda row: row["what"]),
    ]
    empty = _("Nothing has been changed yet.")
    show(Listing(values, columns, empty=empty), Form(format, output, csv_kind))


__all__ = ["demo", "history", "new", "show_status_or_first_steps", "status"]
