"""Writes of one command: rows go in with their history, all or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert, select

from kvalanalys.store import rows, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from kvalanalys.model import (
        Case,
        CaseId,
        Codebook,
        Coder,
        Coding,
        Decision,
        Memo,
        Speaker,
        Suggestion,
    )
    from kvalanalys.store.rows import Imported


def now() -> str:
    """Return the time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Transaction:
    """Writes of one command: rows go in with their history entry, all or nothing."""

    def __init__(self, connection: Connection, entry: int, created: str) -> None:
        self._connection = connection
        self._entry = entry
        self._number = 0
        self.created = created
        self.has_written = False

    def describe(self, what: str, *, coder: str | None = None) -> None:
        """Say in the history what is done, and by whom."""
        self._connection.exec_driver_sql(
            "UPDATE history SET what = ?, coder = ? WHERE entry = ?", (what, coder, self._entry)
        )

    def insert(self, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows given as mappings."""
        if not values:
            return
        self._connection.execute(insert(table), [dict(row) for row in values])
        self._record(table, [(None, row) for row in values])

    def insert_bulk(self, table: Table, values: Iterable[Sequence[Any]]) -> None:
        """Insert rows of an immutable table in the order of its columns, by the driver itself."""
        marks = ", ".join("?" * len(table.columns))
        driver = self._connection.connection.driver_connection
        assert driver is not None
        self.has_written = True
        driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)

    def update(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change the rows with a key; the rows before and after go into the history."""
        condition = [table.c[name] == value for name, value in key.items()]
        before = self._connection.execute(select(table).where(*condition)).mappings().all()
        self._connection.execute(table.update().where(*condition).values(**values))
        self._record(table, [(row, {**row, **values}) for row in before])

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """Take rows with a key away; only for attributes, which are replaced whole."""
        condition = [table.c[name] == value for name, value in key.items()]
        before = self._connection.execute(select(table).where(*condition)).mappings().all()
        self._connection.execute(table.delete().where(*condition))
        self._record(table, [(row, None) for row in before])

    def _record(
        self,
        table: Table,
        pairs: Sequence[tuple[Mapping[Any, Any] | None, Mapping[Any, Any] | None]],
    ) -> None:
        recorded = []
        for before, after in pairs:
            self._number += 1
            recorded.append((self._entry, self._number, table.name, _json(before), _json(after)))
        self.insert_bulk(schema.changes, recorded)

    def save_documents(self, imported: Sequence[Imported]) -> None:
        """Save new documents with their texts, turns and speakers."""
        self.insert(
            schema.documents,
            [
                {
                    "id": one.document.id,
                    "name": one.document.name,
                    "file_name": one.file_name,
                    "language": one.document.language,
                    "version": one.document.version,
                    "imported": self.created,
                }
                for one in imported
            ],
        )
        self.insert_bulk(schema.versions, (rows.version_row(one) for one in imported))
        self.insert(
            schema.speakers, [rows.speaker_row(found) for one in imported for found in one.speakers]
        )

    def assign_case(self, speaker: Speaker, case_id: CaseId) -> None:
        """Say which case a speaker is."""
        key = {"document_id": speaker.document_id, "label": speaker.label or ""}
        self.update(schema.speakers, key, {"case_id": case_id})

    def save_case(self, case: Case, *, is_new: bool) -> None:
        """Save a case; the attributes given replace those it had."""
        if is_new:
            self.insert(schema.cases, [{"id": case.id, "name": case.name}])
        else:
            self.delete(schema.attributes, {"case_id": case.id})
        self.insert(schema.attributes, [
            {"case_id": case.id, "name": name, "value": value}
            for name, value in case.attributes.items()
        ])  # fmt: skip

    def save_coders(self, coders: Iterable[Coder]) -> None:
        """Save new coders."""
        self.insert(schema.coders, [{"id": coder.id, "name": coder.name} for coder in coders])

    def save_codings(self, codings: Iterable[Coding]) -> None:
        """Save new codings."""
        self.insert(schema.codings, [rows.coding_row(coding) for coding in codings])

    def retract_coding(self, coding: Coding) -> None:
        """Mark a coding as retracted now; it stays in the database."""
        self.update(schema.codings, {"id": coding.id}, {"retracted": self.created})

    def save_memos(self, memos: Iterable[Memo]) -> None:
        """Save new memos."""
        self.insert(schema.memos, [rows.memo_row(memo) for memo in memos])

    def save_suggestions(self, suggestions: Iterable[Suggestion]) -> None:
        """Save new suggestions."""
        self.insert(
            schema.suggestions, [rows.suggestion_row(suggestion) for suggestion in suggestions]
        )

    def refresh_suggestion(self, suggestion: Suggestion, *, is_current: bool) -> None:
        """Note a known suggestion as proposed, or no longer proposed, by the newest run."""
        values = rows.suggestion_row(suggestion, is_current=is_current)
        self.update(schema.suggestions, {"id": suggestion.id}, values)

    def mark_current(self, ids: Iterable[str], *, is_current: bool) -> None:
        """Note which known suggestions the newest run proposes, where that has changed."""
        for id in sorted(ids):
            key = {"id": id, "is_current": int(not is_current)}
            self.update(schema.suggestions, key, {"is_current": int(is_current)})

    def save_decision(self, decision: Decision) -> None:
        """Save a human's answer."""
        self.insert(schema.decisions, [{
            "suggestion_id": decision.suggestion_id, "kind": decision.kind,
            "coder_id": decision.coder_id, "created": decision.created,
            "coding_id": decision.coding_id,
        }])  # fmt: skip

    def save_codebook(self, sha256: str, codebook: Codebook) -> None:
        """Keep a resolved codebook under the hash of its files."""
        content = rows.codebook_content(codebook)
        self.insert_bulk(schema.codebooks, [(sha256, content, self.created)])


def _json(row: Mapping[Any, Any] | None) -> str | None:
    return None if row is None else json.dumps(dict(row), ensure_ascii=False)
