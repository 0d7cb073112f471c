"""Suggestions: make them, list them, let a human decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kvalanalys.analysis import QuotationMaker
from kvalanalys.errors import StudyError, UnknownName
from kvalanalys.messages import _, list_names, plural
from kvalanalys.model import Decision, Memo, MemoId, new_id, no_progress
from kvalanalys.store import StudyStore
from kvalanalys.suggest import SUGGESTERS, sentence_units, suggest_codings
from kvalanalys.wording import sort_key
from kvalanalys.workflow.coders import Coders, require_coder
from kvalanalys.workflow.coding import new_coding
from kvalanalys.workflow.folder import keep_codebook, load_codebook, load_settings
from kvalanalys.workflow.material import find_document_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalanalys.model import (
        Codebook,
        CodeId,
        DecisionKind,
        Document,
        DocumentId,
        Progress,
        Span,
        Speaker,
        Suggestion,
        SuggestionId,
        SuggestionState,
    )
    from kvalanalys.workflow.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class SuggestRun:
    """What a run did: how many suggestions are new, were known, and are no longer proposed."""

    new: int
    known: int
    withdrawn: int
    open_by_code: dict[CodeId, int]
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion with what a human needs to decide."""

    suggestion: Suggestion
    state: SuggestionState
    document: Document
    question: str
    speaker: str
    turn: int | None
    quote: str


def run_suggestions(
    folder: StudyFolder,
    *,
    documents: Sequence[str] = (),
    everyone: bool = False,
    progress: Progress = no_progress,
) -> SuggestRun:
    """Propose codes by the codebook's rules and store what is new.

    The same proposal is never stored twice; one that a human has decided on stays decided. What
    an earlier run proposed and this one does not is kept, and no longer open.

    Raises
    ------
    StudyError
        The codebook has neither keywords nor patterns, or the study has no documents.

    """
    with StudyStore.open(folder.database) as store:
        codebook = load_codebook(folder, store)
        if not any(code.keywords or code.patterns for code in codebook):
            raise StudyError(
                _("The codebook has no keywords, so there is nothing to suggest by."),
                hint=_("Write “keywords: [word, other word]” under codes in {path}.").format(
                    path=folder.codebook
                ),
            )
        study = load_settings(folder)
        ids = _chosen(store, documents)
        make = SUGGESTERS.load("rules")
        suggester = make(codebook, language=study.language, pipeline=study.pipeline)
        speakers = _by_document(store.load_speakers())
        proposed: list[Suggestion] = []
        for done, id in enumerate(ids, 1):
            document = store.load_document(id)
            units = sentence_units(document, speakers.get(id, []), everyone=everyone)
            proposed += suggest_codings(suggester, document, units, codebook=codebook)
            progress(done, len(ids))
        counts = _save(store, folder, codebook, proposed, set(ids))
        return SuggestRun(*counts, _open_by_code(store, codebook), codebook)


def _chosen(store: StudyStore, names: Sequence[str]) -> list[DocumentId]:
    if names:
        return list(dict.fromkeys(find_document_id(store, name) for name in names))
    ids = [
        fact["id"]
        for fact in sorted(store.document_facts(), key=lambda fact: sort_key(fact["name"]))
    ]
    if not ids:
        raise StudyError(
            _("There is no transcript in the study."),
            hint=_("Import some: “kvalanalys import FILES”."),
        )
    return ids


def _by_document(speakers: Iterable[Speaker]) -> dict[DocumentId, list[Speaker]]:
    found: dict[DocumentId, list[Speaker]] = {}
    for speaker in speakers:
        found.setdefault(speaker.document_id, []).append(speaker)
    return found


