"""Questions in the terminal: a letter or a code, and Enter; they work in every console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalanalys.errors import UnknownName
from kvalanalys.messages import N_, _, spoken_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalanalys.model import Code, Codebook, CodeId

LABELS = {
    "accept": N_("accept"), "reject": N_("reject"), "code": N_("change code"),
    "span": N_("change passage"), "memo": N_("memo"), "skip": N_("skip"), "undo": N_("undo"),
    "back": N_("back"), "quit": N_("stop"),
}  # fmt: skip


def ask_action(actions: Sequence[str], keys: Mapping[str, str]) -> str:
    """Return the answer to a line of actions with their keys: an action, or what was written.

    The end of the input (Ctrl+D, Ctrl+C, a pipe that is empty) means quit.
    """
    shown = "  ".join(f"[{keys[action]}] {_(LABELS[action])}" for action in actions)
    answer = ask(shown)
    if answer is None:
        return "quit"
    by_key = {keys[action].casefold(): action for action in actions}
    return by_key.get(answer.casefold(), answer)


def ask(question: str) -> str | None:
    """Return what was written, or None at the end of the input."""
    try:
        return str(click.prompt(question, default="", show_default=False)).strip()
    except click.Abort:
        click.echo()
        return None


def ask_code(codebook: Codebook, recent: Sequence[CodeId]) -> Code | None:
    """Return a code by number of the recent ones, id or name; None when nothing is chosen."""
    language = spoken_language()
    if recent:
        click.echo("  ".join(
            f"{number} {codebook.by_id[id].name(language)}" for number, id in enumerate(recent, 1)
        ))  # fmt: skip
    answer = ask(_("Which code (number, id or name)"))
    return code_of(answer or "", codebook, recent)


def code_of(answer: str, codebook: Codebook, recent: Sequence[CodeId]) -> Code | None:
    """Return the code that an answer means; where none is, say so and return None."""
    if not answer.strip():
        return None
    if answer.strip().isdigit() and 1 <= int(answer) <= len(recent):
        return codebook.by_id[recent[int(answer) - 1]]
    try:
        return codebook.find_codable(answer)
    except UnknownName as error:
        click.echo(f"{error.what} {error.hint}")
        return None
