"""The road, step by step, on the demo interviews."""

from __future__ import annotations

import csv
from pathlib import Path

import docx
import pytest

from kvalanalys.analysis import ThemeSummary
from kvalanalys.errors import ExchangeError, StudyError, UnknownName
from kvalanalys.files.tables import csv_bytes, xlsx_bytes
from kvalanalys.importers import ReadOptions, read_document
from kvalanalys.model import CodeId, Study
from kvalanalys.workflow import coding, material, reporting, suggesting
from kvalanalys.workflow.demo import DEMO_STUDIES, INTERVIEWERS, DemoResult, make_demo
from kvalanalys.workflow.folder import StudyFolder, create_study, shipped
from kvalanalys.workflow.status import study_history, study_status
from kvalanalys.workflow.suggesting import Answer


def test_import_again_changes_nothing(study: StudyFolder) -> None:
    """The same files again are unchanged; a changed file is left alone and said."""
    files = sorted(path for path in (shipped("transcripts") / "strategi").glob("ip*"))
    again = material.import_transcripts(study, files)
    assert {result.status for result in again} == {"unchanged"}
    changed = study.path.parent / "ip01.txt"
    changed.write_text("I: Hej?\nIP: Nej.", encoding="utf-8")
    [result] = material.import_transcripts(study, [changed])
    assert (result.status, result.document) == ("changed", "ip01")


def test_one_bad_transcript_among_ten(tmp_path: Path) -> None:
    """The good ones are in, the bad one is listed, and originals are kept byte by byte."""
    folder = create_study(tmp_path / "s", Study(name="s"))
    files = []
    for i in range(10):
        path = tmp_path / f"t{i}.txt"
        path.write_bytes(b"" if i == 4 else f"I: Nr {i}?\r\nIP: Ja, på ön.".encode("cp1252"))
        files.append(path)
    results = material.import_transcripts(folder, files)
    assert [result.status for result in results].count("imported") == 9
    assert results[4].status == "refused"
    kept = {path.read_bytes() for path in folder.originals.iterdir()}
    assert kept == {path.read_bytes() for path in files if path.stat().st_size}


def test_same_stem_gets_a_name_of_its_own(tmp_path: Path) -> None:
    """Two files of one name in different formats are two documents."""
    folder = create_study(tmp_path / "s", Study(name="s"))
    for ending, text in (("txt", "I: A?\nIP: B."), ("md", "I: C?\nIP: D.")):
        (tmp_path / f"ip01.{ending}").write_text(text, encoding="utf-8")
    found = material.import_transcripts(folder, [tmp_path / "ip01.txt", tmp_path / "ip01.md"])
    assert [result.document for result in found] == ["ip01", "ip01-2"]


def test_codings_survive_the_round_trip(study: StudyFolder, tmp_path: Path) -> None:
    """Exported codings come back into an empty copy alike; into the same study as unchanged."""
    coding.import_codings(study, _table(tmp_path, _some_rows()))
    values = coding.list_codings(study)
    columns = list(values[0])
    rows = [[" ".join(v) if isinstance(v, list) else v for v in row.values()] for row in values]
    for name, content in (("a.csv", csv_bytes(columns, rows, kind="excel")),
                          ("a.xlsx", xlsx_bytes(columns, rows))):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        again = coding.import_codings(study, path)
        assert (again.added, again.unchanged) == (0, len(values))
        other = create_study(tmp_path / name.replace(".", "-"), Study(name="o"),
                             codebook=study.codebook)  # fmt: skip
        material.import_transcripts(
            other, sorted((shipped("transcripts") / "strategi").glob("ip*"))
        )
        coding.import_codings(other, path)
        strip = {"coding", "created", "origin"}
        assert _without(coding.list_codings(other), strip) == _without(values, strip)


def _without(values: list[dict], names: set[str]) -> list[dict]:
    return [{k: v for k, v in row.items() if k not in names} for row in values]


def _some_rows() -> list[list[str]]:
    return [
        ["ip01", "En plan tar slut", "plan", "Anna", "=minne", "favourite"],
        ["ip02", "Jag har läst planen", "Planen", "Anna", "", ""],
        ["ip02", "Politiskt. Absolut.", "anchoring/political", "Bo", "", "deviant"],
    ]