def _save(
    store: StudyStore,
    folder: StudyFolder,
    codebook: Codebook,
    proposed: list[Suggestion],
    documents: set[DocumentId],
) -> tuple[int, int, int]:
    with store.transaction("suggest") as transaction:
        known = {suggestion.id: suggestion for suggestion, _stands in store.load_suggestions()}
        current = {suggestion.id for suggestion in proposed}
        fresh = [suggestion for suggestion in proposed if suggestion.id not in known]
        changed = [
            suggestion for suggestion in proposed
            if suggestion.id in known and known[suggestion.id] != suggestion
        ]  # fmt: skip
        gone = [
            suggestion for id, suggestion in known.items()
            if id not in current and suggestion.document_id in documents
        ]  # fmt: skip
        what = plural("{n} new suggestion", "{n} new suggestions", len(fresh)).format(n=len(fresh))
        transaction.describe(what)
        keep_codebook(transaction, store, folder, codebook)
        transaction.save_suggestions(fresh)
        for suggestion in changed:
            transaction.refresh_suggestion(suggestion, is_current=True)
        transaction.mark_current(current & set(known), is_current=True)
        transaction.mark_current({suggestion.id for suggestion in gone}, is_current=False)
    return len(fresh), len(proposed) - len(fresh), len(gone)


def _open_by_code(store: StudyStore, codebook: Codebook) -> dict[CodeId, int]:
    counts = {code.id: 0 for code in codebook}
    for suggestion, state in _with_states(store):
        if state == "open" and suggestion.code_id in counts:
            counts[suggestion.code_id] += 1
    return {code_id: n for code_id, n in counts.items() if n}


def _with_states(store: StudyStore) -> list[tuple[Suggestion, SuggestionState]]:
    decided: dict[SuggestionId, DecisionKind] = {
        decision.suggestion_id: decision.kind for decision in store.load_decisions()
    }
    return [
        (suggestion, _state(decided.get(suggestion.id), stands=stands))
        for suggestion, stands in store.load_suggestions()
    ]


def _state(decided: DecisionKind | None, *, stands: bool) -> SuggestionState:
    if decided in {"accepted", "corrected", "rejected"}:
        return decided
    if not stands:
        return "overtaken"
    return "skipped" if decided == "skipped" else "open"


def list_suggestions(
    folder: StudyFolder,
    *,
    document: str | None = None,
    code: str | None = None,
    states: Sequence[str] = (),
) -> list[SuggestionView]:
    """Return suggestions with state and context, by document and place."""
    with StudyStore.open(folder.database) as store:
        codebook = load_codebook(folder, store)
        only_document = find_document_id(store, document) if document else None
        only_code = codebook.find(code).id if code else None
        chosen = [
            (suggestion, state)
            for suggestion, state in _with_states(store)
            if suggestion.code_id in codebook.by_id
            and only_document in {None, suggestion.document_id}
            and only_code in {None, suggestion.code_id}
            and (not states or state in states)
        ]
        return _views(store, codebook, chosen)


def _views(
    store: StudyStore, codebook: Codebook, chosen: list[tuple[Suggestion, SuggestionState]]
) -> list[SuggestionView]:
    maker = QuotationMaker(codebook, store.load_speakers(), (), {})
    documents = {
        id: store.load_document(id)
        for id in dict.fromkeys(suggestion.document_id for suggestion, _state in chosen)
    }
    views = [
        _view(suggestion, state, documents[suggestion.document_id], maker)
        for suggestion, state in chosen
    ]
    views.sort(key=lambda view: (sort_key(view.document.name), view.suggestion.span))
    return views


def _view(
    suggestion: Suggestion, state: SuggestionState, document: Document, maker: QuotationMaker
) -> SuggestionView:
    turns = document.turns_touched(suggestion.span)
    return SuggestionView(
        suggestion=suggestion,
        state=state,
        document=document,
        question=maker.question_before(document, turns[0]) if turns else "",
        speaker=maker.speaker_name(document, turns[0]) if turns else "",
        turn=turns[0].number if turns else None,
        quote=suggestion.span.cut(document.text),
    )


def suggestion_values(views: Iterable[SuggestionView], codebook: Codebook) -> list[dict[str, Any]]:
    """Return the fields of each suggestion for listings."""
    return [
        {
            "suggestion": view.suggestion.id,
            "document": view.document.name,
            "version": view.suggestion.document_version,
            "start": view.suggestion.span.start,
            "end": view.suggestion.span.end,
            "quote": view.quote,
            "theme": codebook.theme_of(view.suggestion.code_id).id,
            "code": view.suggestion.code_id,
            "score": view.suggestion.score,
            "experts": list(view.suggestion.experts),
            "reason": [
                {"term": match.term, "words": match.words, "start": match.span.start,
                 "end": match.span.end}
                for match in view.suggestion.reason
            ],
            "state": view.state,
            "question": view.question or None,
            "speaker": view.speaker or None,
            "turn": view.turn,
        }
        for view in views
    ]  # fmt: skip


