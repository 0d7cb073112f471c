"""Where a study stands, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalanalys.errors import StudyError
from kvalanalys.messages import _
from kvalanalys.store import StudyStore
from kvalanalys.workflow.folder import load_codebook, load_settings

if TYPE_CHECKING:
    from kvalanalys.model import HistoryEntry
    from kvalanalys.workflow.folder import StudyFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts that say where a study stands; ``next_step`` is a command with its purpose."""

    study: str
    path: str
    documents: int
    words: int
    respondents: int
    codebook: str | None
    themes: int
    codes: int
    coders: tuple[str, ...]
    codings: int
    codings_without_code: int
    suggestions_open: int
    last_change: str | None
    next_step: str


def study_status(folder: StudyFolder) -> Status:
    """Return where a study stands."""
    study = load_settings(folder)
    with StudyStore.open(folder.database) as store:
        try:
            codebook = load_codebook(folder, store)
        except StudyError:
            codebook = None
        facts = store.document_facts()
        per_code = store.count_codings()
        known = codebook.by_id if codebook else {}
        history = store.last_change()
        status = {
            "documents": len(facts),
            "codings": sum(per_code.values()),
            "suggestions_open": store.count_open_suggestions(),
        }
        return Status(
            study=study.name,
            path=str(folder.path),
            words=sum(fact["words"] for fact in facts),
            respondents=store.count_respondents(),
            codebook=codebook.id if codebook else None,
            themes=len(codebook.themes) if codebook else 0,
            codes=len(codebook) if codebook else 0,
            coders=tuple(coder.name for coder in store.coders_with_codings()),
            codings_without_code=sum(n for code, n in per_code.items() if code not in known),
            last_change=history,
            next_step=_next_step(status, has_codebook=codebook is not None,
                                 has_rules=bool(codebook) and any(
                                     code.keywords or code.patterns for code in codebook or ())),
            **status,
        )  # fmt: skip


def _next_step(counts: dict[str, int], *, has_codebook: bool, has_rules: bool) -> str:
    if not counts["documents"]:
        return _("Import the transcripts: kvalanalys import FILES")
    if not has_codebook:
        return _("Give the study a codebook: kvalanalys codebook apply FILE")
    if counts["suggestions_open"]:
        return _('Go through the suggestions: kvalanalys review --coder "Your Name"')
    if not counts["codings"] and has_rules:
        return _("Let the machine propose passages: kvalanalys suggest")
    if not counts["codings"]:
        return _("Code passages: kvalanalys codings add, or codings import FILE")
    return _("Look at the themes and write the report: kvalanalys themes, kvalanalys report")


def study_history(folder: StudyFolder) -> list[HistoryEntry]:
    """Return what has changed a study, oldest first."""
    with StudyStore.open(folder.database) as store:
        return store.load_history()
