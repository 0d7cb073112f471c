"""review: one suggestion at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from kvalanalys.cli.asking import ask, ask_action, ask_code
from kvalanalys.cli.options import (
    code_option,
    command,
    document_option,
    option,
    study_of,
    who_option,
)
from kvalanalys.cli.output import console, numbered_sentences
from kvalanalys.errors import KvalanalysError
from kvalanalys.messages import N_, _, plural, spoken_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalanalys.model import Codebook, Decision, DecisionKind, Span
    from kvalanalys.workflow.folder import StudyFolder
    from kvalanalys.workflow.suggesting import SuggestionView

_ACTIONS = ("accept", "reject", "code", "span", "memo", "skip", "undo", "quit")
_KINDS: dict[str, DecisionKind] = {"accept": "accepted", "reject": "rejected", "skip": "skipped"}


@command(help=N_(
    "Decide on suggestions, one at a time: a letter and Enter.\n\n"
    "Every answer is kept at once; stop when you like and go on later. With --read a transcript "
    "is read turn by turn, and coded where no machine proposed anything."))  # fmt: skip
@document_option
@code_option
@option("--read", "read", metavar="DOC", help=N_("Read this transcript turn by turn."))
@option("--from", "first", type=int, help=N_("With --read: begin at this turn."))
@who_option
@click.pass_context
def review(context: click.Context, document: str | None, code: str | None, read: str | None,
           first: int | None, coder: str) -> None:  # fmt: skip
    from kvalanalys.workflow.coders import require_coder
    from kvalanalys.workflow.folder import load_settings
    from kvalanalys.workflow.reporting import study_codebook
    from kvalanalys.workflow.suggesting import review_queue

    folder = study_of(context)
    name = require_coder(coder)
    codebook, keys = study_codebook(folder), load_settings(folder).review_keys
    if read is not None:
        from kvalanalys.cli.reading import Reader

        reader = Reader(folder, codebook, document=read, coder=name, keys=keys)
        n = reader.read(first)
        click.echo(plural("{n} passage coded.", "{n} passages coded.", n).format(n=n))
        return
    queue = review_queue(folder, document=document, code=code)
    if not queue:
        click.echo(_("There is nothing to decide on. Make suggestions with: kvalanalys suggest"))
        return
    done = _Review(folder, codebook, queue, coder=name, keys=keys).run()
    click.echo(_("{done} of {all} decided.").format(done=done, all=len(queue)))


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a human has changed of a suggestion before answering: its passage, and a memo."""

    span: Span
    memo: str = ""


class _Review:
    """One sitting: the queue, the place in it, and the answers given."""

    def __init__(
        self,
        folder: StudyFolder,
        codebook: Codebook,
        queue: list[SuggestionView],
        *,
        coder: str,
        keys: Mapping[str, str],
    ) -> None:
        self._folder, self._codebook, self._queue = folder, codebook, queue
        self._coder, self._keys = coder, keys
        self._given: list[tuple[int, Decision]] = []
        self._place = 0

    def run(self) -> int:
        """Ask until the queue ends or the human stops, and return how many were decided."""
        while self._place < len(self._queue):
            view = self._queue[self._place]
            if not self._answered(view, _Draft(view.suggestion.span)):
                break
        return len(self._given)

    def _answered(self, view: SuggestionView, draft: _Draft) -> bool:
        """Ask about one suggestion; False when the human wants to stop."""
        _show(view, draft, self._codebook, f"{self._place + 1}/{len(self._queue)}")
        while (action := ask_action(_ACTIONS, self._keys)) != "quit":
            try:
                changed = self._act(action, view, draft)
            except KvalanalysError as error:
                click.echo(f"{error.what} {error.hint}")
                continue
            if changed is None:
                return True
            if changed != draft:
                draft = changed
                _show(view, draft, self._codebook, f"{self._place + 1}/{len(self._queue)}")
        return False

    def _act(self, action: str, view: SuggestionView, draft: _Draft) -> _Draft | None:
        """Do what was asked; return the draft to ask about again, or None to go on."""
        if action in _KINDS:
            self._decide(view, _KINDS[action], draft)
            return None
        if action == "undo":
            self._undo()
            return None
        if action == "code":
            return None if self._other_code(view, draft) else draft
        return _changed(draft, view, action) if action in {"span", "memo"} else draft

    def _other_code(self, view: SuggestionView, draft: _Draft) -> bool:
        from kvalanalys.workflow.reading import recent_codes

        recent = recent_codes(self._folder, coder=self._coder)
        code = ask_code(self._codebook, recent)
        if code is not None:
            self._decide(view, "corrected", draft, code=code.id)
        return code is not None

    def _decide(
        self, view: SuggestionView, kind: DecisionKind, draft: _Draft, *, code: str | None = None
    ) -> None:
        from kvalanalys.workflow.suggesting import Answer, decide

        answer = Answer(kind, code, draft.span, draft.memo)
        decision = decide(self._folder, view.suggestion, answer, coder=self._coder)
        self._given.append((self._place, decision))
        self._place += 1

    def _undo(self) -> None:
        from kvalanalys.workflow.suggesting import take_back

        if self._given:
            place, decision = self._given.pop()
            take_back(self._folder, decision, coder=self._coder)
            self._place = place
            click.echo(_("Taken back."))
        else:
            click.echo(_("Nothing has been decided in this sitting."))


def _changed(draft: _Draft, view: SuggestionView, action: str) -> _Draft:
    from kvalanalys.workflow.reading import passage_of, sentences_of

    if action == "memo":
        return replace(draft, memo=ask(_("Memo")) or draft.memo)
    document = view.document
    turn = document.turns_touched(view.suggestion.span)[0]
    sentences = sentences_of(document, turn)
    console().print(numbered_sentences(document.text, sentences))
    answer = ask(_("Which sentences (2, or 2-3), or the passage's words"))
    return replace(draft, span=passage_of(answer, document, turn, sentences)) if answer else draft


def _show(view: SuggestionView, draft: _Draft, codebook: Codebook, count: str) -> None:
    from rich.text import Text

    from kvalanalys.workflow.suggesting import reason_words

    screen = console()
    code = codebook.by_id[view.suggestion.code_id]
    language = spoken_language()
    place = _("{document}, turn {turn}, {speaker}").format(
        document=view.document.name, turn=view.turn, speaker=view.speaker or "–"
    )
    screen.print()
    screen.print(Text(f"{count}  {place}", style="dim"))
    if view.question:
        screen.print(Text(_("Question: {text}").format(text=view.question), style="dim"))
    screen.print(_marked(view, draft.span))
    screen.print(Text(f"→ {code.name(language)}", style="bold cyan"))
    screen.print(Text(code.definition(language), style="dim"))
    screen.print(Text(_("Why: {reason}").format(reason=reason_words(view.suggestion))))
    if draft.memo:
        screen.print(Text(_("Memo: {text}").format(text=draft.memo)))


def _marked(view: SuggestionView, span: Span) -> object:
    """Return the turn with the passage bold and the matched words underlined.

    The passage stands between » and «, since bold can't be told from plain in every console.
    """
    from rich.text import Text

    text = view.document.text
    turns = view.document.turns_touched(view.suggestion.span)
    shown = Text(text[turns[0].span.start : span.start])
    passage = Text(span.cut(text), style="bold")
    for match in view.suggestion.reason:
        passage.stylize("underline", max(0, match.span.start - span.start),
                        max(0, match.span.end - span.start))  # fmt: skip
    return shown + Text("»") + passage + Text("«") + Text(text[span.end : turns[-1].span.end])
