"""The database: transactions, history, revisions, damage, other processes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kvalanalys.errors import StudyError
from kvalanalys.model import Coder, CoderId
from kvalanalys.store import StudyStore, schema
from kvalanalys.store.transaction import Transaction
from kvalanalys.workflow.coding import add_coding, list_codings, retract_codings
from kvalanalys.workflow.folder import StudyFolder


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the columns and indexes of every table."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]  # fmt: skip
        return {
            name: [
                *connection.execute(f"PRAGMA table_info({name})"),
                *sorted(row[3:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
                *sorted(row[2:4] for row in connection.execute(f"PRAGMA index_list({name})")),
            ]
            for name in names
        }


def test_migrations_make_the_same_tables(tmp_path: Path) -> None:
    """A database migrated from nothing equals one made at once."""
    from sqlalchemy import create_engine

    from kvalanalys.store.migrations import configuration

    StudyStore.create(tmp_path / "made.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.connect() as connection:
        from alembic import command

        command.upgrade(configuration(connection), "head")
        connection.commit()
    made, migrated = tables_of(tmp_path / "made.db"), tables_of(tmp_path / "migrated.db")
    assert made == migrated


def test_pragmas_are_the_safe_ones(study: StudyFolder) -> None:
    """WAL, full sync and foreign keys are on in every connection."""
    with StudyStore.open(study.database) as store:
        run = store._run
        assert run("PRAGMA journal_mode").scalar() == "wal"
        assert run("PRAGMA synchronous").scalar() == 2
        assert run("PRAGMA foreign_keys").scalar() == 1


def test_failed_command_leaves_nothing(study: StudyFolder) -> None:
    """An error inside a transaction takes everything back, the history entry too."""
    with StudyStore.open(study.database) as store:
        before = store.load_history()

        def fail(transaction: Transaction) -> None:
            transaction.save_coders([Coder(CoderId("x"), "X")])
            raise RuntimeError

        with pytest.raises(RuntimeError), store.transaction("test") as transaction:
            fail(transaction)
        assert store.load_history() == before
        assert store.load_coders() == []


def test_history_holds_rows_before_and_after(study: StudyFolder) -> None:
    """A retraction's history entry has the row as it was and as it became."""
    coding = add_coding(study, document="ip01", code="plan", coder="Anna",
                        place=("En plan tar slut", None, None))  # fmt: skip
    retract_codings(study, [coding.id[:8]])
    with sqlite3.connect(study.database) as connection:
        [(before, after)] = connection.execute(
            "SELECT before, after FROM changes WHERE table_name = 'codings' AND before IS NOT NULL"
        )
    assert json.loads(before)["retracted"] is None
    assert json.loads(after)["retracted"] is not None
    assert json.loads(before)["quote"] == "En plan tar slut"
    with StudyStore.open(study.database) as store:
        assert [entry.command for entry in store.load_history()][-2:] == [
            "codings add", "codings retract",
        ]  # fmt: skip


def test_other_process_that_writes_is_named(study: StudyFolder) -> None:
    """While another process writes, a write waits and then says so; reading goes on."""
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
         "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()",
         str(study.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        assert list_codings(study) == []
        with (
            StudyStore.open(study.database, wait_seconds=0.1) as store,
            pytest.raises(StudyError) as caught,
            store.transaction("test"),
        ):
            pass
    finally:
        holder.communicate("")
    assert "another kvalanalys" in caught.value.what


def test_newer_database_is_refused(study: StudyFolder) -> None:
    """A database of a newer version is left alone."""
    with sqlite3.connect(study.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StudyError, match="newer version"):
        StudyStore.open(study.database)


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 500])
def test_damaged_database_says_so(study: StudyFolder, content: bytes) -> None:
    """What is no database is refused in words."""
    for beside in study.path.glob("study.db-*"):
        beside.unlink()
    study.database.write_bytes(content)
    with pytest.raises(StudyError) as caught:
        StudyStore.open(study.database)
    assert "damaged" in caught.value.what


def test_immutable_tables_are_never_updated() -> None:
    """Texts and turns are written once: the tables named so exist."""
    assert set(schema.metadata.tables) >= schema.IMMUTABLE
