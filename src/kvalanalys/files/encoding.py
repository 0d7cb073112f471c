"""Bytes to text: byte-order mark, then strict UTF-8, then cp1252; never a silent guess."""

from __future__ import annotations

import codecs

from kvalanalys.errors import FileError
from kvalanalys.messages import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(content: bytes, *, encoding: str | None = None) -> str:
    r"""Return the text of a file, with every newline made ``\\n`` and the byte-order mark dropped.

    Without ``encoding``: the byte-order mark decides, else strict UTF-8, else cp1252.

    Raises
    ------
    FileError
        The bytes are no text in the encoding (the line is named), or hold NUL characters.

    """
    codec = encoding or _codec_by_mark(content)
    try:
        text = content.decode(codec) if codec else _decode_unmarked(content)
    except LookupError as error:
        raise FileError(
            _("There is no encoding called “{encoding}”.").format(encoding=codec),
            hint=_("Use for example --encoding cp1252 or --encoding utf-8."),
        ) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(
            _("Line {line} is not text in the encoding {encoding}.").format(
                line=line, encoding=codec or "utf-8"
            ),
            hint=_("Save the file as UTF-8, or name its encoding: --encoding cp1252."),
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileError(
            _("Line {line} holds a NUL character: this is not a text file.").format(line=line),
            hint=_("Save the file as text in UTF-8, or name its encoding: --encoding utf-16."),
        )
    return even_newlines(text.removeprefix("\ufeff"))


def even_newlines(text: str) -> str:
    r"""Return the text with CRLF and lone CR made ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _codec_by_mark(content: bytes) -> str | None:
    return next((codec for mark, codec in _MARKS if content.startswith(mark)), None)


def _decode_unmarked(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _looks_like_utf8(content, error.start):
            raise
        return content.decode("cp1252")


def _looks_like_utf8(content: bytes, broken_at: int) -> bool:
    """Say whether a file that breaks UTF-8 has proper UTF-8 letters elsewhere: mixed, not cp1252."""
    rest = content[:broken_at] + content[broken_at + 1 :]
    swedish = sum(rest.count(letter.encode()) for letter in "åäöÅÄÖé")
    broken = sum(content.count(letter.encode("cp1252")) for letter in "åäöÅÄÖ")
    return swedish > 0 and broken > 0
