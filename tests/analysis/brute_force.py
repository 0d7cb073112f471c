"""The judge of counting: random studies, and a count in the plainest pandas there is.

Nothing here uses kvalanalys. The rules are those of ``docs/counting.md``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pandas as pd

SPEECH, GAP = 40, 5


@dataclass(frozen=True)
class RandomStudy:
    """A study as tables: codes, documents, turns, speakers, attributes, codings."""

    codes: pd.DataFrame
    documents: pd.DataFrame
    turns: pd.DataFrame
    speakers: pd.DataFrame
    attributes: pd.DataFrame
    codings: pd.DataFrame


def random_study(seed: int) -> RandomStudy:
    """Make a study: nested codes with bases, several coders, up to three persons an interview."""
    rng = random.Random(seed)
    codes = _random_codes(rng)
    documents = [f"d{i}" for i in range(rng.randint(1, 10))]
    turns, speakers, cases = _random_talk(rng, documents)
    attributes = _random_attributes(rng, cases)
    codings = _random_codings(rng, [row[0] for row in codes], turns)
    return RandomStudy(
        pd.DataFrame(codes, columns=["code", "parent", "base"], dtype=object),
        pd.DataFrame({"document": documents}),
        pd.DataFrame(turns, columns=["document", "number", "label", "start", "end"]),
        pd.DataFrame(speakers, columns=["document", "label", "role", "case"], dtype=object),
        pd.DataFrame(attributes, columns=["case", "name", "value"]),
        pd.DataFrame(
            codings, columns=["id", "document", "code", "coder", "start", "end", "retracted"]
        ),
    )


def _random_codes(rng: random.Random) -> list[list[str | None]]:
    codes: list[list[str | None]] = []
    depth: dict[str, int] = {}
    for i in range(rng.randint(3, 14)):
        parents = [code for code, level in depth.items() if level < 3]
        parent = rng.choice(parents) if parents and rng.random() < 0.6 else None
        codes.append([f"c{i}", parent, None])
        depth[f"c{i}"] = depth[parent] + 1 if parent else 0
    for row in rng.sample(codes, rng.randint(0, min(4, len(codes)))):
        row[2] = rng.choice([other[0] for other in codes if other[0] != row[0]])
    return codes


def _random_talk(rng: random.Random, documents: list[str]) -> tuple[list, list, list[str]]:
    turns, speakers, cases = [], [], []
    all_have_cases = rng.random() < 0.6
    for document in documents:
        labels = [f"R{i}" for i in range(rng.choices([0, 1, 2, 3], [1, 6, 3, 2])[0])]
        speakers.append([document, "I", "interviewer", None])
        for label in labels:
            case = None
            if all_have_cases or rng.random() < 0.6:
                again = cases and rng.random() < 0.15
                case = rng.choice(cases) if again else f"p{len(cases)}"
                if case not in cases:
                    cases.append(case)
            speakers.append([document, label, "respondent", case])
        position = 0
        for number in range(1, rng.randint(3, 9)):
            label = "I" if number % 2 or not labels else rng.choice(labels)
            position += GAP
            turns.append([document, number, label, position, position + SPEECH])
            position += SPEECH
    return turns, speakers, cases


def _random_attributes(rng: random.Random, cases: list[str]) -> list[list[str]]:
    rows = []
    complete = rng.random() < 0.7
    for case in cases:
        if complete or rng.random() < 0.7:
            rows.append([case, "organisation", f"o{rng.randint(0, 4)}"])
        if rng.random() < 0.7:
            rows.append([case, "size", rng.choice(["liten", "stor"])])
    return rows


def _random_codings(rng: random.Random, codes: list, turns: list[list]) -> list[list]:
    coders = [f"k{i}" for i in range(rng.randint(1, 4))]
    rows = []
    for i in range(rng.randint(0, 120)):
        document, _number, _label, start, end = rng.choice(turns)
        first = rng.randrange(start, end)
        length = rng.choice([3, 10, SPEECH, SPEECH + GAP + 5, 2 * SPEECH])
        last = max(turn[4] for turn in turns if turn[0] == document)
        rows.append([f"x{i}", document, rng.choice(codes), rng.choice(coders),
                     first, min(first + length, last), rng.random() < 0.15])  # fmt: skip
    return rows


def brute_force_count(
    study: RandomStudy, *, unit: str, coder: str, by: str | None = None
) -> pd.DataFrame:
    """Count k of n for every code, the slow way."""
    live = study.codings[~study.codings["retracted"].astype(bool)]
    if coder not in {"any", "all"}:
        live = live[live["coder"] == coder]
    persons = _persons(study)
    belongs = _belongs(study, live, persons, unit)
    everyone = set(study.documents["document"]) if unit == "interviews" else set(persons[unit])
    groups = _groups(study, persons, unit, by) if by else None
    rows = []
    for row in study.codes.to_dict("records"):
        has = _units(study, live, belongs, row["code"], coder)
        base = everyone if row["base"] is None else _units(study, live, belongs, row["base"], coder)
        mine = live[live["code"].isin(_below(study, row["code"]))]
        rows.append({
            "code": row["code"], "k": len(has & base), "n": len(base), "codings": len(mine),
            "documents": mine["document"].nunique(),
            "groups": None if groups is None else {
                value: (len(has & base & units), len(base & units))
                for value, units in groups.items()
            },
        })  # fmt: skip
    return pd.DataFrame(rows)


def _below(study: RandomStudy, code: str) -> set[str]:
    found = {code}
    for child in study.codes.loc[study.codes["parent"] == code, "code"]:
        found |= _below(study, child)
    return found


def _value(study: RandomStudy, case: str | None, name: str) -> str:
    rows = study.attributes
    found = rows.loc[(rows["case"] == case) & (rows["name"] == name), "value"]
    return found.iloc[0] if case is not None and len(found) else ""


def _persons(study: RandomStudy) -> pd.DataFrame:
    """Return a row per respondent speaker: document, label, case, person, organisation."""
    found = study.speakers[study.speakers["role"] == "respondent"].copy()
    found["persons"] = [
        row["case"] if row["case"] is not None else f"{row['document']}|{row['label']}"
        for row in found.to_dict("records")
    ]
    found["organisations"] = [_value(study, case, "organisation") for case in found["case"]]
    return found


def _belongs(
    study: RandomStudy, live: pd.DataFrame, persons: pd.DataFrame, unit: str
) -> dict[str, set[str]]:
    """Return the units of each coding by its id."""
    if unit == "organisations" and (persons["organisations"] == "").any():
        raise ValueError("a person has no organisation")
    belongs: dict[str, set[str]] = {}
    for coding in live.to_dict("records"):
        if unit == "interviews":
            belongs[coding["id"]] = {coding["document"]}
            continue
        turns = study.turns[study.turns["document"] == coding["document"]]
        touched = turns[(turns["start"] < coding["end"]) & (turns["end"] > coding["start"])]
        mine = persons[
            (persons["document"] == coding["document"]) & persons["label"].isin(touched["label"])
        ]
        belongs[coding["id"]] = set(mine[unit])
    return belongs


def _units(
    study: RandomStudy, live: pd.DataFrame, belongs: dict[str, set[str]], code: str, coder: str
) -> set[str]:
    mine = live[live["code"].isin(_below(study, code))]
    if coder != "all":
        return set().union(*[belongs[id] for id in mine["id"]])
    per_coder = [
        set().union(*[belongs[id] for id in mine.loc[mine["coder"] == who, "id"]])
        for who in live["coder"].unique()
    ]
    return set.intersection(*per_coder) if per_coder else set()


def _groups(study: RandomStudy, persons: pd.DataFrame, unit: str, by: str) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for person in persons.to_dict("records"):
        own = person["document"] if unit == "interviews" else person[unit]
        groups.setdefault(_value(study, person["case"], by), set()).add(own)
    if unit == "interviews":
        silent = set(study.documents["document"]) - set(persons["document"])
        if silent:
            groups.setdefault("", set()).update(silent)
    return dict(sorted(groups.items()))