def _table(tmp_path: Path, rows: list[list[str]]) -> Path:
    path = tmp_path / "in.csv"
    columns = ["document", "quote", "code", "coder", "memo", "flags"]
    path.write_bytes(csv_bytes(columns, rows))
    return path


def test_bad_rows_are_all_listed_and_nothing_comes_in(study: StudyFolder, tmp_path: Path) -> None:
    """Every bad row is named by its line, and no row of the table is taken over."""
    rows = [*_some_rows(), ["ip09", "x", "plan", "A", "", ""], ["ip01", "finns inte", "plan", "A", "", ""],
            ["ip01", "En plan tar slut", "plann", "A", "", ""]]  # fmt: skip
    with pytest.raises(ExchangeError) as caught:
        coding.import_codings(study, _table(tmp_path, rows))
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "line 5",
        "line 6",
        "line 7",
    ]
    assert "plan" in caught.value.problems[2]
    assert coding.list_codings(study) == []


def test_retracted_never_counts_and_stays_retracted(study: StudyFolder, tmp_path: Path) -> None:
    """A retracted coding leaves every count, and its export does not bring it back."""
    coding.import_codings(study, _table(tmp_path, _some_rows()[:1]))
    [row] = coding.list_codings(study)
    exported = tmp_path / "out.csv"
    exported.write_bytes(csv_bytes(list(row), [[" ".join(v) if isinstance(v, list) else v
                                                for v in row.values()]]))  # fmt: skip
    coding.retract_codings(study, [row["coding"]])
    assert reporting.summarise(study).summary.row("plan").k == 0
    again = coding.import_codings(study, exported)
    assert (again.added, again.retracted) == (0, 1)


def test_several_coders_and_none_named_is_refused(study: StudyFolder, tmp_path: Path) -> None:
    """With two coders, themes says who they are; a name, any, all and study.toml decide."""
    coding.import_codings(study, _table(tmp_path, _some_rows()))
    with pytest.raises(StudyError, match="Anna and Bo"):
        reporting.summarise(study)
    assert reporting.summarise(study, coder="bo").summary.row("plan").codings == 0
    assert reporting.summarise(study, coder="any").summary.row("plan").codings == 2
    assert reporting.summarise(study, coder="all").summary.row("plan").k == 0
    with study.settings.open("a", encoding="utf-8") as file:
        file.write('\ncoder = "Anna"\n')
    assert reporting.summarise(study).coders == ("Anna",)


def test_suggesting_again_doubles_nothing_and_rejected_stays(study: StudyFolder) -> None:
    """The second run finds nothing new; a rejected suggestion stays rejected."""
    first = suggesting.run_suggestions(study)
    assert first.new > 0
    view = suggesting.review_queue(study)[0]
    suggesting.decide(study, view.suggestion, Answer("rejected"), coder="Anna")
    again = suggesting.run_suggestions(study)
    assert (again.new, again.known, again.withdrawn) == (0, first.new, 0)
    states = [v.state for v in suggesting.list_suggestions(study)]
    assert states.count("rejected") == 1
    assert len(states) == first.new
    with pytest.raises(StudyError, match="in the meantime"):
        suggesting.decide(study, view.suggestion, Answer("accepted"), coder="Anna")


def test_accepted_suggestion_is_a_coding_and_others_never_count(study: StudyFolder) -> None:
    """Suggestions are in no number; accepting one makes a coding with its origin."""
    suggesting.run_suggestions(study)
    assert reporting.summarise(study).summary.row("plan").codings == 0
    view = suggesting.review_queue(study, code="plan")[0]
    suggesting.decide(study, view.suggestion, Answer("accepted"), coder="Anna")
    [row] = coding.list_codings(study)
    assert row["origin"] == f"suggestion:{view.suggestion.id}"
    assert row["quote"] == view.quote
    other = suggesting.review_queue(study, code="anchoring")[0]
    suggesting.decide(study, other.suggestion, Answer("corrected", "political"), coder="Anna")
    assert {row["code"] for row in coding.list_codings(study)} == {"plan", "political"}


