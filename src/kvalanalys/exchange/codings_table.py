"""Codings as a table (csv, xlsx) ↔ values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import ExchangeError, KvalanalysError
from kvalanalys.exchange.anchoring import anchor
from kvalanalys.messages import _, list_names, nearest
from kvalanalys.model import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kvalanalys.files.tables import Table
    from kvalanalys.model import Code, Codebook, CoderId, Coding, Document, Memo, Span

COLUMNS = (
    "coding", "document", "version", "start", "end", "quote", "theme", "code", "value", "flags",
    "coder", "origin", "fingerprint", "created", "memo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodingRow:
    """What one row of a table means; ``coder`` is a name, ``line`` the row in the file."""

    line: int
    document: Document
    span: Span
    code: Code
    coder: str
    coding_id: str
    value: str | None
    flags: frozenset[str]
    memo: str


def coding_values(
    codings: Iterable[Coding],
    *,
    codebook: Codebook,
    document_names: Mapping[str, str],
    coder_names: Mapping[CoderId, str],
    memos: Mapping[str, list[Memo]],
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each coding by column name; what is missing is None."""
    for coding in codings:
        known = coding.code_id in codebook.by_id
        yield {
            "coding": coding.id,
            "document": document_names[coding.document_id],
            "version": coding.document_version,
            "start": coding.span.start,
            "end": coding.span.end,
            "quote": coding.quote,
            "theme": codebook.theme_of(coding.code_id).id if known else None,
            "code": coding.code_id,
            "value": coding.value,
            "flags": sorted(coding.flags),
            "coder": coder_names[coding.coder_id],
            "origin": coding.origin,
            "fingerprint": coding.code_fingerprint,
            "created": coding.created,
            "memo": "\n".join(memo.text for memo in memos.get(coding.id, [])) or None,
        }


def read_coding_rows(
    table: Table,
    *,
    documents: Mapping[str, Document],
    codebook: Codebook,
    coder: str | None,
) -> list[CodingRow]:
    """Return what the rows of a table mean.

    Needs the columns document, code, and quote or start and end; coder where none is given.
    Others that export writes are read where they are there, and unknown ones passed over.

    Raises
    ------
    ExchangeError
        Columns are missing, or rows have problems: all are listed with their line.

    """
    _require_columns(table, coder=coder)
    reader = _RowReader(documents, codebook, coder)
    found: list[CodingRow] = []
    problems: list[str] = []
    for line, values in table.rows:
        try:
            found.append(reader.read(line, values))
        except KvalanalysError as error:
            wrong = " ".join(part for part in (error.what, error.hint) if part)
            problems.append(_("line {line}: {problem}").format(line=line, problem=wrong))
    if problems:
        raise ExchangeError(
            _("No coding was imported: {n} of {all} rows have problems.").format(
                n=len(problems), all=len(table.rows)
            ),
            hint=_("Correct the rows above and import the file again."),
            problems=tuple(problems),
        )
    return found


def _require_columns(table: Table, *, coder: str | None) -> None:
    needed = ["document", "code"]
    if "quote" not in table.columns:
        needed += ["start", "end"]
    if coder is None:
        needed.append("coder")
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise ExchangeError(
            _("The table lacks the columns {names}.").format(names=list_names(missing)),
            hint=_("It needs document, code, and quote or start and end; "
                   "and coder, unless --coder is given."),
        )  # fmt: skip


class _RowReader:
    def __init__(
        self, documents: Mapping[str, Document], codebook: Codebook, coder: str | None
    ) -> None:
        self._documents = {name.casefold(): document for name, document in documents.items()}
        self._names = list(documents)
        self._codebook = codebook
        self._coder = coder

    def read(self, line: int, values: Mapping[str, str]) -> CodingRow:
        document = self._document(values["document"].strip())
        coder = (values.get("coder") or self._coder or "").strip()
        if not coder:
            raise ExchangeError(_("The coder is missing."), hint=_("Fill it in, or use --coder."))
        quote = values.get("quote")
        return CodingRow(
            line=line,
            document=document,
            span=anchor(document, quote or None, _number(values, "start"), _number(values, "end")),
            code=self._codebook.find_codable(values["code"]),
            coder=coder,
            coding_id=values.get("coding", "").strip(),
            value=values.get("value", "").strip() or None,
            flags=_flags(values.get("flags", "")),
            memo=values.get("memo", "").strip(),
        )

    def _document(self, name: str) -> Document:
        found = self._documents.get(name.casefold())
        if found is None:
            close = nearest(name, self._names) or tuple(self._names[:5])
            raise ExchangeError(
                _("There is no document “{name}”.").format(name=name),
                hint=_("Did you mean {names}?").format(names=list_names(close)),
            )
        return found


def _number(values: Mapping[str, str], column: str) -> int | None:
    written = values.get(column, "").strip()
    if not written:
        return None
    plain = written.replace("\u00a0", "").removesuffix(",0").removesuffix(".0")
    if not plain.isdigit():
        raise ExchangeError(
            _("“{text}” in the column {column} is no whole number.").format(
                text=written, column=column
            )
        )
    return int(plain)


def _flags(written: str) -> frozenset[str]:
    flags = frozenset(written.replace(",", " ").replace(";", " ").split())
    if unknown := flags.difference(FLAGS):
        raise ExchangeError(
            _("“{text}” is no flag.").format(text=list_names(sorted(unknown))),
            hint=_("Flags are {names}.").format(names=list_names(FLAGS)),
        )
    return flags
