"""Codings: put, take back, list, in and out as tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import StudyError, UnknownName
from kvalanalys.exchange.anchoring import anchor
from kvalanalys.exchange.codings_table import coding_values, read_coding_rows
from kvalanalys.files.tables import read_table
from kvalanalys.messages import _, list_names, plural
from kvalanalys.model import CoderId, Coding, CodingId, Memo, MemoId, new_id
from kvalanalys.store import StudyStore
from kvalanalys.wording import sort_key
from kvalanalys.workflow.coders import Coders, find_coder, require_coder
from kvalanalys.workflow.folder import keep_codebook, load_codebook
from kvalanalys.workflow.material import find_document_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalanalys.exchange.codings_table import CodingRow
    from kvalanalys.model import Code, Document, Span
    from kvalanalys.workflow.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """How many codings came in, were there already, and which coders are new."""

    added: int
    unchanged: int
    retracted: int
    new_coders: tuple[str, ...]


def new_coding(
    document: Document, span: Span, code: Code, coder_id: CoderId, *, origin: str, created: str
) -> Coding:
    """Return a coding of a span, stamped with the code's definition."""
    return Coding(
        id=CodingId(new_id()),
        document_id=document.id,
        document_version=document.version,
        span=span,
        quote=span.cut(document.text),
        code_id=code.id,
        coder_id=coder_id,
        origin=origin,
        code_fingerprint=code.fingerprint,
        created=created,
    )


def add_coding(
    folder: StudyFolder,
    *,
    document: str,
    code: str,
    coder: str,
    place: tuple[str | None, int | None, int | None],
    memo: str = "",
) -> Coding:
    """Put a code on a passage: ``place`` is a quotation, or start and end, or all three.

    Raises
    ------
    KvalanalysError
        Document or code are unknown, the quotation does not fit its place, or the coding exists.

    """
    name = require_coder(coder)
    with StudyStore.open(folder.database) as store, store.transaction("codings add") as transaction:
        codebook = load_codebook(folder, store)
        found = store.load_document(find_document_id(store, document))
        chosen = codebook.find_codable(code)
        span = anchor(found, *place)
        coders = Coders(store)
        who = coders.take(name)
        for other in store.load_codings():
            if _key(other) == (found.id, span, chosen.id, who.id):
                raise StudyError(
                    _("{coder} has this code on this passage already.").format(coder=who.name),
                    hint=_("See “kvalanalys codings list --document {document}”.").format(
                        document=found.name
                    ),
                )
        coding = new_coding(
            found, span, chosen, who.id, origin="manual", created=transaction.created
        )
        transaction.describe(f"{found.name}: {chosen.id}", coder=who.name)
        transaction.save_coders(coders.new)
        keep_codebook(transaction, store, folder, codebook)
        transaction.save_codings([coding])
        transaction.save_memos(_memos(coding, memo, transaction.created))
    return coding


def _key(coding: Coding) -> tuple[object, ...]:
    return coding.document_id, coding.span, coding.code_id, coding.coder_id


def _memos(coding: Coding, text: str, created: str) -> list[Memo]:
    if not text.strip():
        return []
    return [Memo(MemoId(new_id()), coding.id, coding.coder_id, text.strip(), created)]


def retract_codings(folder: StudyFolder, ids: Sequence[str]) -> list[Coding]:
    """Take codings back, by id or the beginning of it; they stay in the study, retracted.

    Raises
    ------
    UnknownName
        An id fits no live coding, or several; then nothing is retracted.

    """
    command = "codings retract"
    with StudyStore.open(folder.database) as store, store.transaction(command) as transaction:
        live = list(store.load_codings())
        chosen = {coding.id: coding for coding in (_by_beginning(live, id) for id in ids)}
        what = plural("{n} coding", "{n} codings", len(chosen)).format(n=len(chosen))
        transaction.describe(what)
        for coding in chosen.values():
            transaction.retract_coding(coding)
    return list(chosen.values())


def _by_beginning(codings: list[Coding], beginning: str) -> Coding:
    fitting = [coding for coding in codings if coding.id.startswith(beginning.strip().lower())]
    if len(fitting) == 1 and beginning.strip():
        return fitting[0]
    candidates = tuple(coding.id for coding in fitting[:5]) if beginning.strip() else ()
    raise UnknownName(
        _("“{id}” is not the id of one live coding.").format(id=beginning),
        name=beginning,
        candidates=candidates,
        hint=_("Several begin so: {ids}.").format(ids=list_names(candidates))
        if candidates
        else _("See “kvalanalys codings list” for the ids."),
    )


