"""Words for numbers of things, in the language spoken."""

from __future__ import annotations

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
