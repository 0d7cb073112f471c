"""Alembic migrations; loaded only when the stored revision differs from the newest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from kvalanalys.errors import StudyError
from kvalanalys.messages import _

if TYPE_CHECKING:
    from sqlalchemy import Connection


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, path: Path, *, stored: str) -> None:
    """Bring an older database to the newest revision, in one transaction.

    Raises
    ------
    StudyError
        The stored revision is not known: a newer kvalanalys wrote the database.

    """
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if stored not in known:
        raise StudyError(
            _("{path} was written by a newer version of kvalanalys.").format(path=path),
            hint=_("Install the newest kvalanalys; nothing was changed."),
        )
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        command.upgrade(config, "head")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
