"""The demo study: the whole road on shipped, fictional interviews."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kvalanalys.importers import ReadOptions
from kvalanalys.messages import _
from kvalanalys.model import Study, no_progress
from kvalanalys.workflow.coding import CodingsImported, import_codings
from kvalanalys.workflow.folder import create_study, shipped
from kvalanalys.workflow.material import (
    ImportResult,
    apply_codebook,
    import_respondents,
    import_transcripts,
)
from kvalanalys.workflow.reporting import ReportOptions, Themes, summarise, write_reports
from kvalanalys.workflow.suggesting import (
    SuggestionView,
    SuggestRun,
    list_suggestions,
    run_suggestions,
)

if TYPE_CHECKING:
    from kvalanalys.model import Progress
    from kvalanalys.workflow.folder import StudyFolder

_STEPS = 7
_MATERIAL = {"respondents.csv", "codings.csv"}


_METHOD = (
    "Intervjuerna är påhittade och skrivna för att visa hur kvalanalys fungerar. {people} "
    "intervjuades digitalt efter en intervjuguide; samtalen spelades in och skrevs ut."
)
DEMO_STUDIES = {
    "strategi": Study(
        name="Strategi mot våld i nära relationer (påhittad demostudie)",
        coder="Maja Lindqvist",
        method=_METHOD.format(people="Elva chefer, strateger och andra nyckelpersoner i ett län"),
    ),
    "aldreomsorg": Study(
        name="Våld i nära relationer i äldreomsorgen (påhittad demostudie)",
        coder="Maja Lindqvist",
        method=_METHOD.format(people="Sex enhetschefer i äldreomsorgen"),
    ),
}
INTERVIEWERS = ("Karin Ljung", "Johan Ek")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """What each step of the road gave."""

    folder: StudyFolder
    imported: list[ImportResult]
    respondents: int
    suggested: SuggestRun
    suggestions: list[SuggestionView]
    codings: CodingsImported
    themes: Themes
    reports: list[Path]


def free_folder(name: str) -> Path:
    """Return a folder of that name here that does not exist, with a number where needed."""
    path, number = Path(name), 1
    while path.exists():
        number += 1
        path = Path(f"{name}-{number}")
    return path


def make_demo(
    path: Path, *, study: str = "strategi", progress: Progress = no_progress
) -> DemoResult:
    """Make the demo study in a new folder and go the whole road, from import to report."""
    material = shipped("transcripts") / study
    folder = create_study(path, DEMO_STUDIES[study])
    progress(1, _STEPS)
    files = sorted(file for file in material.iterdir() if file.name not in _MATERIAL)
    imported = import_transcripts(folder, files, options=ReadOptions(interviewers=INTERVIEWERS))
    progress(2, _STEPS)
    respondents = import_respondents(folder, material / "respondents.csv")
    apply_codebook(folder, study)
    progress(3, _STEPS)
    suggested = run_suggestions(folder)
    suggestions = list_suggestions(folder)
    progress(4, _STEPS)
    codings = import_codings(folder, material / "codings.csv")
    progress(5, _STEPS)
    themes = summarise(folder)
    progress(6, _STEPS)
    targets = {ending: folder.reports / f"{_('theme-report')}.{ending}"
               for ending in ("docx", "html", "md", "xlsx")}  # fmt: skip
    reports = write_reports(folder, targets, ReportOptions())
    progress(7, _STEPS)
    return DemoResult(
        folder=folder,
        imported=imported,
        respondents=respondents,
        suggested=suggested,
        suggestions=suggestions,
        codings=codings,
        themes=themes,
        reports=reports,
    )