def test_changed_keywords_withdraw_and_bring_back(study: StudyFolder) -> None:
    """What the codebook no longer finds is kept and no longer open; it can come back."""
    first = suggesting.run_suggestions(study)
    text = study.codebook.read_text(encoding="utf-8")
    study.codebook.write_text(text.replace('["*plan"]', "[strategi]"), encoding="utf-8")
    changed = suggesting.run_suggestions(study)
    assert changed.withdrawn > 0
    assert changed.new > 0
    study.codebook.write_text(text, encoding="utf-8")
    back = suggesting.run_suggestions(study)
    assert (back.new, back.known) == (0, first.new)
    assert len(suggesting.review_queue(study)) == first.new


def test_only_respondents_unless_told_otherwise(study: StudyFolder) -> None:
    """The interviewer's words are left out, and taken in on request; the question is shown."""
    suggesting.run_suggestions(study)
    views = suggesting.list_suggestions(study)
    assert all(view.speaker != "Intervjuare" for view in views)
    assert any(view.question.endswith("?") for view in views)
    assert suggesting.run_suggestions(study, everyone=True).new > 0


def test_human_coding_overtakes_a_suggestion(study: StudyFolder) -> None:
    """A suggestion that a human has coded alike is no longer open."""
    suggesting.run_suggestions(study)
    view = suggesting.review_queue(study, code="plan")[0]
    place = (None, view.suggestion.span.start, view.suggestion.span.end)
    coding.add_coding(study, document=view.document.name, code="plan", coder="Bo", place=place)
    [found] = [
        v for v in suggesting.list_suggestions(study) if v.suggestion.id == view.suggestion.id
    ]
    assert found.state == "overtaken"


def test_respondents_table(study: StudyFolder) -> None:
    """Respondents are matched by document and speaker; attributes split the table."""
    material.import_respondents(study, shipped("transcripts") / "strategi" / "respondents.csv")
    found = reporting.summarise(study, unit="persons", by="role").summary
    assert found.n == 11
    assert list(found.row("plan").groups) == [
        "enhetschef", "polischef", "strateg", "utvecklingsledare", "åklagare",
    ]  # fmt: skip
    assert reporting.summarise(study, unit="organisations").summary.n == 10


def test_respondents_problems_are_listed(study: StudyFolder, tmp_path: Path) -> None:
    """An unknown document, and a person who could be two, are both named."""
    path = tmp_path / "r.csv"
    path.write_text("respondent;document\nR1;ip02\nR2;ip77\nR3;\n", encoding="cp1252")
    with pytest.raises(ExchangeError) as caught:
        material.import_respondents(study, path)
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["line 2", "line 3"]
    assert "IP1 and IP2" in caught.value.problems[0]


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    """The strategy demo."""
    return make_demo(tmp_path_factory.mktemp("strategi") / "demo")


def shares(summary: ThemeSummary, *codes: str) -> dict[str, tuple[int, int]]:
    """Return k and n of codes."""
    return {code: (summary.row(CodeId(code)).k, summary.row(CodeId(code)).n) for code in codes}


def test_strategy_demo_has_the_numbers_of_the_field(strategy: DemoResult) -> None:
    """10 interviews and 11 persons: 7 know the plan, 4 of them had no use of it, 1 not anchored."""
    assert shares(strategy.themes.summary, "knows-plan", "no-use", "not-anchored") == {
        "knows-plan": (7, 10), "no-use": (4, 7), "not-anchored": (1, 10),
    }  # fmt: skip
    persons = reporting.summarise(strategy.folder, unit="persons").summary
    assert persons.n == 11
    assert shares(persons, "knows-plan", "no-use") == {"knows-plan": (8, 11), "no-use": (4, 8)}
    organisations = reporting.summarise(strategy.folder, unit="organisations").summary
    assert organisations.n == 10
    assert {path.suffix for path in strategy.reports} == {".docx", ".html", ".md", ".xlsx"}
    assert study_status(strategy.folder).suggestions_open > 0


