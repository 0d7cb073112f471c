"""Row ↔ model: pure, one pair of functions per class.

Rows come untyped from the driver, so their ids need no conversion.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kvalanalys.model import (
    Code,
    Codebook,
    Coding,
    Decision,
    Match,
    Memo,
    Span,
    Speaker,
    Suggestion,
    Turn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalanalys.model import Document

_NO_FLAGS: frozenset[str] = frozenset()


def codebook_content(codebook: Codebook) -> str:
    """Return a resolved codebook as JSON."""
    values = asdict(replace(codebook, codes=()))
    values["codes"] = [asdict(code) for code in codebook]
    return json.dumps(values, ensure_ascii=False)


def codebook_of(content: str) -> Codebook:
    """Return the codebook of its JSON; the inverse of codebook_content."""
    values = json.loads(content)
    many = ("include", "exclude", "examples", "keywords", "patterns")
    codes = tuple(
        Code(**{**code, **{name: tuple(code[name]) for name in many}}) for code in values["codes"]
    )
    return Codebook(**{**values, "codes": codes})


@dataclass(frozen=True, slots=True)
class Imported:
    """A new document with its speakers, its file's name, and its count of words."""

    document: Document
    speakers: tuple[Speaker, ...]
    file_name: str
    words: int


def version_row(imported: Imported) -> tuple[Any, ...]:
    """Return the row of a document's text, in the order of the table's columns."""
    document = imported.document
    return (
        document.id,
        document.version,
        document.text,
        len(document.text),
        imported.words,
        len(document.turns),
        turns_content(document.turns),
        hashlib.sha256(document.text.encode()).hexdigest(),
        document.original_sha256,
        PurePath(imported.file_name).suffix.lower(),
    )


def turns_content(turns: Iterable[Turn]) -> str:
    """Return turns as JSON; their numbers are their places in the list, from 1."""
    found = [[turn.label, turn.span.start, turn.span.end, turn.start_ms] for turn in turns]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def turns_of(content: str) -> tuple[Turn, ...]:
    """Return the turns of their JSON; the inverse of turns_content."""
    return tuple(
        Turn(number, label, Span(start, end), start_ms)
        for number, (label, start, end, start_ms) in enumerate(json.loads(content), 1)
    )


def speaker_row(speaker: Speaker) -> dict[str, Any]:
    """Return the row of a speaker; a missing label is stored as empty text."""
    return {
        "document_id": speaker.document_id,
        "label": speaker.label or "",
        "name": speaker.name,
        "role": speaker.role,
        "case_id": speaker.case_id,
    }


def speaker_of(row: Sequence[Any]) -> Speaker:
    """Return the speaker of a row."""
    document_id, label, name, role, case_id = row
    return Speaker(document_id, label or None, name, role, case_id)


def coding_row(coding: Coding) -> dict[str, Any]:
    """Return the row of a coding."""
    return {
        "id": coding.id,
        "document_id": coding.document_id,
        "version": coding.document_version,
        "start": coding.span.start,
        "end": coding.span.end,
        "quote": coding.quote,
        "code_id": coding.code_id,
        "coder_id": coding.coder_id,
        "origin": coding.origin,
        "fingerprint": coding.code_fingerprint,
        "created": coding.created,
        "value": coding.value,
        "flags": " ".join(sorted(coding.flags)),
        "retracted": coding.retracted,
    }


def coding_of(row: Sequence[Any]) -> Coding:
    """Return the coding of a row, columns in the order of the table."""
    (id, document_id, version, start, end, quote, code_id, coder_id,
     origin, fingerprint, created, value, flags, retracted) = row  # fmt: skip
    return Coding(
        id=id,
        document_id=document_id,
        document_version=version,
        span=Span(start, end),
        quote=quote,
        code_id=code_id,
        coder_id=coder_id,
        origin=origin,
        code_fingerprint=fingerprint,
        created=created,
        value=value,
        flags=frozenset(flags.split()) if flags else _NO_FLAGS,
        retracted=retracted,
    )


def memo_row(memo: Memo) -> dict[str, Any]:
    """Return the row of a memo."""
    return {
        "id": memo.id,
        "about": memo.about,
        "coder_id": memo.coder_id,
        "text": memo.text,
        "created": memo.created,
    }


def memo_of(row: Sequence[Any]) -> Memo:
    """Return the memo of a row."""
    id, about, coder_id, text, created = row
    return Memo(id, about, coder_id, text, created)


def suggestion_row(suggestion: Suggestion, *, is_current: bool = True) -> dict[str, Any]:
    """Return the row of a suggestion."""
    reason = [
        [match.term, match.span.start, match.span.end, match.words] for match in suggestion.reason
    ]
    return {
        "id": suggestion.id,
        "document_id": suggestion.document_id,
        "version": suggestion.document_version,
        "start": suggestion.span.start,
        "end": suggestion.span.end,
        "code_id": suggestion.code_id,
        "score": suggestion.score,
        "experts": " ".join(suggestion.experts),
        "reason": json.dumps(reason, ensure_ascii=False),
        "suggester": suggestion.suggester,
        "fingerprint": suggestion.fingerprint,
        "is_current": int(is_current),
    }


def suggestion_of(row: Sequence[Any]) -> Suggestion:
    """Return the suggestion of a row."""
    (id, document_id, version, start, end, code_id, score,
     experts, reason, suggester, fingerprint, _is_current) = row  # fmt: skip
    matches = tuple(
        Match(term, Span(first, last), words) for term, first, last, words in json.loads(reason)
    )
    return Suggestion(
        id=id,
        document_id=document_id,
        document_version=version,
        span=Span(start, end),
        code_id=code_id,
        score=score,
        experts=tuple(experts.split()),
        reason=matches,
        suggester=suggester,
        fingerprint=fingerprint,
    )


def decision_of(row: Sequence[Any]) -> Decision:
    """Return the decision of a row without its number."""
    suggestion_id, kind, coder_id, created, coding_id = row
    return Decision(
        suggestion_id,
        kind,
        coder_id,
        created,
        coding_id,
    )
