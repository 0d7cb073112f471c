"""Find where a quotation stands in a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kvalanalys.errors import ExchangeError
from kvalanalys.messages import _, plural
from kvalanalys.model import Span

if TYPE_CHECKING:
    from kvalanalys.model import Document


def places_of(document: Document, quote: str) -> list[Span]:
    """Return every place where a quotation stands; any white space in it fits any other.

    Spreadsheets and mail change newlines and double spaces, so these do not count as different.
    """
    words = [re.escape(word) for word in quote.split()]
    if not words:
        return []
    pattern = re.compile(r"\s+".join(words))
    return [Span(*found.span()) for found in pattern.finditer(document.text)]


def anchor(document: Document, quote: str | None, start: int | None, end: int | None) -> Span:
    """Return the span that a quotation, two offsets, or both, mean; the quotation is the check.

    Raises
    ------
    ExchangeError
        The quotation does not stand there (the nearest place where it does is named), stands
        nowhere or in several places, or the offsets are outside the text.

    """
    if start is not None and end is not None:
        return _by_offsets(document, quote, start, end)
    if not quote or not quote.strip():
        raise ExchangeError(
            _("There is neither a quotation nor a start and an end."),
            hint=_("Give the quotation word for word, or start and end."),
        )
    places = places_of(document, quote)
    if len(places) == 1:
        return places[0]
    if places:
        raise ExchangeError(
            plural(
                "The quotation stands in {n} place in {document}.",
                "The quotation stands in {n} places in {document}.",
                len(places),
            ).format(n=len(places), document=document.name),
            hint=_("Take more words into it, or give start and end; it begins at {places}.")
            .format(places=", ".join(str(place.start) for place in places[:10])),
        )  # fmt: skip
    raise ExchangeError(
        _("The quotation does not stand in {document}.").format(document=document.name),
        hint=_("Copy it word for word from “kvalanalys documents show {document}”.").format(
            document=document.name
        ),
    )


def _by_offsets(document: Document, quote: str | None, start: int, end: int) -> Span:
    length = len(document.text)
    if not 0 <= start < end <= length:
        raise ExchangeError(
            _("{start}–{end} is no stretch of {document}, which has {length} characters.").format(
                start=start, end=end, document=document.name, length=length
            ),
            hint=_("start counts from 0, end is the first character after the quotation."),
        )
    span = Span(start, end)
    if quote is None or quote.split() == span.cut(document.text).split():
        return span
    places = places_of(document, quote)
    if not places:
        raise ExchangeError(
            _("At {start}–{end} stands “{text}”, and the quotation stands nowhere in {document}.")
            .format(start=start, end=end, text=_short(span.cut(document.text)),
                    document=document.name),
            hint=_("Was the transcript changed? Correct the quotation or the document's name."),
        )  # fmt: skip
    nearest = min(places, key=lambda place: abs(place.start - start))
    raise ExchangeError(
        _("At {start}–{end} stands “{text}”, not the quotation.").format(
            start=start, end=end, text=_short(span.cut(document.text))
        ),
        hint=_("The nearest place where it stands is {start}–{end}.").format(
            start=nearest.start, end=nearest.end
        ),
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:40]}…"
