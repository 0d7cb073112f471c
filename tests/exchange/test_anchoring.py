"""The quotation is the check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalanalys.errors import ExchangeError
from kvalanalys.exchange.anchoring import anchor
from kvalanalys.model import Document
from tests.conftest import make_document


def test_quotation_alone_finds_its_place(interview: Document) -> None:
    """A quotation that stands once is anchored there, whatever its white space."""
    span = anchor(interview, " den  känner\njag till ", None, None)
    assert span.cut(interview.text) == "den känner jag till"


def test_wrong_offsets_name_the_nearest_place(interview: Document) -> None:
    """Offsets that do not hold the quotation are refused with the nearest place that does."""
    start = interview.text.index("Nej")
    with pytest.raises(ExchangeError) as caught:
        anchor(interview, "Nej", 3, 6)
    assert f"{start}–{start + 3}" in caught.value.hint


@pytest.mark.parametrize(
    ("quote", "start", "end", "said"),
    [
        ("jag", None, None, "2 places"), ("finns inte", None, None, "does not stand"),
        ("finns inte", 0, 3, "nowhere"), ("I", 0, 9999, "no stretch"), (None, 5, 5, "no stretch"),
        (None, None, None, "neither"), ("  ", None, None, "neither"),
    ],
)  # fmt: skip
def test_what_is_refused(
    interview: Document, quote: str | None, start: int | None, end: int | None, said: str
) -> None:
    """Ambiguous, missing and impossible places are refused in words."""
    with pytest.raises(ExchangeError) as caught:
        anchor(interview, quote, start, end)
    assert said in caught.value.what


@given(st.text("ab c\n", min_size=1, max_size=60), st.data())
def test_every_stretch_is_found_by_its_offsets(text: str, data: st.DataObject) -> None:
    """Offsets with the very text between them are always accepted."""
    document = make_document("x", [("I", text)])
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    span = anchor(document, document.text[start:end], start, end) if (
        document.text[start:end].strip()
    ) else anchor(document, None, start, end)  # fmt: skip
    assert (span.start, span.end) == (start, end)
