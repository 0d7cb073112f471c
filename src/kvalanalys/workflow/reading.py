"""Reading a transcript turn by turn, to code what no machine proposed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.analysis import QuotationMaker
from kvalanalys.errors import StudyError
from kvalanalys.exchange.anchoring import anchor
from kvalanalys.language import split_sentences
from kvalanalys.messages import _
from kvalanalys.model import Memo, MemoId, Span, new_id
from kvalanalys.store import StudyStore
from kvalanalys.workflow.coders import Coders
from kvalanalys.workflow.folder import load_codebook
from kvalanalys.workflow.material import find_document_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalanalys.model import CodeId, CoderId, Coding, Document, Turn
    from kvalanalys.workflow.folder import StudyFolder

MOST_RECENT = 9  # one for each number key
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class ReadingTurn:
    """A respondent's turn with the question before it, its sentences, and what the coder coded."""

    turn: Turn
    speaker: str
    question: str
    sentences: tuple[Span, ...]
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's turns to read, and the place in ``turns`` where the coder's last coding is."""

    document: Document
    turns: tuple[ReadingTurn, ...]
    last_coded: int


def load_reading(folder: StudyFolder, document: str, *, coder: str) -> Reading:
    """Return the respondents' turns of a document with the codings of one coder."""
    with StudyStore.open(folder.database) as store:
        codebook = load_codebook(folder, store)
        found = store.load_document(find_document_id(store, document))
        who = _known_coder(store, coder)
        codings = [
            coding
            for coding in store.load_codings()
            if coding.document_id == found.id and coding.coder_id == who
        ]
        speakers = [one for one in store.load_speakers() if one.document_id == found.id]
    maker = QuotationMaker(codebook, speakers, (), {})
    respondents = {speaker.label for speaker in speakers if speaker.role == "respondent"}
    turns = tuple(
        ReadingTurn(
            turn,
            maker.speaker_name(found, turn),
            maker.question_before(found, turn),
            tuple(sentences_of(found, turn)),
            tuple(coding for coding in codings if coding.span.overlaps(turn.span)),
        )
        for turn in found.turns
        if turn.label in respondents
    )
    coded = [place for place, turn in enumerate(turns) if turn.codings]
    return Reading(found, turns, coded[-1] if coded else 0)


def sentences_of(document: Document, turn: Turn) -> list[Span]:
    """Return the sentences of a turn."""
    return split_sentences(document.text, turn.span, document.language)


def _known_coder(store: StudyStore, name: str) -> CoderId:
    return Coders(store).take(name).id


def passage_of(answer: str, document: Document, turn: Turn, sentences: Sequence[Span]) -> Span:
    """Return the passage that an answer means: ``2``, ``2-4``, ``*`` for all, or its words.

    Raises
    ------
    KvalanalysError
        There are not so many sentences, or the words do not stand in the turn.

    """
    written = answer.strip()
    if written == "*":
        return turn.span
    if numbers := _NUMBERS.fullmatch(written):
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not 1 <= first <= last <= len(sentences):
            raise StudyError(
                _("The turn has the sentences 1 to {n}.").format(n=len(sentences)),
                hint=_("Write for example 2, or 2-3."),
            )
        return Span(sentences[first - 1].start, sentences[last - 1].end)
    start = document.text.find(written, turn.span.start, turn.span.end)
    if start < 0:
        raise StudyError(
            _("“{words}” does not stand in this turn.").format(words=written),
            hint=_("Write its words as they stand, or the numbers of sentences (2-3)."),
        )
    return anchor(document, written, start, start + len(written))


def recent_codes(folder: StudyFolder, *, coder: str) -> list[CodeId]:
    """Return the codes that a coder used last, newest first, at most nine."""
    with StudyStore.open(folder.database) as store:
        codebook = load_codebook(folder, store)
        who = _known_coder(store, coder)
        used = [coding for coding in store.load_codings() if coding.coder_id == who]
    used.sort(key=lambda coding: coding.created, reverse=True)
    codes = dict.fromkeys(coding.code_id for coding in used if coding.code_id in codebook.by_id)
    return list(codes)[:MOST_RECENT]


def add_memo(folder: StudyFolder, about: str, text: str, *, coder: str) -> None:
    """Keep a note about a coding, a suggestion, a document or a code, by its id."""
    with StudyStore.open(folder.database) as store, store.transaction("memo") as transaction:
        coders = Coders(store)
        who = coders.take(coder)
        transaction.describe(text, coder=who.name)
        transaction.save_coders(coders.new)
        transaction.save_memos([Memo(MemoId(new_id()), about, who.id, text, transaction.created)])
