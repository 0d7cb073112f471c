"""The one place where errors become words on the screen and exit codes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kvalanalys.errors import KvalanalysError
from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def shown_errors() -> Iterator[None]:
    """Show errors as what is wrong and what to do, and exit with 1; wrong usage exits with 2."""
    try:
        yield
    except KvalanalysError as error:
        show_error(error)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        click.echo(_("Stopped; nothing half-done was kept."), err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader (head, less) has gone; there is nobody left to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        raise SystemExit(0) from None


def show_error(error: KvalanalysError) -> None:
    """Print what is wrong, each detail, and what to do, to standard error."""
    click.echo(click.style(_("Error:"), fg="red", bold=True) + f" {error.what}", err=True)
    for problem in error.problems:
        click.echo(f"  {problem}", err=True)
    if error.hint:
        click.echo(error.hint, err=True)
