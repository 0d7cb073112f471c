"""import, documents, respondents, codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalanalys.cli.options import (
    FILE,
    command,
    encoding_option,
    group,
    listing_options,
    option,
    study_of,
)
from kvalanalys.cli.output import Column, Form, Listing, console, progress_bar, show, warn_of_place
from kvalanalys.messages import N_, _, list_names, plural, spoken_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalanalys.model import Code, Document, Speaker
    from kvalanalys.workflow.material import ImportResult


@command("import", help=N_(
    "Import transcripts: Word (docx), text (txt, md) or subtitles (srt, vtt), or folders of them.\n\n"
    "A bad file is reported and does not stop the others."))  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=FILE)
@encoding_option
@option(
    "--interviewer",
    "interviewers",
    multiple=True,
    help=N_("The label of who asks the questions, where it can't be told; repeatable."),
)
@listing_options
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], encoding: str | None,
            interviewers: tuple[str, ...], format: str | None, output: Path | None,
            csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.importers import ReadOptions
    from kvalanalys.workflow.material import find_transcripts, import_transcripts

    folder = study_of(context)
    options = ReadOptions(encoding=encoding, interviewers=interviewers)
    with progress_bar(_("Importing")) as progress:
        chosen, passed_over = find_transcripts(_expanded(files))
        results = import_transcripts(folder, chosen, options=options, progress=progress)
    form = Form(format, output, csv_kind)
    note = import_note(results)
    if passed_over:
        names = list_names([path.name for path in passed_over])
        note += "\n" + _("Passed over, being no transcripts: {names}.").format(names=names)
    show(Listing(import_values(results), import_columns(), note=note), form)
    warn_of_place(folder.path)
    if any(result.status in {"refused", "changed"} for result in results):
        raise SystemExit(1)


def _expanded(files: tuple[Path, ...]) -> list[Path]:
    """Return the files, with * and ? worked out where the shell (Windows) did not."""
    found: list[Path] = []
    for path in files:
        if any(letter in path.name for letter in "*?") and not path.exists():
            found += sorted(path.parent.glob(path.name)) or [path]
        else:
            found.append(path)
    return found


def import_values(results: Sequence[ImportResult]) -> list[dict[str, Any]]:
    """Return the fields of each result for listings."""
    return [
        {
            "file": result.file,
            "document": result.document,
            "status": result.status,
            "turns": result.turns,
            "words": result.words,
            "speakers": [
                {"speaker": speaker.name, "role": speaker.role} for speaker in result.speakers
            ],
            "warnings": list(result.warnings),
        }
        for result in results
    ]


def import_columns() -> list[Column]:
    """Return the columns of the table of imported files."""
    states = {
        "imported": _("imported"), "unchanged": _("unchanged"),
        "changed": _("changed"), "refused": _("refused"),
    }  # fmt: skip
    return [
        Column(_("Document"), lambda row: row["document"] or Path(row["file"]).name),
        Column(_("State"), lambda row: states[row["status"]]),
        Column(_("Turns"), lambda row: _or_dash(row["turns"]), is_number=True),
        Column(_("Words"), lambda row: _or_dash(row["words"]), is_number=True),
        Column(_("Interviewer"), lambda row: _with_role(row, "interviewer")),
        Column(_("Respondents"), lambda row: _with_role(row, "respondent")),
    ]


def _or_dash(value: int | None) -> str:
    return "–" if value is None else str(value)


def _with_role(row: dict[str, Any], role: str) -> str:
    return ", ".join(found["speaker"] for found in row["speakers"] if found["role"] == role)


def import_note(results: Sequence[ImportResult]) -> str:
    """Return what there is to say about imported files: counts, then a line per remark."""
    imported = sum(result.status == "imported" for result in results)
    refused = sum(result.status in {"refused", "changed"} for result in results)
    lines = [
        plural("{n} transcript imported.", "{n} transcripts imported.", imported).format(n=imported)
    ]
    if refused:
        lines[0] += " " + plural("{n} file was not imported.", "{n} files were not imported.",
                                 refused).format(n=refused)  # fmt: skip
    lines += [f"{Path(result.file).name}: {' '.join(result.warnings)}"
              for result in results if result.warnings]  # fmt: skip
    return "\n".join(lines)


@group(default="list", help=N_("List the transcripts, or show one."))
def documents() -> None:
    pass


@documents.command("list", help=N_("List the transcripts."))
@listing_options
@click.pass_context
def list_(context: click.Context, format: str | None, output: Path | None, csv_kind: Any) -> None:
    from kvalanalys.workflow.material import list_documents

    columns = [
        Column(_("Document"), lambda row: row["document"]),
        Column(_("File"), lambda row: row["title"]),
        Column(_("Version"), lambda row: str(row["version"]), is_number=True),
        Column(_("Turns"), lambda row: str(row["turns"]), is_number=True),
        Column(_("Words"), lambda row: str(row["words"]), is_number=True),
        Column(_("Respondents"), lambda row: ", ".join(
            found["speaker"] + (f" = {found['case']}" if found["case"] else "")
            for found in row["respondents"])),
    ]  # fmt: skip
    empty = _("There is no transcript yet: kvalanalys import FILES")
    values = list_documents(study_of(context))
    show(Listing(values, columns, empty=empty), Form(format, output, csv_kind))


@documents.command("show", help=N_("Show a transcript turn by turn, with its codings."))  # fmt: skip
@click.argument("document", metavar="DOC")
@option("--format", "format", type=click.Choice(["table", "json"]), help=N_("How to show it."))
@option("--output", type=FILE, help=N_("Write to this file instead of the screen."))
@click.pass_context
def show_(context: click.Context, document: str, format: str | None, output: Path | None) -> None:
    from kvalanalys.workflow.coding import list_codings
    from kvalanalys.workflow.material import show_document

    folder = study_of(context)
    found, speakers = show_document(folder, document)
    codings = list_codings(folder, document=found.name) if folder.codebook.is_file() else []
    values = _document_values(found, speakers, codings)
    if format == "json" or output is not None:
        from kvalanalys.cli.start import _put_json

        _put_json(values, output)
    else:
        _print_document(values)


def _document_values(
    document: Document, speakers: list[Speaker], codings: list[dict[str, Any]]
) -> dict[str, Any]:
    by_label = {speaker.label: speaker for speaker in speakers}
    question: str | None = None
    turns = []
    for turn in document.turns:
        speaker = by_label.get(turn.label)
        text = turn.span.cut(document.text)
        is_asking = speaker is not None and speaker.role == "interviewer"
        turns.append(
            {
                "number": turn.number,
                "speaker": speaker.name if speaker else None,
                "role": speaker.role if speaker else None,
                "start": turn.span.start,
                "end": turn.span.end,
                "text": text,
                "start_ms": turn.start_ms,
                "question": None if is_asking else question,
            }
        )
        question = text if is_asking else question
    return {
        "document": document.name,
        "version": document.version,
        "turns": turns,
        "codings": codings,
    }


def _print_document(values: dict[str, Any]) -> None:
    from rich.text import Text

    screen = console()
    for turn in values["turns"]:
        style = "dim" if turn["role"] == "interviewer" else ""
        label = Text(f"{turn['number']:>4}  {turn['speaker'] or ''}: ", style="bold")
        screen.print(label + Text(turn["text"], style=style))
        for coding in values["codings"]:
            if turn["start"] <= coding["start"] < turn["end"]:
                line = f"      [{coding['code']}] {coding['coder']}: ”{coding['quote']}”"
                screen.print(Text(line, style="cyan"))


@group(default="list", help=N_("List the respondents, or import a table of them."))
def respondents() -> None:
    pass


@respondents.command("list", help=N_("List the respondents."))
@listing_options
@click.pass_context
def list_respondents(context: click.Context, format: str | None, output: Path | None,
                     csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow import material

    values = material.list_respondents(study_of(context))
    columns = [
        Column(_("Respondent"), lambda row: row["respondent"]),
        Column(_("Documents"), lambda row: ", ".join(row["documents"])),
        Column(_("Attributes"), lambda row: ", ".join(
            f"{name}: {value}" for name, value in sorted(row["attributes"].items()))),
    ]  # fmt: skip
    empty = _("No respondents yet: kvalanalys respondents import FILE")
    show(Listing(values, columns, empty=empty), Form(format, output, csv_kind))


@respondents.command("import", help=N_(
    "Import respondents from csv or xlsx: one row each, with the columns respondent and "
    "document (and speaker, where an interview has several); every other column is an "
    "attribute."))  # fmt: skip
@click.argument("file", type=FILE)
@encoding_option
@click.pass_context
def import_respondents(context: click.Context, file: Path, encoding: str | None) -> None:
    from kvalanalys.workflow import material

    n = material.import_respondents(study_of(context), file, encoding=encoding)
    click.echo(plural("{n} respondent imported.", "{n} respondents imported.", n).format(n=n))


@group(help=N_("Check, show and apply a codebook."))
def codebook() -> None:
    pass


@codebook.command("check", help=N_(
    "Check a codebook file, or the study's: all problems at once, with their lines."))  # fmt: skip
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@click.pass_context
def check(context: click.Context, file: Path | None) -> None:
    from kvalanalys.workflow.material import check_codebook

    path = file or study_of(context).codebook
    found = check_codebook(path)
    click.echo(_("{file} is in order: {themes} themes, {codes} codes in all.").format(
        file=path.name, themes=len(found.themes), codes=len(found)))  # fmt: skip


@codebook.command("show", help=N_("Show the study's codebook."))
@listing_options
@click.pass_context
def show_codebook(context: click.Context, format: str | None, output: Path | None,
                  csv_kind: Any) -> None:  # fmt: skip
    from kvalanalys.workflow.reporting import study_codebook

    found = study_codebook(study_of(context))
    language = spoken_language()
    values = [_code_values(code, found.path(code.id), found.depth(code.id)) for code in found]
    columns = [
        Column(_("Code"), lambda row: "  " * row["depth"] + row["code"]),
        Column(_("Name"), lambda row: row["names"].get(language, next(iter(row["names"].values())))),
        Column(_("Definition"), lambda row: row["definitions"].get(
            language, next(iter(row["definitions"].values())))),
    ]  # fmt: skip
    show(Listing(values, columns), Form(format, output, csv_kind))


def _code_values(code: Code, path: str, depth: int) -> dict[str, Any]:
    return {
        "code": code.id,
        "path": path,
        "depth": depth,
        "names": dict(code.names),
        "definitions": dict(code.definitions),
        "include": list(code.include),
        "exclude": list(code.exclude),
        "examples": list(code.examples),
        "keywords": list(code.keywords),
        "base": code.base,
        "source": code.source,
        "fingerprint": code.fingerprint,
    }


@codebook.command("apply", help=N_(
    "Give the study a codebook: a file, or a shipped one by name (strategi)."))  # fmt: skip
@click.argument("file")
@click.pass_context
def apply(context: click.Context, file: str) -> None:
    from kvalanalys.workflow.material import apply_codebook

    found = apply_codebook(study_of(context), file)
    click.echo(_("Codebook “{name}” applied: {themes} themes, {codes} codes in all.").format(
        name=found.id, themes=len(found.themes), codes=len(found)))  # fmt: skip