def review_queue(
    folder: StudyFolder, *, document: str | None = None, code: str | None = None
) -> list[SuggestionView]:
    """Return what is open to decide on; when nothing is, what has been skipped."""
    for state in ("open", "skipped"):
        if queue := list_suggestions(folder, document=document, code=code, states=(state,)):
            return queue
    return []


@dataclass(frozen=True, slots=True)
class Answer:
    """What a human says to a suggestion; ``code`` and ``span`` where they are to be others."""

    kind: DecisionKind
    code: str | None = None
    span: Span | None = None
    memo: str = ""


def decide(
    folder: StudyFolder,
    suggestion: Suggestion,
    answer: Answer,
    *,
    coder: str,
) -> Decision:
    """Keep a human's answer; accepted, or corrected to another code or passage, makes a coding.

    A memo goes with the coding, or with the suggestion where there is none.

    Raises
    ------
    UnknownName
        The code of a correction is unknown.
    StudyError
        The suggestion has been decided on, or overtaken, in the meantime.

    """
    name = require_coder(coder)
    with StudyStore.open(folder.database) as store, store.transaction("review") as transaction:
        codebook = load_codebook(folder, store)
        chosen = (
            codebook.find_codable(answer.code)
            if answer.code
            else codebook.by_id.get(suggestion.code_id)
        )
        if chosen is None:
            raise UnknownName(
                _("There is no code called “{name}” in the codebook.").format(
                    name=suggestion.code_id
                ),
                name=suggestion.code_id,
                candidates=tuple(codebook.by_id),
                hint=_("Run “kvalanalys suggest” again."),
            )
        states = {known.id: state for known, state in _with_states(store)}
        if states.get(suggestion.id) not in {"open", "skipped"}:
            raise StudyError(
                _("This suggestion has been decided on in the meantime."),
                hint=_("Start “kvalanalys review” again."),
            )
        coders = Coders(store)
        who = coders.take(name)
        document = store.load_document(suggestion.document_id)
        where, kind = answer.span or suggestion.span, answer.kind
        if kind == "accepted" and where != suggestion.span:
            kind = "corrected"
        transaction.describe(f"{document.name}: {chosen.id}: {kind}", coder=who.name)
        transaction.save_coders(coders.new)
        coding = None
        if kind in {"accepted", "corrected"}:
            coding = new_coding(
                document, where, chosen, who.id,
                origin=f"suggestion:{suggestion.id}", created=transaction.created,
            )  # fmt: skip
            keep_codebook(transaction, store, folder, codebook)
            transaction.save_codings([coding])
        decision = Decision(
            suggestion.id, kind, who.id, transaction.created, coding.id if coding else None
        )
        transaction.save_decision(decision)
        if memo := answer.memo.strip():
            about = coding.id if coding else suggestion.id
            transaction.save_memos(
                [Memo(MemoId(new_id()), about, who.id, memo, transaction.created)]
            )
    return decision


def take_back(folder: StudyFolder, decision: Decision, *, coder: str) -> None:
    """Take an answer back: the suggestion is open again, the coding it made is retracted."""
    with StudyStore.open(folder.database) as store, store.transaction("review") as transaction:
        transaction.describe(_("taken back: {kind}").format(kind=decision.kind), coder=coder)
        for coding in store.load_codings():
            if coding.id == decision.coding_id:
                transaction.retract_coding(coding)
        transaction.save_decision(replace(decision, kind="taken back", created=transaction.created))


def reason_words(suggestion: Suggestion) -> str:
    """Return why a code is proposed: the matched words, with the term where it differs."""
    said = dict.fromkeys(
        _("“{words}”").format(words=match.words)
        if match.words.casefold() == match.term.casefold()
        else _("“{words}” (keyword {term})").format(words=match.words, term=match.term)
        for match in suggestion.reason
    )
    return list_names(list(said))
