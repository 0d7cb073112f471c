"""Load and save the values of one study; every change is one transaction with its history."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import StudyError
from kvalanalys.messages import _
from kvalanalys.model import (
    Case,
    CaseId,
    CodedSegment,
    Coder,
    CoderId,
    Document,
    DocumentId,
    HistoryEntry,
)
from kvalanalys.store import rows
from kvalanalys.store.database import (
    bring_up_to_date,
    create_tables,
    errors_in_words,
    open_engine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, CursorResult

    from kvalanalys.model import Codebook, Coding, Decision, Memo, Speaker, Suggestion
    from kvalanalys.store.transaction import Transaction

WAIT_SECONDS = 5.0
_STANDS = (
    "(s.is_current AND NOT EXISTS (SELECT 1 FROM codings c WHERE c.document_id = s.document_id "
    "AND c.version = s.version AND c.code_id = s.code_id AND c.retracted IS NULL "
    'AND c.start < s."end" AND c."end" > s.start))'
)


class StudyStore:
    """A study's database, open; use it in a ``with`` block."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path) -> StudyStore:
        """Create the database of a new study and open it."""
        with errors_in_words(path):
            path.touch(mode=0o600)  # for the owner alone; SQLite's own files beside it follow
            connection = open_engine(path, wait_seconds=WAIT_SECONDS).connect()
            create_tables(connection)
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> StudyStore:
        """Open a study's database.

        Raises
        ------
        StudyError
            There is none, it is damaged, or a newer kvalanalys wrote it.

        """
        if not path.is_file():
            raise StudyError(
                _("The study has no database: {path} is missing.").format(path=path),
                hint=_("Put it back from a backup, or make a new study with “kvalanalys new”."),
            )
        with errors_in_words(path):
            connection = open_engine(path, wait_seconds=wait_seconds).connect()
            try:
                bring_up_to_date(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> StudyStore:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    @contextmanager
    def transaction(self, command: str) -> Iterator[Transaction]:
        """Write within one transaction; any error takes all of it back.

        It holds the study from its first line on, so what is read inside it is still true when
        it is written. One that writes nothing leaves no history.
        """
        from kvalanalys.store.transaction import Transaction, now

        with errors_in_words(self.path):
            self._run("BEGIN IMMEDIATE")
            try:
                created = now()
                entry = self._run(
                    "INSERT INTO history (created, command, what) VALUES (?, ?, '')",
                    (created, command),
                ).lastrowid
                transaction = Transaction(self._connection, entry, created)
                yield transaction
                self._run("COMMIT" if transaction.has_written else "ROLLBACK")
            except BaseException:
                if self._connection.connection.in_transaction:
                    self._run("ROLLBACK")
                raise

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(sql, values)

    def _stream(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield plain tuples from the driver: half the cost of SQLAlchemy's rows."""
        driver = self._connection.connection.driver_connection
        assert driver is not None
        with errors_in_words(self.path):
            found: Iterator[tuple[Any, ...]] = driver.execute(sql, values)
        return found

    def document_facts(self) -> list[dict[str, Any]]:
        """Return id, name, file name, version, hash, and counts of words and turns, by name."""
        sql = (
            "SELECT d.id, d.name, d.file_name, d.version, v.original_sha256, v.words, v.turn_count "
            "FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version"
        )
        names = ("id", "name", "file_name", "version", "original_sha256", "words", "turns")
        return [dict(zip(names, row, strict=True)) for row in self._stream(sql)]

    def load_documents(self) -> Iterator[Document]:
        """Yield the newest version of every document, one at a time, by name."""
        ids = [row[0] for row in self._run("SELECT id FROM documents ORDER BY name")]
        for id in ids:
            yield self.load_document(DocumentId(id))

    def load_document(self, id: DocumentId) -> Document:
        """Return the newest version of a document."""
        [(name, language, version, text, turns, sha256)] = self._stream(
            "SELECT d.name, d.language, d.version, v.text, v.turns, v.original_sha256 "
            "FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            "WHERE d.id = ?",
            (id,),
        )
        return Document(
            id=id,
            version=version,
            name=name,
            text=text,
            turns=rows.turns_of(turns),
            language=language,
            original_sha256=sha256,
        )

    def load_speakers(self) -> list[Speaker]:
        """Return the speakers of all documents."""
        sql = "SELECT document_id, label, name, role, case_id FROM speakers ORDER BY rowid"
        return [rows.speaker_of(row) for row in self._stream(sql)]

    def load_cases(self) -> list[Case]:
        """Return the cases with their attributes, by name."""
        found: dict[str, dict[str, str]] = {}
        for case_id, name, value in self._stream("SELECT case_id, name, value FROM attributes"):
            found.setdefault(case_id, {})[name] = value
        sql = "SELECT id, name FROM cases ORDER BY name"
        return [Case(CaseId(id), name, found.get(id, {})) for id, name in self._stream(sql)]

    def load_coders(self) -> list[Coder]:
        """Return the coders, by name."""
        sql = "SELECT id, name FROM coders ORDER BY name"
        return [Coder(CoderId(id), name) for id, name in self._stream(sql)]

    def load_codings(self, *, live_only: bool = True) -> Iterator[Coding]:
        """Yield codings by document, then place; only those not retracted, unless told so."""
        condition = "WHERE retracted IS NULL " if live_only else ""
        sql = f'SELECT * FROM codings {condition}ORDER BY document_id, start, "end", id'
        return map(rows.coding_of, self._stream(sql))

    def load_segments(self, coder: CoderId | None) -> Iterator[CodedSegment]:
        """Yield what a coder has coded and not retracted, or everybody, by document, then place."""
        sql = (
            'SELECT id, document_id, start, "end", quote, code_id, coder_id, flags FROM codings '
            "WHERE retracted IS NULL AND (coder_id = ?1 OR ?1 IS NULL) "
            'ORDER BY document_id, start, "end", id'
        )
        return map(CodedSegment._make, self._stream(sql, (coder,)))

    def count_codings(self) -> dict[str, int]:
        """Return how many live codings each code has."""
        sql = "SELECT code_id, count(*) FROM codings WHERE retracted IS NULL GROUP BY code_id"
        return dict(self._stream(sql))

    def count_respondents(self) -> int:
        """Return how many persons were interviewed: cases, and respondents without one."""
        sql = (
            "SELECT count(DISTINCT coalesce(case_id, document_id || '/' || label)) "
            "FROM speakers WHERE role = 'respondent'"
        )
        return int(self._run(sql).scalar_one())

    def last_change(self) -> str | None:
        """Return when the study was last changed, or None."""
        found = self._run("SELECT max(created) FROM history").scalar()
        return None if found is None else str(found)

    def load_memos(self) -> list[Memo]:
        """Return all memos in the order they were written."""
        return [rows.memo_of(row) for row in self._stream("SELECT * FROM memos ORDER BY rowid")]

    def load_suggestions(self) -> list[tuple[Suggestion, bool]]:
        """Return the suggestions by document and place, each with whether it still stands.

        It stands while the newest run proposes it and no live coding has the code on any of it.
        """
        sql = f"SELECT s.*, {_STANDS} FROM suggestions s ORDER BY document_id, start, code_id"
        return [(rows.suggestion_of(row[:-1]), bool(row[-1])) for row in self._stream(sql)]

    def count_open_suggestions(self) -> int:
        """Return how many suggestions stand that nobody has decided on."""
        sql = (
            f"SELECT count(*) FROM suggestions s WHERE {_STANDS} "
            "AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.suggestion_id = s.id)"
        )
        return int(self._run(sql).scalar_one())

    def coders_with_codings(self) -> list[Coder]:
        """Return the coders who have live codings, by name."""
        sql = (
            "SELECT id, name FROM coders WHERE id IN "
            "(SELECT coder_id FROM codings WHERE retracted IS NULL) ORDER BY name"
        )
        return [Coder(CoderId(id), name) for id, name in self._stream(sql)]

    def load_decisions(self) -> list[Decision]:
        """Return all decisions, oldest first."""
        sql = "SELECT suggestion_id, kind, coder_id, created, coding_id FROM decisions ORDER BY number"
        return [rows.decision_of(row) for row in self._stream(sql)]

    def load_codebook(self, sha256: str) -> Codebook | None:
        """Return the resolved codebook kept under a hash, or None."""
        sql = "SELECT content FROM codebooks WHERE sha256 = ?"
        found = self._run(sql, (sha256,)).scalar()
        return None if found is None else rows.codebook_of(str(found))

    def load_history(self) -> list[HistoryEntry]:
        """Return what changed the study, oldest first."""
        sql = "SELECT entry, created, coder, command, what FROM history ORDER BY entry"
        return [HistoryEntry(*row) for row in self._stream(sql)]
