"""Speed as ratios: each job and its yardstick in turn, CPU seconds, median of pairs.

usage: run.py [--pairs N] [--size]; needs the developers' shared data beside the repository.
``--size`` compares installed sizes instead, in two fresh environments (slow).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PYTHON = sys.executable
ON_SCREEN = "import click, rich.console, rich.table"
HEAVY = "import spacy, pandas, sqlalchemy, docx"
FLOOR_STEPS = {
    "import": "import 200 docs", "themes": "matrix code", "quotations html": "quotes html",
    "quotations csv": "quotes csv",
}  # fmt: skip


def cpu_of(command: list[str], at: Path) -> float:
    """Return the CPU seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=at, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def steps_of(*words: str | Path) -> dict[str, float]:
    """Return the CPU seconds of the steps of a job in work.py."""
    command = [PYTHON, str(ROOT / "benchmarks" / "work.py"), *map(str, words)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(found.stdout)  # type: ignore[no-any-return]


def floor_steps(workload: Path) -> dict[str, float]:
    """Return the CPU seconds of the floor's steps."""
    command = [PYTHON, str(SHARED / "workload" / "floor.py"), str(workload)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {
        name: float(re.search(rf"^{re.escape(start)}.* cpu +([\d.]+)", printed, re.MULTILINE)[1])  # type: ignore[index]
        for name, start in FLOOR_STEPS.items()
    }


def show(name: str, ratios: list[float], limit: float) -> bool:
    """Print a row and say whether the median is within the limit."""
    middle = median(ratios)
    verdict = "ok" if middle <= limit else "OVER"
    print(f"{name:44} {middle:6.2f}  [{min(ratios):.2f}–{max(ratios):.2f}]  limit {limit:.2f}  {verdict}",
          flush=True)  # fmt: skip
    return middle <= limit


def commands(pairs: int, place: Path) -> list[bool]:
    """Compare whole commands with processes that only import."""
    product = [PYTHON, "-m", "kvalanalys", "--lang", "en"]
    subprocess.run([*product, "demo", "demo"], cwd=place, check=True, capture_output=True)
    at = place / "demo"
    rows = []
    for name, words, imports, limit in (
        ("--help / import click, rich", ["--help"], ON_SCREEN, 2.0),
        ("status / import click, rich, SQLAlchemy", ["status"], f"{ON_SCREEN}, sqlalchemy", 1.3),
        ("themes / import click, rich, SQLAlchemy", ["themes"], f"{ON_SCREEN}, sqlalchemy", 1.3),
    ):
        ratios = [cpu_of([*product, *words], at) / cpu_of([PYTHON, "-c", imports], at)
                  for _pair in range(pairs)]  # fmt: skip
        rows.append(show(name, ratios, limit))
    ratios = [
        cpu_of([*product, "demo", f"again-{pair}"], place) / cpu_of([PYTHON, "-c", HEAVY], place)
        for pair in range(pairs)
    ]
    rows.append(show("demo / import spaCy, pandas, SQLAlchemy, docx", ratios, 4.0))
    return rows


def material(pairs: int, workload: Path) -> list[bool]:
    """Compare importing, counting and quoting with the floor."""
    found = [(steps_of("import", workload), floor_steps(workload)) for _pair in range(pairs)]
    return [
        show(f"{name} / floor", [ours[name] / floor[name] for ours, floor in found], 3.0)
        for name in FLOOR_STEPS
    ]


def suggestions(pairs: int, workload: Path) -> list[bool]:
    """Compare rule suggestions with spaCy's first pass, and 200 interviews with 10."""
    found = [
        (steps_of("suggest", workload, 200), steps_of("spacy", workload, 200),
         steps_of("suggest", workload, 10))
        for _pair in range(pairs)
    ]  # fmt: skip
    return [
        show("suggest / spacy.blank, 200 interviews",
             [ours["suggest"] / spacy["spacy"] for ours, spacy, _few in found], 3.0),
        show("suggest, 200 interviews / 20 × 10 interviews",
             [ours["suggest"] / (20 * few["suggest"]) for ours, _spacy, few in found], 1.2),
    ]  # fmt: skip


def installed_size(place: Path, *packages: str) -> int:
    """Return the bytes that packages take in a fresh environment, pip and setuptools not counted."""
    venv.create(place, with_pip=True)
    bare = _bytes(place)
    subprocess.run([place / "bin" / "python", "-m", "pip", "install", "-q", "--no-compile", *packages],
                   check=True)  # fmt: skip
    return _bytes(place) - bare


def _bytes(place: Path) -> int:
    return sum(path.lstat().st_size for path in place.rglob("*") if path.is_file())


def sizes(place: Path) -> bool:
    """Compare the installed size with that of five libraries alone."""
    five = installed_size(place / "five", "spacy", "scikit-learn", "pandas", "rich", "click")
    ours = installed_size(place / "ours", str(ROOT))
    print(f"five libraries {five / 1e6:.0f} MB, kvalanalys {ours / 1e6:.0f} MB")
    return show("installed size / five libraries", [ours / five], 1.2)


def main() -> int:
    """Run what is asked for; 1 when a ratio is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--size", action="store_true")
    options = parser.parse_args()
    print(
        f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, Python {sys.version.split()[0]}"
    )
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if options.size:
            return int(not sizes(place))
        subprocess.run(
            [PYTHON, str(SHARED / "workload" / "generate.py"), str(place / "medium"), "--size", "medium",
             "--sentences", str(SHARED / "benchmark" / "superlim_argumentation_sv.jsonl")],
            check=True, capture_output=True,
        )  # fmt: skip
        rows = commands(options.pairs, place)
        rows += material(options.pairs, place / "medium")
        rows += suggestions(options.pairs, place / "medium")
        print(f"load {os.getloadavg()[0]:.1f}")
    return int(not all(rows))


if __name__ == "__main__":
    sys.exit(main())
