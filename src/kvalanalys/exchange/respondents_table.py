"""Respondents and their attributes from a table (csv, xlsx)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.errors import ExchangeError
from kvalanalys.messages import _, list_names, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalanalys.files.tables import Table
    from kvalanalys.model import Speaker

_RESPONDENT = ("respondent", "case", "respondentid")
_DOCUMENT = ("document", "dokument", "interview", "intervju")
_SPEAKER = ("speaker", "talare", "label")


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """A respondent, the speaker that they are (None when not interviewed), their attributes."""

    respondent: str
    speaker: Speaker | None
    attributes: Mapping[str, str]


def read_respondent_rows(
    table: Table, *, speakers: Mapping[str, Iterable[Speaker]]
) -> list[RespondentRow]:
    """Return the respondents of a table; ``speakers`` are by the document's name.

    Needs the columns respondent and document; speaker where an interview has several
    respondents. Every other column is an attribute; empty cells are none.

    Raises
    ------
    ExchangeError
        Columns are missing, or rows have problems: all are listed with their line.

    """
    respondent, document, speaker = (
        next((name for name in names if name in table.columns), None)
        for names in (_RESPONDENT, _DOCUMENT, _SPEAKER)
    )
    if respondent is None or document is None:
        raise ExchangeError(
            _("The table lacks the column “respondent” or “document”."),
            hint=_("It needs one row per respondent: respondent, document, and any attributes."),
        )
    folded = {name.casefold(): list(found) for name, found in speakers.items()}
    rows, problems = [], []
    for line, values in table.rows:
        try:
            said = values.get(speaker, "").strip() if speaker else ""
            found = _speaker(values[document].strip(), said, folded)
            rows.append(_row(values, respondent, found, {respondent, document, speaker}))
        except ExchangeError as error:
            wrong = " ".join(part for part in (error.what, error.hint) if part)
            problems.append(_("line {line}: {problem}").format(line=line, problem=wrong))
    if problems:
        raise ExchangeError(
            _("No respondent was imported: {n} of {all} rows have problems.").format(
                n=len(problems), all=len(table.rows)
            ),
            hint=_("Correct the rows above and import the file again."),
            problems=tuple(problems),
        )
    return rows


def _row(
    values: Mapping[str, str], respondent: str, speaker: Speaker | None, used: set[str | None]
) -> RespondentRow:
    name = values[respondent].strip()
    if not name:
        raise ExchangeError(_("The respondent has no name or number."))
    attributes = {
        column: value.strip()
        for column, value in values.items()
        if column and column not in used and value.strip()
    }
    return RespondentRow(name, speaker, attributes)


def _speaker(document: str, said: str, speakers: Mapping[str, list[Speaker]]) -> Speaker | None:
    if not document:
        return None
    known = speakers.get(document.casefold())
    if known is None:
        close = nearest(document, list(speakers)) or tuple(speakers)[:5]
        raise ExchangeError(
            _("There is no document “{name}”.").format(name=document),
            hint=_("Did you mean {names}?").format(names=list_names(close)),
        )
    fitting = [
        speaker for speaker in known
        if speaker.role == "respondent"
        and (not said or said.casefold() in {speaker.name.casefold(), (speaker.label or "").casefold()})
    ]  # fmt: skip
    if len(fitting) != 1:
        names = [speaker.name for speaker in known if speaker.role == "respondent"]
        raise ExchangeError(
            _("Which respondent of {document} is meant?").format(document=document),
            hint=_("Write one of these in the column “speaker”: {names}.").format(
                names=list_names(names)
            ),
        )
    return fitting[0]
