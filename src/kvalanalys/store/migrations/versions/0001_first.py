"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE documents (
  id TEXT NOT NULL, name TEXT NOT NULL, file_name TEXT NOT NULL, language TEXT NOT NULL,
  version INTEGER NOT NULL, imported TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE versions (
  document_id TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
  length INTEGER NOT NULL, words INTEGER NOT NULL,
  turn_count INTEGER NOT NULL, turns TEXT NOT NULL, text_sha256 TEXT NOT NULL,
  original_sha256 TEXT NOT NULL, original_ending TEXT NOT NULL,
  PRIMARY KEY (document_id, version), FOREIGN KEY(document_id) REFERENCES documents (id));
CREATE TABLE cases (
  id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE attributes (
  case_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (case_id, name), FOREIGN KEY(case_id) REFERENCES cases (id));
CREATE TABLE speakers (
  document_id TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  case_id TEXT, PRIMARY KEY (document_id, label),
  FOREIGN KEY(document_id) REFERENCES documents (id), FOREIGN KEY(case_id) REFERENCES cases (id));
CREATE TABLE coders (
  id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE codings (
  id TEXT NOT NULL, document_id TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, quote TEXT NOT NULL, code_id TEXT NOT NULL, coder_id TEXT NOT NULL,
  origin TEXT NOT NULL, fingerprint TEXT NOT NULL, created TEXT NOT NULL, value TEXT,
  flags TEXT NOT NULL, retracted TEXT, PRIMARY KEY (id),
  FOREIGN KEY(document_id, version) REFERENCES versions (document_id, version),
  CONSTRAINT codings_span CHECK (start >= 0 AND "end" > start),
  FOREIGN KEY(coder_id) REFERENCES coders (id));
CREATE INDEX codings_place ON codings (document_id, start);
CREATE TABLE memos (
  id TEXT NOT NULL, about TEXT NOT NULL, coder_id TEXT NOT NULL, text TEXT NOT NULL,
  created TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(coder_id) REFERENCES coders (id));
CREATE INDEX ix_memos_about ON memos (about);
CREATE TABLE suggestions (
  id TEXT NOT NULL, document_id TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, code_id TEXT NOT NULL, score FLOAT NOT NULL, experts TEXT NOT NULL,
  reason TEXT NOT NULL, suggester TEXT NOT NULL, fingerprint TEXT NOT NULL,
  is_current INTEGER NOT NULL, PRIMARY KEY (id),
  FOREIGN KEY(document_id, version) REFERENCES versions (document_id, version));
CREATE INDEX suggestions_place ON suggestions (document_id, start);
CREATE TABLE decisions (
  number INTEGER NOT NULL, suggestion_id TEXT NOT NULL, kind TEXT NOT NULL,
  coder_id TEXT NOT NULL, created TEXT NOT NULL, coding_id TEXT, PRIMARY KEY (number),
  FOREIGN KEY(suggestion_id) REFERENCES suggestions (id),
  FOREIGN KEY(coder_id) REFERENCES coders (id), FOREIGN KEY(coding_id) REFERENCES codings (id));
CREATE INDEX ix_decisions_suggestion_id ON decisions (suggestion_id);
CREATE TABLE codebooks (
  sha256 TEXT NOT NULL, content TEXT NOT NULL, applied TEXT NOT NULL, PRIMARY KEY (sha256));
CREATE TABLE history (
  entry INTEGER NOT NULL, created TEXT NOT NULL, command TEXT NOT NULL, coder TEXT,
  what TEXT NOT NULL, PRIMARY KEY (entry));
CREATE TABLE changes (
  entry INTEGER NOT NULL, number INTEGER NOT NULL, table_name TEXT NOT NULL, before TEXT,
  after TEXT, PRIMARY KEY (entry, number), FOREIGN KEY(entry) REFERENCES history (entry))
  WITHOUT ROWID;
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