def test_strategy_demo_codings_are_two_coders_who_mostly_agree(strategy: DemoResult) -> None:
    """All rows come in; the coders agree on most themes; few codings of each theme are favourites."""
    with (shipped("transcripts") / "strategi" / "codings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert strategy.codings.added == len(rows)
    values = coding.list_codings(strategy.folder)
    themes: dict[str, set[tuple[str, str]]] = {}
    for row in values:
        themes.setdefault(row["coder"], set()).add((row["document"], row["theme"]))
    maja, erik = themes["Maja Lindqvist"], themes["Erik Sandvik"]
    assert 0.75 <= len(maja & erik) / len(maja | erik) < 1
    for theme in {row["theme"] for row in values}:
        of_maja = [
            row for row in values if (row["theme"], row["coder"]) == (theme, "Maja Lindqvist")
        ]
        favourites = sum("favourite" in row["flags"] for row in of_maja)
        assert favourites <= len(of_maja) / 5, theme


def test_elderly_care_demo_reuses_the_codebook(tmp_path: Path) -> None:
    """Six interviews; 4 themes with 11 subthemes, all carried by codings; three codes are shared."""
    found = make_demo(tmp_path / "demo", study="aldreomsorg")
    codebook, summary = found.themes.codebook, found.themes.summary
    assert (len(codebook.themes), len(codebook) - len(codebook.themes)) == (4, 11)
    assert {code.id for code in codebook if code.source == "strategi"} == {
        "prevention", "asking", "cooperation",
    }  # fmt: skip
    assert summary.n == 6
    assert all(row.codings for row in summary.rows)
    word = docx.Document(str(found.reports[0]))
    headings = {p.text for p in word.paragraphs if p.style and p.style.name.startswith("Heading")}
    assert headings >= {theme.name("sv") for theme in codebook.themes}


@pytest.mark.parametrize("study", sorted(DEMO_STUDIES))
def test_demo_material_says_that_it_is_fictional(study: str) -> None:
    """Every shipped interview says so first, has 500 to 1 500 words, a question and an answer."""
    files = [path for path in (shipped("transcripts") / study).iterdir() if path.suffix != ".csv"]
    assert len(files) == {"strategi": 10, "aldreomsorg": 6}[study]
    least = {"strategi": 800, "aldreomsorg": 500}[study]
    for path in files:
        found = read_document(path, language="sv", options=ReadOptions(interviewers=INTERVIEWERS))
        text = found.document.text
        assert text.startswith("FIKTIV INTERVJU")
        assert least <= len(text.split()) <= 1500, path.name
        assert {speaker.role for speaker in found.speakers} == {"interviewer", "respondent"}


def test_heading_takes_no_coding(tmp_path: Path) -> None:
    """A code that is only a heading is refused by hand, by table and in review alike."""
    (tmp_path / "k.yaml").write_text(
        "themes:\n"
        "- {id: top, name: Topp, definition: En rubrik., codable: false, codes: [\n"
        "    {id: below, name: Under, definition: En kod.}]}\n",
        encoding="utf-8",
    )
    folder = create_study(tmp_path / "s", Study(name="s"), codebook=tmp_path / "k.yaml")
    (tmp_path / "a.txt").write_text("I: Hur?\nIP: Så här gjorde vi.\n", encoding="utf-8")
    material.import_transcripts(folder, [tmp_path / "a.txt"])
    place = ("Så här gjorde vi.", None, None)
    with pytest.raises(UnknownName) as caught:
        coding.add_coding(folder, document="a", code="top", coder="Anna", place=place)
    assert caught.value.candidates == ("below",)
    table = _table(tmp_path, [["a", "Så här gjorde vi.", "top", "Anna"]])
    with pytest.raises(ExchangeError, match="No coding was imported"):
        coding.import_codings(folder, table)
    assert coding.add_coding(folder, document="a", code="below", coder="Anna", place=place)


def test_command_that_changes_nothing_leaves_no_history(study: StudyFolder, tmp_path: Path) -> None:
    """Importing the same table again is told to the user and leaves no entry."""
    table = _table(tmp_path, _some_rows())
    coding.import_codings(study, table)
    before = study_history(study)
    again = coding.import_codings(study, table)
    assert (again.added, again.unchanged) == (0, len(_some_rows()))
    assert study_history(study) == before
