"""Keys by which forms of a word meet."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CACHED_TYPES = 200_000


def fold(word: str) -> str:
    """Return a word in small letters, å ä ö composed."""
    return unicodedata.normalize("NFC", word.casefold())


def has_lemmas(language: str) -> bool:
    """Say whether there is a lemma dictionary for a language."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return language in SUPPORTED_LANGUAGES


@lru_cache(_CACHED_TYPES)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a word in small letters; the word itself where none is known."""
    import simplemma

    folded = fold(word)
    return fold(simplemma.lemmatize(folded, lang=language)) if has_lemmas(language) else folded


@lru_cache(_CACHED_TYPES)
def term_keys(word: str, language: str) -> frozenset[str]:
    """Return the surface, lemma and greedy lemma of a word; two words meet when keys are shared.

    simplemma makes verbs of everyday nouns (plan → plana), which the surface key makes good.

    >>> sorted(term_keys("Planerna", "sv") & term_keys("plan", "sv"))
    ['plan']
    """
    import simplemma

    folded = fold(word)
    if not has_lemmas(language):
        return frozenset({folded})
    greedy = fold(simplemma.lemmatize(folded, lang=language, greedy=True))
    return frozenset({folded, lemma(word, language), greedy})


def is_known_word(word: str, language: str) -> bool:
    """Say whether the lemma dictionary knows a word."""
    import simplemma

    return has_lemmas(language) and bool(simplemma.is_known(fold(word), lang=language))
