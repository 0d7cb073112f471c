"""Who codes, and whose codings are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.analysis import ALL, ANY, CoderChoice
from kvalanalys.errors import StudyError, UnknownName
from kvalanalys.messages import _, list_names
from kvalanalys.model import Coder, CoderId, new_id

if TYPE_CHECKING:
    from kvalanalys.model import Study
    from kvalanalys.store import StudyStore


class Coders:
    """The coders of a study by name; one who is new gets an id."""

    def __init__(self, store: StudyStore) -> None:
        self._by_name = {coder.name.casefold(): coder for coder in store.load_coders()}
        self.new: list[Coder] = []

    def take(self, name: str) -> Coder:
        """Return the coder of a name, whatever its case."""
        plain = " ".join(name.split())
        found = self._by_name.get(plain.casefold())
        if found is None:
            found = self._by_name[plain.casefold()] = Coder(CoderId(new_id()), plain)
            self.new.append(found)
        return found


def require_coder(name: str | None) -> str:
    """Return the coder's name.

    Raises
    ------
    StudyError
        It is missing or empty, or is a word with a meaning of its own (any, all).

    """
    plain = " ".join((name or "").split())
    if not plain or plain.casefold() in {"any", "all"}:
        raise StudyError(
            _("It must be said who codes."), hint=_("Add --coder \"Your Name\"."),
        )  # fmt: skip
    return plain


def find_coder(store: StudyStore, name: str) -> Coder:
    """Return the coder of a name.

    Raises
    ------
    UnknownName
        Nobody of that name has coded; those who have are listed.

    """
    coders = store.load_coders()
    for coder in coders:
        if coder.name.casefold() == " ".join(name.split()).casefold():
            return coder
    names = tuple(coder.name for coder in coders)
    raise UnknownName(
        _("Nobody called “{name}” has coded in this study.").format(name=name),
        name=name,
        candidates=names,
        hint=_("Coders: {names}.").format(names=list_names(names) or _("none")),
    )


def choose_coder(
    store: StudyStore, study: Study, given: str | None
) -> tuple[CoderChoice, tuple[str, ...]]:
    """Return whose codings are reported, and their names.

    Given, else named in study.toml, else the only one who has coded.

    Raises
    ------
    StudyError
        Several have coded and none is named; they are listed.

    """
    coding = store.coders_with_codings()
    names = tuple(coder.name for coder in coding)
    wanted = given or study.coder
    if wanted in {"any", "all"}:
        return (ANY if wanted == "any" else ALL), names
    if wanted is not None:
        coder = find_coder(store, wanted)
        return CoderChoice(coder.name, coder.id), (coder.name,)
    if len(coding) > 1:
        raise StudyError(
            _("{names} have coded; it must be said whose codings are reported.").format(
                names=list_names(names)
            ),
            hint=_('Add --coder NAME (or any, or all), or write coder = "NAME" in study.toml.'),
        )
    if coding:
        return CoderChoice(coding[0].name, coding[0].id), names
    return ANY, ()