def list_codings(
    folder: StudyFolder,
    *,
    document: str | None = None,
    code: str | None = None,
    coder: str | None = None,
) -> list[dict[str, Any]]:
    """Return the fields of each live coding, by document and place; filters narrow it down."""
    with StudyStore.open(folder.database) as store:
        codebook = load_codebook(folder, store)
        names = {fact["id"]: fact["name"] for fact in store.document_facts()}
        coders = {found.id: found.name for found in store.load_coders()}
        memos: dict[str, list[Memo]] = {}
        for memo in store.load_memos():
            memos.setdefault(memo.about, []).append(memo)
        wanted_document = find_document_id(store, document) if document else None
        wanted_code = codebook.find(code).id if code else None
        wanted_coder = find_coder(store, coder).id if coder else None
        codings = [
            coding
            for coding in store.load_codings()
            if wanted_document in {None, coding.document_id}
            and wanted_coder in {None, coding.coder_id}
            and (wanted_code is None or wanted_code == coding.code_id
                 or (coding.code_id in codebook.by_id
                     and wanted_code in codebook.ancestors(coding.code_id)))
        ]  # fmt: skip
        order = {id: sort_key(name) for id, name in names.items()}
        codings.sort(key=lambda coding: (order[coding.document_id], coding.span))
        return list(
            coding_values(
                codings,
                codebook=codebook,
                document_names=names,
                coder_names=coders,
                memos=memos,
            )
        )


def import_codings(
    folder: StudyFolder, path: Path, *, coder: str | None = None, encoding: str | None = None
) -> CodingsImported:
    """Import codings from a csv or xlsx; all of them or, when any row has a problem, none.

    A coding that the coder has already is passed over, and so is one that was retracted here.
    """
    table = read_table(path, encoding=encoding)
    command = "codings import"
    with StudyStore.open(folder.database) as store, store.transaction(command) as transaction:
        codebook = load_codebook(folder, store)
        documents = {document.name: document for document in store.load_documents()}
        rows = read_coding_rows(table, documents=documents, codebook=codebook, coder=coder)
        coders = Coders(store)
        taken = _Taken(store)
        fresh: list[tuple[Coding, str]] = []
        for row in rows:
            coding = _coding_of(row, coders.take(row.coder).id, transaction.created)
            if taken.is_new(coding, row.coding_id):
                fresh.append((coding, row.memo))
        what = plural("{n} coding from {file}", "{n} codings from {file}", len(fresh)).format(
            n=len(fresh), file=path.name
        )
        transaction.describe(what, coder=coder)
        transaction.save_coders(coders.new)
        keep_codebook(transaction, store, folder, codebook)
        transaction.save_codings(coding for coding, _memo in fresh)
        transaction.save_memos(
            memo for coding, text in fresh for memo in _memos(coding, text, transaction.created)
        )
    new_coders = tuple(found.name for found in coders.new)
    return CodingsImported(len(fresh), taken.unchanged, taken.retracted, new_coders)


def _coding_of(row: CodingRow, coder_id: CoderId, created: str) -> Coding:
    coding = new_coding(
        row.document, row.span, row.code, coder_id, origin="import", created=created
    )
    return replace(coding, value=row.value, flags=row.flags)


class _Taken:
    """Codings that are in the study, or were and have been retracted."""

    def __init__(self, store: StudyStore) -> None:
        self._live: set[tuple[object, ...]] = set()
        self._retracted: set[str] = set()
        for coding in store.load_codings(live_only=False):
            if coding.is_live:
                self._live.add(_key(coding))
            else:
                self._retracted.add(coding.id)
        self.unchanged = self.retracted = 0

    def is_new(self, coding: Coding, id_in_file: str) -> bool:
        """Say whether a coding is not there yet, and count it where it is."""
        if _key(coding) in self._live:
            self.unchanged += 1
            return False
        if id_in_file in self._retracted:
            self.retracted += 1
            return False
        self._live.add(_key(coding))
        return True
