"""The one door to spaCy and simplemma."""

from kvalanalys.language.lemmas import fold, is_known_word, term_keys
from kvalanalys.language.pipeline import load_pipeline, pattern_problems
from kvalanalys.language.sentences import split_sentences
from kvalanalys.language.terms import TermMatcher

__all__ = [
    "TermMatcher",
    "fold",
    "is_known_word",
    "load_pipeline",
    "pattern_problems",
    "split_sentences",
    "term_keys",
]
