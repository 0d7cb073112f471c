"""How many spoke to each theme: counted once and right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kvalanalys.analysis.counting import CoderChoice, Population, Unit
    from kvalanalys.model import Codebook, CodeId, CoderId, Coding, CountUnit, DocumentId


@dataclass(frozen=True, slots=True)
class Share:
    """k of n counting units."""

    k: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """One code's numbers: k of n units, and how many codings in how many documents.

    ``theme`` is the topmost code above; ``code`` is None for the theme itself. ``outside_base``
    counts units that have the code but not its base, and so are in no number.
    """

    theme: CodeId
    code: CodeId | None
    depth: int
    k: int
    n: int
    unit: CountUnit
    base: CodeId | None
    codings: int
    documents: int
    groups: Mapping[str, Share]
    outside_base: int

    @property
    def code_id(self) -> CodeId:
        """Return the id of the code or theme that the row is about."""
        return self.code or self.theme


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """The rows in the codebook's order, whose codings they count, and what was left out.

    ``unknown`` counts live codings per code that is no longer in the codebook.
    """

    rows: tuple[ThemeRow, ...]
    unit: CountUnit
    n: int
    coder: CoderChoice
    unknown: Mapping[CodeId, int]

    def row(self, code_id: CodeId) -> ThemeRow:
        """Return the row of a code."""
        return next(row for row in self.rows if row.code_id == code_id)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a data frame."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.rows])


class _Tally:
    """Units per coder, number of codings and documents, for one code."""

    def __init__(self) -> None:
        self.units: defaultdict[CoderId, set[Unit]] = defaultdict(set)
        self.codings = 0
        self.documents: set[DocumentId] = set()

    def take(self, other: _Tally) -> None:
        for coder_id, units in other.units.items():
            self.units[coder_id] |= units
        self.codings += other.codings
        self.documents |= other.documents


def summarise_themes(
    codebook: Codebook, codings: Iterable[Coding], population: Population, *, coder: CoderChoice
) -> ThemeSummary:
    """Count how many units have each code or one below it.

    k is the union over a code and all below it, never a sum. With a base, n is the number of
    units that have the base and k counts inside those. Retracted codings never count. For
    ``all``, a unit counts when every coder of the study has the code, or one below, in it.
    """
    tallies = {code.id: _Tally() for code in codebook}
    unknown: defaultdict[CodeId, int] = defaultdict(int)
    coders: set[CoderId] = set()
    units_of = population.units_of
    for coding in codings:
        if coding.retracted is not None or (coder.id and coding.coder_id != coder.id):
            continue
        coders.add(coding.coder_id)
        tally = tallies.get(coding.code_id)
        if tally is None:
            unknown[coding.code_id] += 1
            continue
        tally.codings += 1
        tally.documents.add(coding.document_id)
        tally.units[coding.coder_id].update(units_of(coding))
    for code in reversed(codebook.codes):
        if code.parent is not None:
            tallies[code.parent].take(tallies[code.id])
    counted = {
        code_id: _counted(tally, coders, needs_all=coder.is_all)
        for code_id, tally in tallies.items()
    }
    rows = tuple(
        _row(codebook, code_id, tallies[code_id], counted, population) for code_id in tallies
    )
    return ThemeSummary(rows, population.unit, len(population.units), coder, dict(unknown))


def _counted(tally: _Tally, coders: set[CoderId], *, needs_all: bool) -> frozenset[Unit]:
    if not needs_all:
        return frozenset().union(*tally.units.values())
    shared = [tally.units.get(coder_id, set()) for coder_id in coders]
    return frozenset(set.intersection(*shared)) if shared else frozenset()


def _row(
    codebook: Codebook,
    code_id: CodeId,
    tally: _Tally,
    counted: Mapping[CodeId, frozenset[Unit]],
    population: Population,
) -> ThemeRow:
    code = codebook.by_id[code_id]
    base = population.units if code.base is None else counted[code.base]
    has = counted[code_id] & base
    theme = codebook.theme_of(code_id)
    return ThemeRow(
        theme=theme.id,
        code=None if theme.id == code_id else code_id,
        depth=codebook.depth(code_id),
        k=len(has),
        n=len(base),
        unit=population.unit,
        base=code.base,
        codings=tally.codings,
        documents=len(tally.documents),
        groups={
            value: Share(len(has & group), len(base & group))
            for value, group in population.groups.items()
        },
        outside_base=len(counted[code_id] - base),
    )
