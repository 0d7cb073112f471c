"""Find the terms of a codebook in text: all forms of a word, sequences, compounds, patterns.

A term is one word (all its forms), several words in sequence, ``*plan`` (compounds that end in
plan, and plan itself) or ``våld*`` (compounds that begin with våld, and våld itself).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalanalys.language.lemmas import fold, is_known_word, term_keys
from kvalanalys.language.pipeline import load_pipeline, plain_pattern
from kvalanalys.model import Match, Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

_JOINTS = ("", "s", "o", "e", "u", "-", "s-")
_SHORTEST_PART = 3


@dataclass(frozen=True)
class _Element:
    """One word of a term: its keys, and whether compounds with it as head or modifier count."""

    word: str
    keys: frozenset[str]
    is_head: bool
    is_modifier: bool


class TermMatcher:
    """Find terms by owner (a code); made once for a codebook, used for every document."""

    def __init__(
        self,
        terms: Mapping[Hashable, Sequence[str]],
        *,
        language: str,
        pipeline: str | None = None,
        patterns: Mapping[Hashable, Sequence[Sequence[dict[str, Any]]]] | None = None,
    ) -> None:
        self._language = language
        self._nlp = load_pipeline(language, pipeline)
        self._elements: list[_Element] = []
        self._sequences: list[tuple[Hashable, str, tuple[int, ...]]] = []
        for owner, written in terms.items():
            for term in written:
                self._add(owner, term)
        self._by_key: dict[str, list[int]] = {}
        for number, element in enumerate(self._elements):
            for key in element.keys:
                self._by_key.setdefault(key, []).append(number)
        self._compounds = [
            number for number, element in enumerate(self._elements)
            if element.is_head or element.is_modifier
        ]  # fmt: skip
        self._starting: dict[int, list[int]] = {}
        for number, (_owner, _term, sequence) in enumerate(self._sequences):
            self._starting.setdefault(sequence[0], []).append(number)
        self._hits: dict[int, frozenset[int]] = {}
        self._patterns = _compile(self._nlp.vocab, patterns or {})

    def _add(self, owner: Hashable, term: str) -> None:
        numbers = []
        for written in term.split():
            word = written.strip("*")
            if not word:
                continue
            numbers.append(len(self._elements))
            self._elements.append(
                _Element(
                    fold(word),
                    term_keys(word, self._language),
                    written.startswith("*"),
                    written.endswith("*"),
                )
            )
        if numbers:
            self._sequences.append((owner, term, tuple(numbers)))

    def find(self, text: str) -> Iterator[tuple[Hashable, Match]]:
        """Yield owner and match for every place where a term stands, in order of the text."""
        import numpy as np
        from spacy.attrs import ORTH

        doc = self._nlp(text) if self._patterns is not None else self._nlp.make_doc(text)
        orths = doc.to_array([ORTH])
        types, places = np.unique(orths, return_inverse=True)
        hits = [self._hits_of(int(orth)) for orth in types]
        is_hit = np.fromiter((bool(hit) for hit in hits), bool, len(hits))
        hit_types = places.ravel()
        for i in np.flatnonzero(is_hit[hit_types]).tolist():
            yield from self._matches_at(doc, i, hits, hit_types)
        yield from self._pattern_matches(doc)

    def _matches_at(
        self, doc: Doc, i: int, hits: list[frozenset[int]], types: Any
    ) -> Iterator[tuple[Hashable, Match]]:
        for element in hits[types[i]]:
            for number in self._starting.get(element, ()):
                owner, term, sequence = self._sequences[number]
                last = i + len(sequence)
                if last <= len(doc) and all(
                    wanted in hits[types[j]] for j, wanted in enumerate(sequence[1:], i + 1)
                ):
                    yield owner, _match(doc, term, i, last)

    def _pattern_matches(self, doc: Doc) -> Iterator[tuple[Hashable, Match]]:
        if self._patterns is None:
            return
        owners, matcher = self._patterns
        for key, first, last in matcher(doc):
            owner, term = owners[doc.vocab.strings[key]]
            yield owner, _match(doc, term, first, last)

    def _hits_of(self, orth: int) -> frozenset[int]:
        """Return the numbers of the elements that a word form satisfies; kept per form."""
        known = self._hits.get(orth)
        if known is None:
            word = fold(self._nlp.vocab.strings[orth])
            known = self._hits[orth] = frozenset(self._elements_of(word))
        return known

    def _elements_of(self, word: str) -> Iterable[int]:
        if not any(letter.isalnum() for letter in word):
            return
        for key in term_keys(word, self._language):
            yield from self._by_key.get(key, ())
        for number in self._compounds:
            element = self._elements[number]
            if len(word) > len(element.word) and self._is_compound(word, element):
                yield number

    def _is_compound(self, word: str, element: _Element) -> bool:
        if element.is_modifier and word.startswith(element.word):
            return self._is_word_after_joint(word[len(element.word) :])
        return element.is_head and self._has_head(word, element)

    def _is_word_after_joint(self, rest: str) -> bool:
        return any(
            len(part) >= _SHORTEST_PART and is_known_word(part, self._language)
            for joint in _JOINTS
            if rest.startswith(joint) and (part := rest[len(joint) :])
        )

    def _has_head(self, word: str, element: _Element) -> bool:
        """Say whether the word is a known word followed by a form of the element."""
        first = element.word[:2]
        place = word.find(first, _SHORTEST_PART - 1)
        while place > 0:
            if element.keys & term_keys(word[place:], self._language):
                return self._is_word_before_joint(word[:place])
            place = word.find(first, place + 1)
        return False

    def _is_word_before_joint(self, front: str) -> bool:
        return any(
            len(part) >= 2 and is_known_word(part, self._language)
            for joint in _JOINTS
            if front.endswith(joint) and (part := front[: len(front) - len(joint)])
        )


def _match(doc: Doc, term: str, first: int, last: int) -> Match:
    found = doc[first:last]
    return Match(term, Span(found.start_char, found.end_char), found.text)


def _compile(
    vocab: Any, patterns: Mapping[Hashable, Sequence[Sequence[dict[str, Any]]]]
) -> tuple[dict[str, tuple[Hashable, str]], Any] | None:
    from spacy.matcher import Matcher

    matcher = Matcher(vocab)
    owners: dict[str, tuple[Hashable, str]] = {}
    for owner, written in patterns.items():
        for number, pattern in enumerate(written, 1):
            key = f"{owner}#{number}"
            owners[key] = (owner, f"pattern {number}")
            matcher.add(key, [plain_pattern(list(pattern))])
    return (owners, matcher) if owners else None
