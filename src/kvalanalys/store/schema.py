"""The tables of a study's database (SQLAlchemy Core).

Offsets are half-open Unicode code points into ``versions.text``. Rows of ``versions``
are written once and never changed. A change here needs a migration and a new REVISION
(in database.py).
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

documents = Table(
    "documents", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("imported", Text, nullable=False),
)  # fmt: skip

versions = Table(
    "versions", metadata,
    Column("document_id", Text, ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("turn_count", Integer, nullable=False),
    Column("turns", Text, nullable=False),  # JSON: label, start, end, start_ms of each, in order
    Column("text_sha256", Text, nullable=False),
    Column("original_sha256", Text, nullable=False),
    Column("original_ending", Text, nullable=False),
)  # fmt: skip

cases = Table(
    "cases", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)  # fmt: skip

attributes = Table(
    "attributes", metadata,
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

speakers = Table(
    "speakers", metadata,
    Column("document_id", Text, ForeignKey("documents.id"), primary_key=True),
    Column("label", Text, primary_key=True),  # "" where the text has no labels
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("case_id", Text, ForeignKey("cases.id")),
)  # fmt: skip

coders = Table(
    "coders", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)  # fmt: skip

codings = Table(
    "codings", metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("code_id", Text, nullable=False),
    Column("coder_id", Text, ForeignKey("coders.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("value", Text),
    Column("flags", Text, nullable=False),
    Column("retracted", Text),
    ForeignKeyConstraint(
        ["document_id", "version"], ["versions.document_id", "versions.version"]
    ),
    CheckConstraint("start >= 0 AND \"end\" > start", name="codings_span"),
    Index("codings_place", "document_id", "start"),
)  # fmt: skip

memos = Table(
    "memos", metadata,
    Column("id", Text, primary_key=True),
    Column("about", Text, nullable=False, index=True),
    Column("coder_id", Text, ForeignKey("coders.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("created", Text, nullable=False),
)  # fmt: skip

suggestions = Table(
    "suggestions", metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("experts", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("suggester", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("is_current", Integer, nullable=False),  # 0 once a later run no longer proposes it
    ForeignKeyConstraint(
        ["document_id", "version"], ["versions.document_id", "versions.version"]
    ),
    Index("suggestions_place", "document_id", "start"),
)  # fmt: skip

decisions = Table(
    "decisions", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("suggestion_id", Text, ForeignKey("suggestions.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("coder_id", Text, ForeignKey("coders.id"), nullable=False),
    Column("created", Text, nullable=False),
    Column("coding_id", Text, ForeignKey("codings.id")),
)  # fmt: skip

codebooks = Table(
    "codebooks", metadata,
    Column("sha256", Text, primary_key=True),  # of the files that it was read from
    Column("content", Text, nullable=False),  # the resolved codebook as JSON
    Column("applied", Text, nullable=False),
)  # fmt: skip

history = Table(
    "history", metadata,
    Column("entry", Integer, primary_key=True, autoincrement=True),
    Column("created", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("coder", Text),
    Column("what", Text, nullable=False),
)  # fmt: skip

changes = Table(
    "changes", metadata,
    Column("entry", Integer, ForeignKey("history.entry"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("before", Text),  # the row as JSON; null where there was none
    Column("after", Text),
    sqlite_with_rowid=False,
)  # fmt: skip

# Written once, never changed, and large: history names the document and version instead.
IMMUTABLE = frozenset({"versions"})
