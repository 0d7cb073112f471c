"""Open a study's SQLite database: pragmas, revision, errors in words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kvalanalys.errors import StudyError
from kvalanalys.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

REVISION = "0001"  # of the newest migration; apart from schema, whose tables cost time to make
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF")


def open_engine(path: Path, *, wait_seconds: float) -> Engine:
    """Return an engine whose connections commit only when told to.

    The driver is left in autocommit: with its default, a rolled-back CREATE TABLE would stay.
    """
    engine = create_engine(
        f"sqlite:///{path.as_posix()}",
        connect_args={"timeout": wait_seconds, "isolation_level": None},
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def errors_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a StudyError that says what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _in_words(path, str(getattr(error, "orig", error))) from error


def _in_words(path: Path, said: str) -> StudyError:
    if "locked" in said or "busy" in said:
        return StudyError(
            _("The study is being changed by another kvalanalys that is running."),
            hint=_("Wait until it is done, or close it, and run the command again."),
        )
    if "readonly" in said or "unable to open" in said:
        return StudyError(
            _("The study's database {path} can't be written.").format(path=path),
            hint=_("Check that you may write in the study folder and that the disk is not full."),
        )
    if "full" in said or "disk I/O" in said:
        return StudyError(
            _("The disk with {path} is full or failing: {reason}.").format(path=path, reason=said),
            hint=_("Free some space and run the command again; nothing was changed."),
        )
    if "malformed" in said or "not a database" in said or "no such table" in said:
        return StudyError(
            _("{path} is damaged or is not a kvalanalys database.").format(path=path),
            hint=_("Put back a copy of the study folder from your backup."),
        )
    return StudyError(
        _("The study's database {path} answered: {reason}.").format(path=path, reason=said),
        hint=_("Nothing was changed. Run the command again; if it repeats, report it."),
    )


def create_tables(connection: Connection) -> None:
    """Create all tables and note the revision."""
    from kvalanalys.store.schema import metadata

    connection.exec_driver_sql("BEGIN IMMEDIATE")
    metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    connection.exec_driver_sql("COMMIT")


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Migrate an older database; Alembic is loaded only then.

    Raises
    ------
    StudyError
        The database was written by a newer kvalanalys.

    """
    stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if stored == REVISION:
        return
    from kvalanalys.store.migrations import upgrade

    upgrade(connection, path, stored=str(stored))
