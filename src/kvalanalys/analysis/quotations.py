"""Coded spans with text, speaker and context, for reading."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalanalys.model import (
        Case,
        CaseId,
        Codebook,
        CoderId,
        Coding,
        Document,
        DocumentId,
        Speaker,
        Turn,
    )

CONTEXT = 100


class Quotation(NamedTuple):
    """A coding with what a reader needs.

    ``before`` and ``after`` are up to 100 code points of the same turns, cut between words;
    ``question`` is the interviewer's turn before. ``attribution`` is the respondent's role where
    it is known: never a name.
    """

    coding: Coding
    document: str
    speaker: str
    turn: int | None
    theme: str
    coder: str
    attribution: str
    question: str
    before: str
    after: str


class QuotationMaker:
    """Makes quotations from codings; looks documents up by id, so that they can come one by one."""

    def __init__(
        self,
        codebook: Codebook,
        speakers: Iterable[Speaker],
        cases: Iterable[Case],
        coders: Mapping[CoderId, str],
    ) -> None:
        self._themes = {code.id: codebook.theme_of(code.id).id for code in codebook}
        known = {case.id: case for case in cases}
        self._speakers = {(speaker.document_id, speaker.label): speaker for speaker in speakers}
        self._people = {
            place: (speaker.name, _attribution(speaker, known))
            for place, speaker in self._speakers.items()
        }
        self._coders = coders
        self._questions: dict[DocumentId, Mapping[int, str]] = {}

    def make(self, coding: Coding, document: Document) -> Quotation:
        """Return the quotation of a coding in its document."""
        turns = document.turns_touched(coding.span)
        coder, theme = self._coders[coding.coder_id], self._themes.get(coding.code_id)
        if not turns:
            return Quotation(coding, document.name, "", None, theme or "", coder, "", "", "", "")
        name, attribution = self._people[document.id, turns[0].label]
        before, after = _context(document.text, coding, turns)
        return Quotation(
            coding, document.name, name, turns[0].number, theme or "", coder, attribution,
            self.question_before(document, turns[0]), before, after,
        )  # fmt: skip

    def speaker_name(self, document: Document, turn: Turn) -> str:
        """Return the name of a turn's speaker, or an empty text."""
        speaker = self._speakers.get((document.id, turn.label))
        return speaker.name if speaker else ""

    def question_before(self, document: Document, turn: Turn) -> str:
        """Return the last turn of an interviewer before a turn, or an empty text."""
        questions = self._questions.get(document.id)
        if questions is None:
            questions = self._questions[document.id] = self._find_questions(document)
        return questions.get(turn.number, "")

    def _find_questions(self, document: Document) -> Mapping[int, str]:
        found, question = {}, ""
        for turn in document.turns:
            speaker = self._speakers.get((document.id, turn.label))
            if speaker is not None and speaker.role == "interviewer":
                question = turn.span.cut(document.text)
            else:
                found[turn.number] = question
        return found


def _attribution(speaker: Speaker, cases: Mapping[CaseId, Case]) -> str:
    case = cases.get(speaker.case_id) if speaker.case_id else None
    return (case.attributes.get("role") or case.attributes.get("roll") or "") if case else ""


def _context(text: str, coding: Coding, turns: Sequence[Turn]) -> tuple[str, str]:
    """Return the text before and after a quotation within its turns."""
    start, end = coding.span.start, coding.span.end
    begin, finish = turns[0].span.start, turns[-1].span.end
    first = begin if start - begin <= CONTEXT else start - CONTEXT
    last = finish if finish - end <= CONTEXT else end + CONTEXT
    before, after = text[min(first, start) : start], text[end : max(last, end)]
    if first > begin and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if last < finish and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return before, after


def choose_quotations(quotations: Sequence[Quotation], *, most: int) -> list[Quotation]:
    """Return up to ``most`` quotations: favourites first, then one interview after another.

    The chosen stand in the order of the documents.
    """
    turn_of: defaultdict[str, int] = defaultdict(int)
    ranked = []
    for quotation in quotations:
        favourite = "favourite" in quotation.coding.flags
        ranked.append((not favourite, turn_of[quotation.document], quotation))
        turn_of[quotation.document] += 1
    ranked.sort(key=lambda item: item[:2])
    chosen = {id(quotation) for _rank, _round, quotation in ranked[:most]}
    return [quotation for quotation in quotations if id(quotation) in chosen]
