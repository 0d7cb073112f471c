"""review --read: a transcript turn by turn, coded by the numbers of its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from kvalanalys.cli.asking import ask, ask_action, ask_code, code_of
from kvalanalys.cli.output import console, numbered_sentences, shortened
from kvalanalys.errors import KvalanalysError
from kvalanalys.messages import _, spoken_language
from kvalanalys.workflow.coding import add_coding, retract_codings
from kvalanalys.workflow.reading import add_memo, load_reading, passage_of, recent_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalanalys.model import Codebook, Coding
    from kvalanalys.workflow.folder import StudyFolder
    from kvalanalys.workflow.reading import ReadingTurn

_ACTIONS = ("back", "memo", "undo", "quit")
_WRITTEN = re.compile(r"(?P<where>\*|\d+(?:\s*[-–]\s*\d+)?)\s*(?P<code>.*)")


class Reader:
    """One sitting: where the reader is, and what was coded in it."""

    def __init__(
        self,
        folder: StudyFolder,
        codebook: Codebook,
        *,
        document: str,
        coder: str,
        keys: Mapping[str, str],
    ) -> None:
        self._folder, self._codebook = folder, codebook
        self._document, self._coder, self._keys = document, coder, keys
        self._made: list[Coding] = []
        self._reading = load_reading(folder, document, coder=coder)

    def read(self, first: int | None) -> int:
        """Walk from a turn's number, else from the last one coded, and return how many codings."""
        place = self._place(first)
        while 0 <= place < len(self._reading.turns):
            self._show(self._reading.turns[place], place)
            step = self._answered(self._reading.turns[place])
            if step is None:
                break
            place = max(0, place + step)
            if step == 0:
                self._reading = load_reading(self._folder, self._document, coder=self._coder)
        return len(self._made)

    def _place(self, first: int | None) -> int:
        turns = self._reading.turns
        if first is not None:
            return next((i for i, one in enumerate(turns) if one.turn.number >= first), len(turns))
        place = self._reading.last_coded
        if place:
            click.echo(_("Going on where you coded last; --from 1 begins again."))
        return place

    def _show(self, one: ReadingTurn, place: int) -> None:
        from rich.text import Text

        screen, text = console(), self._reading.document.text
        screen.print()
        screen.print(Text(_("{place}/{all}  turn {turn}, {speaker}").format(
            place=place + 1, all=len(self._reading.turns), turn=one.turn.number,
            speaker=one.speaker), style="dim"))  # fmt: skip
        if one.question:
            screen.print(Text(_("Question: {text}").format(text=one.question), style="dim"))
        screen.print(numbered_sentences(text, one.sentences))
        for coding in one.codings:
            code = self._codebook.by_id.get(coding.code_id)
            name = code.name(spoken_language()) if code else coding.code_id
            said = _("{code}: “{quote}”").format(code=name, quote=shortened(coding.quote, 80))
            screen.print(Text(f"  →  {said}", style="cyan"))

    def _answered(self, one: ReadingTurn) -> int | None:
        """Return how many turns to go: 1 next, -1 back, 0 stay; None to stop."""
        click.echo(_("Code: 2-3 and a code, or * for the whole turn. Enter: next turn."))
        answer = ask_action(_ACTIONS, self._keys)
        if answer in {"", "back", "quit"}:
            return {"": 1, "back": -1, "quit": None}[answer]
        try:
            if answer == "undo":
                self._undo()
            elif answer == "memo":
                self._memo()
            else:
                self._code(answer, one)
        except KvalanalysError as error:
            click.echo(f"{error.what} {error.hint}")
        return 0

    def _code(self, answer: str, one: ReadingTurn) -> None:
        written = _WRITTEN.fullmatch(answer)
        where, said = (written["where"], written["code"]) if written else (answer, "")
        span = passage_of(where, self._reading.document, one.turn, one.sentences)
        recent = recent_codes(self._folder, coder=self._coder)
        code = code_of(said, self._codebook, recent) if said else ask_code(self._codebook, recent)
        if code is None:
            return
        place = (None, span.start, span.end)
        self._made.append(
            add_coding(self._folder, document=self._document, code=code.id, coder=self._coder,
                       place=place)
        )  # fmt: skip

    def _undo(self) -> None:
        if not self._made:
            click.echo(
                _("Nothing has been coded in this sitting. Others: kvalanalys codings retract")
            )
            return
        [coding] = retract_codings(self._folder, [self._made.pop().id])
        click.echo(_("Retracted: {code}, “{quote}”.").format(
            code=coding.code_id, quote=shortened(coding.quote, 80)))  # fmt: skip

    def _memo(self) -> None:
        if not self._made:
            click.echo(_("A memo belongs to a coding: code first, then write the memo."))
            return
        if text := ask(_("Memo on the last coding")):
            add_memo(self._folder, self._made[-1].id, text, coder=self._coder)
