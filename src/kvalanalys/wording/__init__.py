"""Words for numbers of things in the language spoken, and the order of words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kvalanalys.messages import plural

if TYPE_CHECKING:
    from kvalanalys.model import CountUnit


def unit_name(unit: CountUnit, n: int) -> str:
    """Return the word for n counting units."""
    if unit == "persons":
        return plural("person", "persons", n)
    if unit == "organisations":
        return plural("organisation", "organisations", n)
    return plural("interview", "interviews", n)


_SWEDISH = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})  # after z in ASCII


def sort_key(text: str) -> list[str | int]:
    """Return what a text is sorted by in Swedish: å ä ö last, other accents apart, 2 before 10.

    >>> sorted(["Örn", "Åre", "Zon", "Änge", "ip10", "ip2", "Évora"], key=sort_key)
    ['Évora', 'ip2', 'ip10', 'Zon', 'Åre', 'Änge', 'Örn']
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SWEDISH)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", folded)
        if not unicodedata.combining(letter)
    )
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", bare)]
