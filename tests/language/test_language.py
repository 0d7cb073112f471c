"""Terms and sentences."""

from __future__ import annotations

import pytest

from kvalanalys.errors import StudyError
from kvalanalys.language import TermMatcher, load_pipeline, pattern_problems, split_sentences
from kvalanalys.model import Span


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("plan", "Planerna och planen, planering.", ["Planerna", "planen"]),
        ("brist", "Bristerna är stora.", ["Bristerna"]),
        ("*plan", "Handlingsplanen, tidsplaner, plan, planera.", ["Handlingsplanen", "tidsplaner", "plan"]),
        ("våld*", "Våldsförebyggande, våld, våldsamt bra vård.", ["Våldsförebyggande", "våld", "våldsamt"]),
        ("läst planen", "Jag har läst planen. Läst hela planen.", ["läst planen"]),
        ("kvinnojour", "Kvinnojourerna gör det.", ["Kvinnojourerna"]),
        ("lag", "Förslag och underlag.", []),
        ("förankra", "fo\u0308rankrad i na\u0308mnden", ["fo\u0308rankrad"]),
    ],
)  # fmt: skip
def test_terms_find_forms(term: str, text: str, words: list[str]) -> None:
    """A term finds its forms, a starred one compounds, and nothing that only looks alike."""
    matcher = TermMatcher({"x": [term]}, language="sv")
    found = list(matcher.find(text))
    assert [match.words for _owner, match in found] == words
    assert all(match.span.cut(text) == match.words for _owner, match in found)


def test_patterns_are_spacys() -> None:
    """Token patterns match by lemma, with numbers and booleans written as text."""
    pattern = [{"LEMMA": "kommun"}, {"IS_PUNCT": "true", "OP": "?"}, {"LENGTH": "3"}]
    matcher = TermMatcher({}, language="sv", patterns={"x": [pattern]})
    assert [match.words for _o, match in matcher.find("Kommunerna har det")] == ["Kommunerna har"]
    assert pattern_problems(pattern, "sv") == ""
    assert "LEMA" in pattern_problems([{"LEMA": "x"}], "sv")


def test_sentences_respect_span_and_newline() -> None:
    """Sentences lie inside the span and never cross a newline."""
    text = "X. Jag vet t.ex. inte. Kanske! Och\nmer så. Utanför."
    span = Span(3, text.index(" Utanför"))
    found = [sentence.cut(text) for sentence in split_sentences(text, span, "sv")]
    assert found == ["Jag vet t.ex. inte.", "Kanske!", "Och", "mer så."]


def test_missing_pipeline_says_what_is_there() -> None:
    """A trained pipeline that is not installed is named, with what to do."""
    with pytest.raises(StudyError) as caught:
        load_pipeline("sv", "sv_core_news_sm")
    assert "sv_core_news_sm" in caught.value.what
    assert "Installed" in caught.value.hint
