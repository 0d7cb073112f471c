"""Counting against the brute-force judge, and on cases small enough to count by hand."""

from __future__ import annotations

import pytest

from kvalanalys.analysis import ALL, ANY, CoderChoice, population_of, summarise_themes
from kvalanalys.errors import StudyError
from kvalanalys.model import (
    Case,
    CaseId,
    Codebook,
    CoderId,
    Coding,
    CodingId,
    Document,
    DocumentId,
    Span,
    Speaker,
    Turn,
)
from tests.analysis.brute_force import RandomStudy, brute_force_count, random_study
from tests.conftest import make_code, make_coding

UNITS = ("interviews", "persons", "organisations")


def _as_model(study: RandomStudy) -> tuple[Codebook, dict, list[Speaker], list[Case], list[Coding]]:
    codebook = Codebook("x", tuple(
        make_code(row["code"], row["parent"], row["base"]) for row in study.codes.to_dict("records")
    ))  # fmt: skip
    documents = {}
    for name in study.documents["document"]:
        turns = study.turns[study.turns["document"] == name]
        documents[name] = Document(
            id=DocumentId(name), version=1, name=name, text="x" * 1000, language="sv",
            original_sha256="", turns=tuple(
                Turn(row["number"], row["label"], Span(row["start"], row["end"]))
                for row in turns.to_dict("records")
            ),
        )  # fmt: skip
    speakers = [Speaker(row["document"], row["label"], row["label"], row["role"], row["case"])
                for row in study.speakers.to_dict("records")]  # fmt: skip
    cases = [
        Case(CaseId(case), case, {
            row["name"]: row["value"]
            for row in study.attributes[study.attributes["case"] == case].to_dict("records")
        })
        for case in study.speakers["case"].dropna().unique()
    ]  # fmt: skip
    codings = [
        Coding(
            id=CodingId(row["id"]), document_id=row["document"], document_version=1,
            span=Span(row["start"], row["end"]), quote="x" * (row["end"] - row["start"]),
            code_id=row["code"], coder_id=CoderId(row["coder"]), origin="manual",
            code_fingerprint="", created="", retracted="now" if row["retracted"] else None,
        )
        for row in study.codings.to_dict("records")
    ]  # fmt: skip
    return codebook, documents, speakers, cases, codings


@pytest.mark.parametrize("seed", range(200))
def test_counts_equal_brute_force(seed: int) -> None:
    """Every k, n, number of codings and group equals the plain pandas count."""
    study = random_study(seed)
    codebook, documents, speakers, cases, codings = _as_model(study)
    names = {name for case in cases for name in case.attributes}
    by = "size" if "size" in names else None
    for unit in UNITS:
        for choice in (ANY, ALL, CoderChoice("k0", CoderId("k0"))):
            try:
                expected = brute_force_count(study, unit=unit, coder=choice.name, by=by)
            except ValueError:
                with pytest.raises(StudyError):
                    population_of(documents, speakers, cases, unit=unit, by=by)
                continue
            population = population_of(documents, speakers, cases, unit=unit, by=by)
            summary = summarise_themes(codebook, codings, population, coder=choice)
            found = [
                {
                    "code": row.code_id, "k": row.k, "n": row.n, "codings": row.codings,
                    "documents": row.documents,
                    "groups": {v: (s.k, s.n) for v, s in row.groups.items()} if by else None,
                }
                for row in summary.rows
            ]  # fmt: skip
            assert found == expected.to_dict("records"), (unit, choice.name)


def test_random_studies_reach_every_rule() -> None:
    """The judging set has bases, several persons, retractions, and cases where any ≠ all."""
    studies = [random_study(seed) for seed in range(200)]
    assert sum(study.codes["base"].notna().any() for study in studies) > 100
    assert sum((study.speakers.groupby("document").size() > 2).any() for study in studies) > 100
    differing = complete = 0
    for study in studies:
        anybody = brute_force_count(study, unit="interviews", coder="any")
        everybody = brute_force_count(study, unit="interviews", coder="all")
        differing += list(anybody["k"]) != list(everybody["k"])
        persons = study.speakers[study.speakers["case"].notna()]["case"]
        known = study.attributes[study.attributes["name"] == "organisation"]["case"]
        complete += len(persons) > 0 and set(persons) <= set(known)
    assert differing > 50
    assert complete > 60


def test_theme_is_union_not_sum(interview: Document, codebook: Codebook) -> None:
    """An interview coded with both codes of a theme is one interview of the theme."""
    codings = [make_coding(interview, "Ja", "knows"), make_coding(interview, "Nej", "used")]
    population = population_of({interview.id: interview}, [], [], unit="interviews")
    summary = summarise_themes(codebook, codings, population, coder=ANY)
    assert (summary.row("plan").k, summary.row("plan").codings) == (1, 2)


def test_two_persons_in_one_interview(
    interview: Document, codebook: Codebook, speakers: list[Speaker], cases: list[Case]
) -> None:
    """One interview, two persons, one organisation: three denominators, and who said it counts."""
    codings = [make_coding(interview, "den känner jag till", "knows")]
    for unit, n, groups in (
        ("interviews", 1, {"chef": (1, 1), "strateg": (1, 1)}),
        ("persons", 2, {"chef": (1, 1), "strateg": (0, 1)}),
        ("organisations", 1, {"chef": (1, 1), "strateg": (1, 1)}),
    ):
        population = population_of({interview.id: interview}, speakers, cases, unit=unit, by="role")
        row = summarise_themes(codebook, codings, population, coder=ANY).row("knows")
        assert (row.k, row.n) == (1, n)
        assert {value: (share.k, share.n) for value, share in row.groups.items()} == groups


def test_code_that_left_the_codebook_is_reported(interview: Document, codebook: Codebook) -> None:
    """A coding whose code is gone is in no row, and is named."""
    population = population_of({interview.id: interview}, [], [], unit="interviews")
    coding = make_coding(interview, "Ja", "old-code")
    summary = summarise_themes(codebook, [coding], population, coder=ANY)
    assert summary.unknown == {"old-code": 1}
    assert all(row.codings == 0 for row in summary.rows)


def test_frame_has_a_row_per_code(interview: Document, codebook: Codebook) -> None:
    """to_frame gives the rows with their columns."""
    population = population_of({interview.id: interview}, [], [], unit="interviews")
    frame = summarise_themes(codebook, [], population, coder=ANY).to_frame()
    assert list(frame["theme"]) == ["plan", "plan", "plan", "anchoring"]
    assert set(frame["n"]) == {1, 0}
