"""The review in the terminal, by the keys that a human presses, as a real process."""

from __future__ import annotations

import json
from pathlib import Path

from kvalanalys.workflow.coding import list_codings
from kvalanalys.workflow.folder import StudyFolder
from kvalanalys.workflow.suggesting import list_suggestions, run_suggestions
from tests.cli.test_cli import run


def review(study: StudyFolder, keys: str, *words: str) -> str:
    """Review as Anna with what is typed, and return the screen."""
    found = run("review", "--coder", "Anna", *words, at=study.path, input=keys)
    assert found.returncode == 0, found.stderr
    return found.stdout


def codings(study: StudyFolder) -> list[tuple[str, str, str | None]]:
    """Return quotation, code and memo of every live coding."""
    return [(row["quote"], row["code"], row["memo"]) for row in list_codings(study)]


def test_accept_with_memo_and_passage(study: StudyFolder) -> None:
    """A memo and another passage are shown before the answer, and kept with the coding."""
    run_suggestions(study)
    view = list_suggestions(study)[0]
    screen = review(study, "m\nviktigt\ne\n1\na\nq\n")
    assert "Memo: viktigt" in screen
    [(quote, code, memo)] = codings(study)
    assert (code, memo) == (view.suggestion.code_id, "viktigt")
    turn = view.document.turns_touched(view.suggestion.span)[0]
    assert turn.span.cut(view.document.text).startswith(quote)


def test_undo_opens_the_suggestion_again(study: StudyFolder) -> None:
    """What was accepted by mistake is retracted, not deleted, and asked about again."""
    run_suggestions(study)
    n = len(list_suggestions(study, states=("open",)))
    screen = review(study, "a\nu\nr\nq\n")
    assert "Taken back." in screen
    assert codings(study) == []
    states = [view.state for view in list_suggestions(study)]
    assert (states.count("rejected"), states.count("open")) == (1, n - 1)
    whole = json.loads(run("history", "--format", "json", at=study.path).stdout)
    assert [entry["command"] for entry in whole][-3:] == ["review"] * 3


def test_undo_with_nothing_to_take_back(study: StudyFolder) -> None:
    """The first key may be undo: it is said that there is nothing."""
    run_suggestions(study)
    assert "Nothing has been decided" in review(study, "u\nq\n")


def test_wrong_answers_are_asked_again(study: StudyFolder) -> None:
    """Unknown keys, codes and sentence numbers are told, and change nothing."""
    run_suggestions(study)
    screen = review(study, "x\nc\nnosuch\ne\n99\ne\nfinns inte\nq\n")
    assert "no code called" in screen
    assert "has the sentences 1 to" in screen
    assert "does not stand in this turn" in screen
    assert codings(study) == []


def test_stopping_keeps_what_was_answered(study: StudyFolder) -> None:
    """The next sitting goes on with what is open."""
    run_suggestions(study)
    n = len(list_suggestions(study))
    assert f"1 of {n} decided." in review(study, "r\n")
    assert f"1/{n - 1}" in review(study, "q\n")


def test_keys_can_be_changed(study: StudyFolder) -> None:
    """study.toml gives other keys, which are shown and work."""
    run_suggestions(study)
    settings = study.settings.read_text(encoding="utf-8")
    study.settings.write_text(f'{settings}\n[keys]\naccept = "g"\n', encoding="utf-8")
    assert "[g] accept" in review(study, "g\nq\n")
    assert len(codings(study)) == 1


def test_wrong_keys_are_refused_all_at_once(study: StudyFolder) -> None:
    """Unknown actions, keys of two letters and keys used twice are named with their line."""
    settings = study.settings.read_text(encoding="utf-8")
    study.settings.write_text(f'{settings}\n[keys]\nfly = "g"\nskip = "xy"\n', encoding="utf-8")
    found = run("review", "--coder", "Anna", at=study.path)
    assert found.returncode == 1
    assert "fly: is no action" in found.stderr
    assert "skip: must be one letter" in found.stderr
    study.settings.write_text(f'{settings}\n[keys]\nskip = "A"\n', encoding="utf-8")
    assert "key of another action" in run("review", "--coder", "Anna", at=study.path).stderr


def test_reading_codes_by_sentence_numbers(study: StudyFolder) -> None:
    """Sentences and a code on one line, or the code by its number among the recent ones."""
    screen = review(study, "1 plan\n1\n1\n\nq\n", "--read", "ip01")
    assert "2 passages coded." in screen or "has this code on this passage already" in screen
    found = codings(study)
    assert found
    assert found[0][1] == "plan"


def test_reading_goes_on_where_it_stopped_and_takes_back(study: StudyFolder) -> None:
    """The next sitting begins at the last coded turn; undo retracts; a memo goes to the coding."""
    review(study, "\n1 plan\nm\nminns detta\nq\n", "--read", "ip01")
    [(quote, _code, memo)] = codings(study)
    assert memo == "minns detta"
    screen = review(study, "* anchoring\nu\nq\n", "--read", "ip01")
    assert "Going on where you coded last" in screen
    assert "Retracted: anchoring" in screen
    assert [found[0] for found in codings(study)] == [quote]
    assert "1/" in review(study, "q\n", "--read", "ip01", "--from", "1")


def test_reading_only_shows_respondents(study: StudyFolder, tmp_path: Path) -> None:
    """The interviewer's words are the question above, not turns to code."""
    screen = review(study, "\n" * 100, "--read", "ip01")
    assert "Question: " in screen
    assert "Intervjuare" not in screen.replace("Question", "")
