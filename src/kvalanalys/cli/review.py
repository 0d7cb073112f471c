"""review: one suggestion at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalanalys.cli.options import code_option, command, document_option, study_of, who_option
from kvalanalys.cli.output import console
from kvalanalys.errors import UnknownName
from kvalanalys.messages import N_, _, spoken_language

if TYPE_CHECKING:
    from kvalanalys.model import Codebook
    from kvalanalys.workflow.folder import StudyFolder
    from kvalanalys.workflow.suggesting import SuggestionView

ANSWERS = {"a": "accepted", "r": "rejected", "s": "skipped"}


@command(help=N_(
    "Decide on suggestions, one at a time: a letter and Enter.\n\n"
    "Every answer is kept at once; stop when you like and go on later."))  # fmt: skip
@document_option
@code_option
@who_option
@click.pass_context
def review(context: click.Context, document: str | None, code: str | None, coder: str) -> None:
    from kvalanalys.workflow.coders import require_coder
    from kvalanalys.workflow.reporting import study_codebook
    from kvalanalys.workflow.suggesting import review_queue

    folder = study_of(context)
    name = require_coder(coder)
    queue = review_queue(folder, document=document, code=code)
    if not queue:
        click.echo(_("There is nothing to decide on. Make suggestions with: kvalanalys suggest"))
        return
    codebook = study_codebook(folder)
    done = 0
    for number, view in enumerate(queue, 1):
        _show(view, codebook, number, len(queue))
        if not _answered(folder, view, codebook, name):
            break
        done += 1
    click.echo(_("{done} of {all} decided.").format(done=done, all=len(queue)))


def _show(view: SuggestionView, codebook: Codebook, number: int, all: int) -> None:
    from rich.text import Text

    from kvalanalys.workflow.suggesting import reason_words

    screen = console()
    code = codebook.by_id[view.suggestion.code_id]
    language = spoken_language()
    place = _("{document}, turn {turn}, {speaker}").format(
        document=view.document.name, turn=view.turn, speaker=view.speaker or "–"
    )
    screen.print()
    screen.print(Text(f"{number}/{all}  {place}", style="dim"))
    if view.question:
        screen.print(Text(_("Question: {text}").format(text=view.question), style="dim"))
    screen.print(_marked(view))
    screen.print(Text(f"→ {code.name(language)}", style="bold cyan"))
    screen.print(Text(code.definition(language), style="dim"))
    screen.print(Text(_("Why: {reason}").format(reason=reason_words(view.suggestion))))


def _marked(view: SuggestionView) -> object:
    """Return the turn with the passage bold and the matched words underlined."""
    from rich.text import Text

    turns = view.document.turns_touched(view.suggestion.span)
    first, last = turns[0].span.start, turns[-1].span.end
    text = Text(view.document.text[first:last])
    text.stylize("bold", view.suggestion.span.start - first, view.suggestion.span.end - first)
    for match in view.suggestion.reason:
        text.stylize("underline", match.span.start - first, match.span.end - first)
    return text


def _answered(folder: StudyFolder, view: SuggestionView, codebook: Codebook, coder: str) -> bool:
    """Ask until there is an answer and keep it; False when the human wants to stop."""
    from kvalanalys.workflow.suggesting import decide

    question = _("[a]ccept  [r]eject  [c]hange code  [s]kip  [q]uit")
    while True:
        try:
            answer = click.prompt(question, default="", show_default=False).strip().lower()
        except click.Abort:
            click.echo()
            return False
        if answer == "q":
            return False
        if answer in ANSWERS:
            decide(folder, view.suggestion, ANSWERS[answer], coder=coder)  # type: ignore[arg-type]
            return True
        if answer == "c" and (code := _other_code(codebook)):
            decide(folder, view.suggestion, "corrected", coder=coder, code=code)
            return True


def _other_code(codebook: Codebook) -> str | None:
    name = click.prompt(_("Which code (id or name)"), default="", show_default=False)
    if not name.strip():
        return None
    try:
        return codebook.find(name).id
    except UnknownName as error:
        click.echo(f"{error.what} {error.hint}")
        return None
