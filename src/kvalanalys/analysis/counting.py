"""Who is counted: interviews, persons or organisations, and to whom a coding belongs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kvalanalys.errors import StudyError
from kvalanalys.messages import _, list_names
from kvalanalys.wording import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalanalys.model import (
        Case,
        CaseId,
        CoderId,
        Coding,
        CountUnit,
        Document,
        DocumentId,
        Speaker,
    )

    Unit = str

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class CoderChoice:
    """Whose codings count: one coder's (``id``), anybody's, or only what all coders share."""

    name: str
    id: CoderId | None = None

    @property
    def is_all(self) -> bool:
        """Say whether a unit counts only when every coder has the code in it."""
        return self.id is None and self.name == "all"


ANY, ALL = CoderChoice("any"), CoderChoice("all")


@dataclass(frozen=True)
class Population:
    """The units counted and how codings reach them.

    ``units`` are all units; ``groups`` holds the units of each attribute value ("" where there
    is none), empty without an attribute. ``by_label`` gives the unit of each document's respondent
    labels; None when the unit is the interview.
    """

    unit: CountUnit
    units: frozenset[Unit]
    groups: Mapping[str, frozenset[Unit]] = field(default_factory=dict)
    by_label: Mapping[tuple[DocumentId, str | None], Unit] | None = None
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)

    def units_of(self, coding: Coding) -> Iterable[Unit]:
        """Return the units that a coding belongs to.

        An interview: the one it is in. Persons and their organisations: the respondents whose
        turns share at least one code point with the span; none for the interviewer's words.
        """
        if self.by_label is None:
            return (coding.document_id,)
        touched = self.documents[coding.document_id].turns_touched(coding.span)
        keys = {(coding.document_id, turn.label) for turn in touched}
        return {self.by_label[key] for key in keys if key in self.by_label}


def population_of(
    documents: Mapping[DocumentId, Document | None],
    speakers: Iterable[Speaker],
    cases: Iterable[Case],
    *,
    unit: CountUnit,
    by: str | None = None,
) -> Population:
    """Return the population of a study: all its interviews, persons or organisations.

    A person is a respondent's case, or document and label where no case is known. With ``by``, a
    unit is in the group of every person in it who has that value. Counting interviews needs the
    documents' ids only; else the documents themselves, for the turns that a coding touches.

    Raises
    ------
    StudyError
        Organisations are counted and a person has none, or no person has the attribute ``by``.

    """
    known: Mapping[CaseId, Case] = {case.id: case for case in cases}
    respondents = [
        speaker
        for speaker in speakers
        if speaker.role == "respondent" and speaker.document_id in documents
    ]
    if by is not None:
        _require_attribute(by, known)
    labels = {
        (speaker.document_id, speaker.label): _unit_of(speaker, known, unit)
        for speaker in respondents
    }
    if unit == "organisations":
        _require_organisations(respondents, known)
    units = frozenset(documents) if unit == "interviews" else frozenset(labels.values())
    return Population(
        unit=unit,
        units=units,
        groups=_groups(respondents, known, labels, units, by) if by else {},
        by_label=None if unit == "interviews" else labels,
        documents={id: document for id, document in documents.items() if document is not None},
    )


def _attribute(speaker: Speaker, cases: Mapping[CaseId, Case], name: str) -> str:
    case = cases.get(speaker.case_id) if speaker.case_id else None
    return case.attributes.get(name, "") if case else ""


def _unit_of(speaker: Speaker, cases: Mapping[CaseId, Case], unit: CountUnit) -> Unit:
    if unit == "interviews":
        return speaker.document_id
    if unit == "organisations":
        return _attribute(speaker, cases, ORGANISATION)
    return speaker.case_id or f"{speaker.document_id}/{speaker.label or ''}"


def _groups(
    respondents: list[Speaker],
    cases: Mapping[CaseId, Case],
    labels: Mapping[tuple[DocumentId, str | None], Unit],
    units: frozenset[Unit],
    by: str,
) -> dict[str, frozenset[Unit]]:
    groups: defaultdict[str, set[Unit]] = defaultdict(set)
    for speaker in respondents:
        unit = labels[speaker.document_id, speaker.label]
        groups[_attribute(speaker, cases, by)].add(unit)
    if nobody := units.difference(*groups.values()):
        groups[""] |= nobody
    return {value: frozenset(groups[value]) for value in sorted(groups, key=sort_key)}


def _require_attribute(by: str, cases: Mapping[CaseId, Case]) -> None:
    known = sorted({name for case in cases.values() for name in case.attributes})
    if by not in known:
        raise StudyError(
            _("No respondent has the attribute “{name}”.").format(name=by),
            hint=_("Known attributes: {names}. They come in with “kvalanalys respondents import”.")
            .format(names=list_names(known) or _("none")),
        )  # fmt: skip


def _require_organisations(respondents: list[Speaker], cases: Mapping[CaseId, Case]) -> None:
    missing = sorted({
        speaker.name for speaker in respondents if not _attribute(speaker, cases, ORGANISATION)
    })  # fmt: skip
    if missing:
        raise StudyError(
            _("Organisations can't be counted: {names} have none.").format(
                names=list_names(missing)
            ),
            hint=_("Import a table with the column “organisation”: "
                   "kvalanalys respondents import FILE."),
        )  # fmt: skip
