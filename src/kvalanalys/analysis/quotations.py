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
        CodedSegment,
        CoderId,
        Document,
        DocumentId,
        Speaker,
        Turn,
    )

CONTEXT = 100


class Quotation(NamedTuple):
    """A coded segment with what a reader needs.

    ``question`` is the interviewer's turn before. ``attribution`` is the respondent's role where
    it is known: never a name. ``text`` is the document's, ``begin`` and ``finish`` are where the
    turns of the segment begin and end in it.
    """

    segment: CodedSegment
    document: str
    speaker: str
    turn: int | None
    theme: str
    coder: str
    attribution: str
    question: str
    text: str
    begin: int
    finish: int

    def context(self) -> tuple[str, str]:
        """Return up to 100 code points before and after, of the same turns, cut between words."""
        text, start, end = self.text, self.segment.start, self.segment.end
        first, last = start - CONTEXT, end + CONTEXT
        if first <= self.begin:
            before = text[min(self.begin, start) : start]
        else:
            space = text.find(" ", first, start)
            before = f"…{text[space:start]}" if space >= 0 else text[first:start]
        if last >= self.finish:
            after = text[end : max(self.finish, end)]
        else:
            space = text.rfind(" ", end, last)
            after = f"{text[end:space]} …" if space >= 0 else text[end:last]
        return before, after


class QuotationMaker:
    """Makes quotations from segments; looks documents up by id, so that they can come one by one."""

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

    def make(self, segment: CodedSegment, document: Document) -> Quotation:
        """Return the quotation of a segment of a document."""
        start, end = segment.start, segment.end
        turns = document.turns_between(start, end)
        coder, theme = self._coders[segment.coder_id], self._themes.get(segment.code_id, "")
        if not turns:
            return Quotation(
                segment, document.name, "", None, theme, coder, "", "", document.text, start, end
            )
        name, attribution = self._people[document.id, turns[0].label]
        return Quotation(
            segment, document.name, name, turns[0].number, theme, coder, attribution,
            self.question_before(document, turns[0]), document.text,
            turns[0].span.start, turns[-1].span.end,
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


def choose_quotations(quotations: Sequence[Quotation], *, most: int) -> list[Quotation]:
    """Return up to ``most`` quotations: favourites first, then one interview after another.

    The chosen stand in the order of the documents.
    """
    turn_of: defaultdict[str, int] = defaultdict(int)
    ranked = []
    for quotation in quotations:
        favourite = "favourite" in quotation.segment.flags
        ranked.append((not favourite, turn_of[quotation.document], quotation))
        turn_of[quotation.document] += 1
    ranked.sort(key=lambda item: item[:2])
    chosen = {id(quotation) for _rank, _round, quotation in ranked[:most]}
    return [quotation for quotation in quotations if id(quotation) in chosen]
