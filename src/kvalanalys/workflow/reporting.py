"""Theme tables, quotations and the report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import kvalanalys
from kvalanalys.analysis import (
    CoderChoice,
    Quotation,
    QuotationMaker,
    choose_quotations,
    population_of,
    summarise_themes,
)
from kvalanalys.errors import StudyError
from kvalanalys.files.atomic import write_file
from kvalanalys.messages import _, speaking
from kvalanalys.store import StudyStore
from kvalanalys.wording import sort_key
from kvalanalys.workflow.bulk import many_values
from kvalanalys.workflow.coders import choose_coder
from kvalanalys.workflow.folder import load_codebook, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kvalanalys.analysis import ThemeSummary
    from kvalanalys.model import (
        Codebook,
        CodeId,
        Coding,
        CountUnit,
        Document,
        DocumentId,
        Study,
    )
    from kvalanalys.reports.compose import MethodFacts
    from kvalanalys.reports.outline import QuotationBlock
    from kvalanalys.workflow.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Themes:
    """A theme summary with what is needed to show it; ``coders`` are those whose codings count."""

    summary: ThemeSummary
    codebook: Codebook
    study: Study
    coders: tuple[str, ...]


@many_values()
def summarise(
    folder: StudyFolder,
    *,
    coder: str | None = None,
    unit: CountUnit | None = None,
    by: str | None = None,
) -> Themes:
    """Return how many spoke to each theme.

    Raises
    ------
    StudyError
        Several coders have coded and none is named, or ``unit`` or ``by`` lack their attributes.

    """
    with StudyStore.open(folder.database) as store:
        study = load_settings(folder)
        codebook = load_codebook(folder, store)
        choice = choose_coder(store, study, coder)
        codings = _reported(store, choice[0])
        return _themes(store, study, codebook, choice, codings, (unit or study.count, by))


def study_codebook(folder: StudyFolder) -> Codebook:
    """Return the study's codebook."""
    with StudyStore.open(folder.database) as store:
        return load_codebook(folder, store)


def _themes(
    store: StudyStore,
    study: Study,
    codebook: Codebook,
    choice: tuple[CoderChoice, tuple[str, ...]],
    codings: Iterable[Coding],
    split: tuple[CountUnit, str | None],
) -> Themes:
    """Return the summary of codings, counted by a unit and split by an attribute or by none."""
    unit, by = split
    documents: dict[DocumentId, Document | None]
    if unit == "interviews":
        documents = dict.fromkeys(fact["id"] for fact in store.document_facts())
    else:
        documents = {document.id: document for document in store.load_documents()}
    population = population_of(
        documents, store.load_speakers(), store.load_cases(), unit=unit, by=by
    )
    coder, names = choice
    summary = summarise_themes(codebook, codings, population, coder=coder)
    return Themes(summary, codebook, study, names)


def theme_values(themes: Themes) -> list[dict[str, Any]]:
    """Return the fields of each row of a theme table."""
    return [
        {
            "theme": row.theme,
            "code": row.code,
            "depth": row.depth,
            "k": row.k,
            "n": row.n,
            "unit": row.unit,
            "base": row.base,
            "codings": row.codings,
            "documents": row.documents,
            "groups": {value: {"k": share.k, "n": share.n} for value, share in row.groups.items()},
            "coder": themes.summary.coder.name,
            "outside_base": row.outside_base,
        }
        for row in themes.summary.rows
    ]


@many_values()
def list_quotations(
    folder: StudyFolder,
    *,
    coder: str | None = None,
    code: str | None = None,
    document: str | None = None,
) -> tuple[list[Quotation], Codebook, tuple[str, ...]]:
    """Return quotations in the codebook's order, then by document and place, and whose they are."""
    with StudyStore.open(folder.database) as store:
        study = load_settings(folder)
        codebook = load_codebook(folder, store)
        choice, names = choose_coder(store, study, coder)
        only = _branch(codebook, code) if code else None
        by_code = _quotations(store, codebook, choice)
    quotations = [
        quotation
        for code_id, found in by_code.items()
        if only is None or code_id in only
        for quotation in found
        if document is None or quotation.document.casefold() == document.casefold()
    ]
    return quotations, codebook, names


def _branch(codebook: Codebook, code: str) -> set[CodeId]:
    top = codebook.find(code).id
    return {found.id for found in codebook if top in (found.id, *codebook.ancestors(found.id))}


def _reported(store: StudyStore, choice: CoderChoice) -> Iterator[Coding]:
    """Yield a coder's live codings, or everybody's."""
    if choice.id is None:
        return store.load_codings()
    return (coding for coding in store.load_codings() if coding.coder_id == choice.id)


