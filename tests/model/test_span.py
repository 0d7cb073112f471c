"""Span algebra."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalanalys.model import Document, Span

spans = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda t: Span(t[0], t[0] + t[1]))


@given(spans, spans)
def test_overlap_is_shared_positions(one: Span, other: Span) -> None:
    """Two spans overlap exactly when a position is in both, and the intersection is those."""
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) is bool(shared)
    found = one.intersection(other)
    assert (set(range(found.start, found.end)) if found else set()) == shared


@given(spans, spans)
def test_containing_is_intersecting_whole(one: Span, other: Span) -> None:
    """A span contains another exactly when their intersection is the other."""
    assert one.contains(other) is (one.intersection(other) == other)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_empty_or_negative_is_no_span(start: int, end: int) -> None:
    """A span is never empty and never begins before the text."""
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_turns_touched_are_those_sharing_a_position(interview: Document) -> None:
    """A span touches a turn when they share a code point; edges that meet do not."""
    first, second = interview.turns[:2]
    across = Span(first.span.end - 1, second.span.start + 1)
    assert interview.turns_touched(across) == (first, second)
    assert interview.turns_touched(Span(first.span.end, second.span.start)) == ()
