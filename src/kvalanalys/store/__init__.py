"""The only user of SQLAlchemy and Alembic: a study's database."""

from kvalanalys.store.rows import Imported
from kvalanalys.store.study_store import StudyStore

__all__ = ["Imported", "StudyStore"]
