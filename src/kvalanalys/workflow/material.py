"""Transcripts, respondents and the codebook, into a study."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import KvalanalysError, UnknownName
from kvalanalys.exchange.respondents_table import read_respondent_rows
from kvalanalys.files.atomic import read_file, write_file
from kvalanalys.files.place import is_left_behind
from kvalanalys.files.tables import read_table
from kvalanalys.importers import ReadOptions, is_read, read_document
from kvalanalys.messages import _, list_names, nearest, plural
from kvalanalys.model import Case, CaseId, DocumentId, new_id, no_progress
from kvalanalys.store import Imported, StudyStore
from kvalanalys.wording import sort_key
from kvalanalys.workflow.bulk import many_values
from kvalanalys.workflow.folder import (
    StudyFolder,
    codebook_finder,
    find_codebook,
    keep_codebook,
    load_settings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalanalys.importers import ReadDocument
    from kvalanalys.model import Codebook, Document, Progress, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of one file: imported, unchanged, changed or refused."""

    file: str
    status: str
    document: str | None = None
    turns: int | None = None
    words: int | None = None
    speakers: tuple[Speaker, ...] = ()
    warnings: tuple[str, ...] = ()


def find_transcripts(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to import, and what was passed over in the folders among ``paths``.

    A folder stands for the files in it that some importer reads. What programs leave behind
    (``~$x.docx``, ``Thumbs.db``) is never meant.
    """
    chosen: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            chosen.append(path)
            continue
        for file in sorted(found for found in path.iterdir() if found.is_file()):
            (chosen if is_read(file) else passed_over).append(file)
    return (
        list(dict.fromkeys(path for path in chosen if not is_left_behind(path))),
        [path for path in passed_over if not is_left_behind(path)],
    )


@many_values()
def import_transcripts(
    folder: StudyFolder,
    files: Sequence[Path],
    *,
    options: ReadOptions | None = None,
    progress: Progress = no_progress,
) -> list[ImportResult]:
    """Import transcript files in one transaction; a bad one does not stop the others.

    The bytes as they came are kept in ``originals/`` under their hash. A file that is in the
    study already is left alone, and so is one that has changed since: its codings stay valid.
    """
    study = load_settings(folder)
    results: list[ImportResult] = []
    read: list[tuple[Path, ReadDocument, int]] = []
    with StudyStore.open(folder.database) as store:
        known = _Known(store)
        for done, path in enumerate(files, 1):
            result, found = _read_one(path, study.language, options, known)
            if found is not None and result.words is not None:
                read.append((path, found, result.words))
            results.append(result)
            progress(done, len(files))
        if read:
            _save(folder, store, read)
    return results


class _Known:
    """Names and originals that the study has, so that new names are unique."""

    def __init__(self, store: StudyStore) -> None:
        facts = store.document_facts()
        self.by_sha256 = {fact["original_sha256"]: fact["name"] for fact in facts}
        self.by_file = {fact["file_name"]: fact["name"] for fact in facts}
        self.names = {fact["name"].casefold() for fact in facts}

    def unique(self, name: str) -> str:
        """Return the name, with a number after it where it is taken, and take it."""
        unique, number = name, 1
        while unique.casefold() in self.names:
            number += 1
            unique = f"{name}-{number}"
        self.names.add(unique.casefold())
        return unique


def _read_one(
    path: Path, language: str, options: ReadOptions | None, known: _Known
) -> tuple[ImportResult, ReadDocument | None]:
    try:
        found = read_document(path, language=language, options=options)
    except KvalanalysError as error:
        warnings = tuple(part for part in (error.what, error.hint) if part)
        return ImportResult(file=str(path), status="refused", warnings=warnings), None
    sha256 = found.document.original_sha256
    if sha256 in known.by_sha256:
        name = known.by_sha256[sha256]
        return ImportResult(file=str(path), status="unchanged", document=name), None
    if path.name in known.by_file:
        return _changed(path, known.by_file[path.name]), None
    document = replace(found.document, name=known.unique(found.document.name))
    known.by_sha256[sha256] = known.by_file[path.name] = document.name
    result = ImportResult(
        file=str(path),
        status="imported",
        document=document.name,
        turns=len(document.turns),
        words=sum(len(turn.span.cut(document.text).split()) for turn in document.turns),
        speakers=found.speakers,
        warnings=found.warnings,
    )
    return result, replace(found, document=document)


def _changed(path: Path, name: str) -> ImportResult:
    warning = _(
        "The study has another text under this file name, as {document}; it was left as it is. "
        "Is it another interview, give the file another name."
    )
    return ImportResult(
        file=str(path), status="changed", document=name,
        warnings=(warning.format(document=name),),
    )  # fmt: skip


def _save(
    folder: StudyFolder, store: StudyStore, read: list[tuple[Path, ReadDocument, int]]
) -> None:
    written: list[Path] = []
    try:
        for path, found, _words in read:
            ending = path.suffix.lower()
            original = folder.originals / f"{found.document.original_sha256}{ending}"
            if not original.exists():
                write_file(original, found.original)
                written.append(original)
        what = plural("{n} transcript", "{n} transcripts", len(read)).format(n=len(read))
        with store.transaction("import") as transaction:
            transaction.describe(what)
            transaction.save_documents(
                [Imported(found.document, found.speakers, path.name, words)
                 for path, found, words in read]
            )  # fmt: skip
    except BaseException:
        for original in written:
            original.unlink(missing_ok=True)
        raise


def find_document_id(store: StudyStore, name: str) -> DocumentId:
    """Return the id of a document given by its name or id.

    Raises
    ------
    UnknownName
        The study has no such document; the nearest are listed.

    """
    facts = store.document_facts()
    wanted = name.strip().casefold()
    for fact in facts:
        if wanted in {fact["name"].casefold(), fact["id"], fact["file_name"].casefold()}:
            return DocumentId(fact["id"])
    names = [fact["name"] for fact in facts]
    close = nearest(name, names) or tuple(sorted(names)[:5])
    raise UnknownName(
        _("There is no document “{name}”.").format(name=name),
        name=name,
        candidates=close,
        hint=_("Did you mean {names}?").format(names=list_names(close))
        if close
        else _("Import transcripts with “kvalanalys import FILES”."),
    )


def list_documents(folder: StudyFolder) -> list[dict[str, Any]]:
    """Return the fields of each document: name, version, counts of turns and words, respondents."""
    with StudyStore.open(folder.database) as store:
        facts = store.document_facts()
        cases = {case.id: case.name for case in store.load_cases()}
        respondents: dict[str, list[dict[str, str | None]]] = {}
        for speaker in store.load_speakers():
            if speaker.role == "respondent":
                case = cases[speaker.case_id] if speaker.case_id else None
                respondents.setdefault(speaker.document_id, []).append(
                    {"speaker": speaker.name, "case": case}
                )
    return [
        {
            "document": fact["name"],
            "document_id": fact["id"],
            "title": fact["file_name"],
            "version": fact["version"],
            "turns": fact["turns"],
            "words": fact["words"],
            "respondents": respondents.get(fact["id"], []),
        }
        for fact in sorted(facts, key=lambda fact: sort_key(fact["name"]))
    ]


def show_document(folder: StudyFolder, name: str) -> tuple[Document, list[Speaker]]:
    """Return a document and its speakers."""
    with StudyStore.open(folder.database) as store:
        document = store.load_document(find_document_id(store, name))
        speakers = [
            speaker for speaker in store.load_speakers() if speaker.document_id == document.id
        ]
    return document, speakers


def import_respondents(folder: StudyFolder, path: Path, *, encoding: str | None = None) -> int:
    """Import a table of respondents and return how many; attributes replace those known before."""
    table = read_table(path, encoding=encoding)
    command = "respondents import"
    with StudyStore.open(folder.database) as store, store.transaction(command) as transaction:
        names = {fact["id"]: fact["name"] for fact in store.document_facts()}
        speakers: dict[str, list[Speaker]] = {}
        for speaker in store.load_speakers():
            speakers.setdefault(names[speaker.document_id], []).append(speaker)
        rows = read_respondent_rows(table, speakers=speakers)
        known = {case.name: case.id for case in store.load_cases()}
        cases: dict[str, Case] = {}
        for row in rows:
            id = known.get(row.respondent) or CaseId(new_id())
            before = cases.get(row.respondent, Case(id, row.respondent))
            merged = {**before.attributes, **row.attributes}
            cases[row.respondent] = replace(before, attributes=merged)
        what = plural("{n} respondent", "{n} respondents", len(cases)).format(n=len(cases))
        transaction.describe(what)
        for case in cases.values():
            transaction.save_case(case, is_new=case.name not in known)
        for row in rows:
            if row.speaker is not None:
                transaction.assign_case(row.speaker, cases[row.respondent].id)
    return len(cases)


def list_respondents(folder: StudyFolder) -> list[dict[str, Any]]:
    """Return the fields of each respondent: name, documents, attributes, consent."""
    with StudyStore.open(folder.database) as store:
        names = {fact["id"]: fact["name"] for fact in store.document_facts()}
        spoken: dict[str, list[str]] = {}
        for speaker in store.load_speakers():
            if speaker.case_id:
                spoken.setdefault(speaker.case_id, []).append(names[speaker.document_id])
        return [
            {
                "respondent": case.name,
                "documents": spoken.get(case.id, []),
                "attributes": dict(case.attributes),
                "consent": case.attributes.get("consent"),
            }
            for case in sorted(store.load_cases(), key=lambda case: sort_key(case.name))
        ]


def check_codebook(path: Path) -> Codebook:
    """Return a codebook file's content after every check, spaCy's on patterns included.

    Raises
    ------
    CodebookError
        The file has problems; all are listed.

    """
    from kvalanalys.codebook_file import read_codebook
    from kvalanalys.errors import CodebookError
    from kvalanalys.language import pattern_problems

    codebook = read_codebook(path, find=codebook_finder(path.parent))
    problems = [
        f"{path.name}: {codebook.path(code.id)}.patterns[{number}]: {wrong}"
        for code in codebook
        for number, pattern in enumerate(code.patterns, 1)
        if (wrong := pattern_problems(pattern, codebook.language))
    ]
    if problems:
        raise CodebookError(
            _("spaCy refuses patterns in {file}.").format(file=path.name),
            hint=_("See spaCy's documentation on token patterns, or use keywords."),
            problems=tuple(problems),
        )
    return codebook


def apply_codebook(folder: StudyFolder, name: str) -> Codebook:
    """Copy a codebook (a file, or a shipped one by name) into the study, after checking it."""
    path = find_codebook(name)
    codebook = check_codebook(path)
    content = read_file(path)
    command = "codebook apply"
    with StudyStore.open(folder.database) as store, store.transaction(command) as transaction:
        what = _("codebook {codebook} {version}").format(
            codebook=codebook.id, version=codebook.version
        )
        before = read_file(folder.codebook) if folder.codebook.is_file() else None
        transaction.describe(what.strip())
        write_file(folder.codebook, content)
        try:
            keep_codebook(transaction, store, folder, codebook)
        except BaseException:
            if before is not None:
                write_file(folder.codebook, before)
            raise
    return codebook