def _quotations(
    store: StudyStore, codebook: Codebook, choice: CoderChoice
) -> dict[CodeId, list[Quotation]]:
    """Return quotations by code in the codebook's order, each by document and place."""
    coders = {coder.id: coder.name for coder in store.load_coders()}
    maker = QuotationMaker(codebook, store.load_speakers(), store.load_cases(), coders)
    segments = store.load_segments(choice.id)
    by_document = {id: list(found) for id, found in groupby(segments, attrgetter("document_id"))}
    by_code: dict[CodeId, list[Quotation]] = {code.id: [] for code in codebook}
    facts = sorted(store.document_facts(), key=lambda fact: sort_key(fact["name"]))
    for id in (fact["id"] for fact in facts if fact["id"] in by_document):
        document = store.load_document(id)
        for segment in by_document[id]:
            if segment.code_id in by_code:
                by_code[segment.code_id].append(maker.make(segment, document))
    return by_code


@many_values()
def quotation_values(quotations: Sequence[Quotation], codebook: Codebook) -> list[dict[str, Any]]:
    """Return the fields of each quotation for listings."""
    return [
        {
            "quote": quotation.segment.quote,
            "document": quotation.document,
            "speaker": quotation.speaker or None,
            "turn": quotation.turn,
            "start": quotation.segment.start,
            "end": quotation.segment.end,
            "theme": quotation.theme,
            "code": quotation.segment.code_id,
            "coder": quotation.coder,
            "attribution": quotation.attribution or None,
            "coding": quotation.segment.coding_id,
        }
        for quotation in quotations
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """How a report is made; ``quotations`` is the most per code, None for all."""

    coder: str | None = None
    unit: CountUnit | None = None
    quotations: int | None = 3
    include_suggestions: bool = False
    language: str | None = None


@many_values()
def write_reports(
    folder: StudyFolder, targets: Mapping[str, Path], options: ReportOptions
) -> list[Path]:
    """Write the theme report in each format (a key of ``targets``) and return the files.

    All are rendered before the first is written.

    Raises
    ------
    StudyError
        There is nothing to report, or it is not said whose codings are.
    UnknownName
        A format is not known.
    FileError
        A file can't be written, for instance since Word has it open.

    """
    from kvalanalys.reports import RENDERERS

    renderers = {name: RENDERERS.load(name) for name in targets}
    with StudyStore.open(folder.database) as store:
        study = load_settings(folder)
        with speaking(options.language or study.language):
            rendered = {
                name: render(_report(store, folder, study, options))
                for name, render in renderers.items()
            }
    for name, content in rendered.items():
        write_file(targets[name], content)
    return list(targets.values())


def _report(store: StudyStore, folder: StudyFolder, study: Study, options: ReportOptions) -> Any:
    from kvalanalys.reports.compose import ReportParts, theme_report

    unit = options.unit or study.count
    codebook = load_codebook(folder, store)
    choice = choose_coder(store, study, options.coder)
    themes = _themes(store, study, codebook, choice, _reported(store, choice[0]), (unit, None))
    facts = _facts(store, themes)
    if not facts.interviews:
        raise StudyError(
            _("There is no transcript in the study, so there is nothing to report."),
            hint=_("Import some: “kvalanalys import FILES”."),
        )
    parts = ReportParts(
        study=study,
        codebook=themes.codebook,
        summary=themes.summary,
        facts=facts,
        quotations=_chosen(_quotations(store, codebook, choice[0]), options.quotations),
        suggestions=_open_suggestions(folder, themes.codebook)
        if options.include_suggestions
        else (),
    )
    return theme_report(parts, language=options.language or study.language)


def _facts(store: StudyStore, themes: Themes) -> MethodFacts:
    from kvalanalys.reports.compose import MethodFacts

    documents = store.document_facts()
    return MethodFacts(
        interviews=len(documents),
        persons=store.count_respondents(),
        words=sum(fact["words"] for fact in documents),
        coders=themes.coders,
        changed=store.last_change() or "1980-01-01T00:00:00Z",
        version=kvalanalys.__version__,
    )


def _chosen(
    by_code: dict[CodeId, list[Quotation]], most: int | None
) -> dict[CodeId, tuple[list[Quotation], int]]:
    return {
        code_id: (found if most is None else choose_quotations(found, most=most), len(found))
        for code_id, found in by_code.items()
    }


def _open_suggestions(
    folder: StudyFolder, codebook: Codebook
) -> list[tuple[CodeId, QuotationBlock]]:
    from kvalanalys.reports.outline import QuotationBlock
    from kvalanalys.workflow.suggesting import list_suggestions, reason_words

    views = list_suggestions(folder, states=("open", "skipped"))
    order = {code.id: i for i, code in enumerate(codebook)}
    views.sort(key=lambda view: order[view.suggestion.code_id])
    return [
        (
            view.suggestion.code_id,
            QuotationBlock(
                text=view.quote,
                source=_("{document}, turn {turn}; proposed for {reason}").format(
                    document=view.document.name,
                    turn=view.turn,
                    reason=reason_words(view.suggestion),
                ),
                question=view.question,
                mark=_("Suggestion"),
            ),
        )
        for view in views
    ]
