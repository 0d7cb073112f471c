"""Options that several commands share."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalanalys.cli.commands import Command, Group, Option
from kvalanalys.messages import N_
from kvalanalys.model import COUNT_UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalanalys.workflow.folder import StudyFolder

option = partial(click.option, cls=Option)
command = partial(click.command, cls=Command)
FILE = click.Path(path_type=Path)

coder_option = option("--coder", help=N_("Whose codings: a name, any or all."))
who_option = option("--coder", required=True, help=N_("Who codes: your name."))
document_option = option("--document", help=N_("Only this document."))
code_option = option("--code", help=N_("Only this code or theme and all below it."))
encoding_option = option("--encoding", help=N_("The text's encoding, for example cp1252."))
count_option = option(
    "--count", "unit", type=click.Choice(COUNT_UNITS), help=N_("What is counted.")
)


def group(**settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a group of commands."""
    return click.group(cls=Group, **settings)


def listing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format, --output and --csv to a command that lists."""
    for decorate in (
        option("--csv", "csv_kind", type=click.Choice(["plain", "excel"]), default="plain",
               help=N_("excel: csv as Swedish Excel reads it.")),
        option("--output", type=FILE, help=N_("Write to this file instead of the screen.")),
        option("--format", "format", type=click.Choice(["table", "json", "csv", "xlsx"]),
               help=N_("How to show it; xlsx needs --output.")),
    ):  # fmt: skip
        function = decorate(function)
    return function


def study_of(context: click.Context) -> StudyFolder:
    """Return the study that a command works on."""
    from kvalanalys.workflow.folder import find_study

    return find_study(context.obj)
