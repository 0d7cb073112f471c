"""One job in a process of its own; prints the CPU seconds of its steps as JSON.

usage: work.py import WORKLOAD | suggest WORKLOAD N | spacy WORKLOAD N
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SPENT: dict[str, float] = {}


@contextmanager
def step(name: str) -> Iterator[None]:
    """Note the CPU seconds of a step."""
    start = time.process_time()
    yield
    SPENT[name] = time.process_time() - start


def write_codebook(workload: Path, path: Path) -> dict[str, str]:
    """Write the workload's codes as a codebook and return its ids by the workload's names."""
    with (workload / "codes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = {row["code"]: f"k{i}" for i, row in enumerate(rows)}
    below: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        below.setdefault(row["parent"], []).append(row)

    def branch(parent: str) -> list[dict[str, object]]:
        return [
            {
                "id": ids[row["code"]], "name": row["code"], "definition": row["description"],
                "keywords": [row["code"].split("_")[-1]], "codes": branch(row["code"]),
            }
            for row in below.get(parent, [])
        ]  # fmt: skip

    path.write_text(json.dumps({"themes": branch("")}), encoding="utf-8")  # JSON is YAML
    return ids


def import_and_report(workload: Path) -> None:  # noqa: PLR0915 - one job after another
    """Import 200 transcripts, count 40 000 codings, write their quotations; no imports measured."""
    import kvalanalys.store.transaction  # noqa: F401
    from kvalanalys.files.atomic import write_file
    from kvalanalys.files.tables import csv_bytes
    from kvalanalys.importers import IMPORTERS
    from kvalanalys.model import Coder, CoderId, Span, Study
    from kvalanalys.reports.compose import quotation_block
    from kvalanalys.reports.outline import Report
    from kvalanalys.reports.to_html import render_html
    from kvalanalys.store import StudyStore
    from kvalanalys.workflow import material, reporting
    from kvalanalys.workflow.bulk import many_values
    from kvalanalys.workflow.coding import new_coding
    from kvalanalys.workflow.folder import create_study, keep_codebook, load_codebook

    for name in IMPORTERS.names():
        IMPORTERS.load(name)
    with tempfile.TemporaryDirectory() as place:
        target = Path(place)
        ids = write_codebook(workload, target / "codebook.yaml")
        study = Study(name="benchmark", coder="any")
        folder = create_study(target / "study", study, codebook=target / "codebook.yaml")
        files = sorted((workload / "txt").glob("*.txt"))
        with step("import"):
            material.import_transcripts(folder, files)
        with StudyStore.open(folder.database) as store:
            codebook = load_codebook(folder, store)
            documents = {document.name: document for document in store.load_documents()}
            with (workload / "codings.csv").open(encoding="utf-8") as file:
                codings = [
                    new_coding(
                        documents[row["doc"]], Span(int(row["start"]), int(row["end"])),
                        codebook.find(ids[row["code"]]), CoderId(row["coder"]), origin="manual",
                        created="2026-01-01T00:00:00Z",
                    )
                    for row in csv.DictReader(file)
                ]  # fmt: skip
            coders = {coding.coder_id for coding in codings}
            with store.transaction("benchmark") as transaction:
                transaction.save_coders(Coder(id, id) for id in sorted(coders))
                transaction.save_codings(codings)
                keep_codebook(transaction, store, folder, codebook)
        del codings, documents
        with step("themes"):
            reporting.theme_values(reporting.summarise(folder))
        with step("quotations html"), many_values():
            quotations, codebook, _names = reporting.list_quotations(folder)
            report = Report(
                title="", subtitle="", language="sv", changed="", question_label="",
                blocks=map(quotation_block, quotations),
            )  # fmt: skip
            write_file(target / "r.html", render_html(report))
        del quotations, report
        with step("quotations csv"), many_values():
            quotations, codebook, _names = reporting.list_quotations(folder)
            values = reporting.quotation_values(quotations, codebook)
            rows = [list(row.values()) for row in values]
            write_file(target / "q.csv", csv_bytes(list(values[0]), rows))


def read_texts(workload: Path, n: int) -> list[Path]:
    """Return the first n transcripts of a workload."""
    return sorted((workload / "txt").glob("*.txt"))[:n]


def suggest(workload: Path, n: int) -> None:
    """Suggest by rules for n interviews; the dictionary is loaded before."""
    from kvalanalys.codebook_file import read_codebook
    from kvalanalys.importers import read_document
    from kvalanalys.language import is_known_word, split_sentences, term_keys
    from kvalanalys.model import Span
    from kvalanalys.suggest import sentence_units, suggest_codings
    from kvalanalys.suggest.rules import RuleSuggester

    term_keys("ord", "sv")
    is_known_word("ord", "sv")
    split_sentences("En mening.", Span(0, 10), "sv")
    with tempfile.TemporaryDirectory() as place:
        write_codebook(workload, Path(place) / "codebook.yaml")
        codebook = read_codebook(Path(place) / "codebook.yaml")
    found = [read_document(path, language="sv") for path in read_texts(workload, n)]
    with step("suggest"):
        suggester = RuleSuggester(codebook, language="sv")
        made = [
            suggest_codings(suggester, one.document, sentence_units(one.document, one.speakers),
                            codebook=codebook)
            for one in found
        ]  # fmt: skip
    SPENT["suggestions"] = sum(map(len, made))


def first_pass(workload: Path, n: int) -> None:
    """Tokenise the same texts with a fresh blank pipeline."""
    import spacy

    texts = [path.read_text(encoding="utf-8") for path in read_texts(workload, n)]
    nlp = spacy.blank("sv")
    with step("spacy"):
        for text in texts:
            nlp(text)


if __name__ == "__main__":
    job, place, *rest = sys.argv[1:]
    if job == "import":
        import_and_report(Path(place))
    else:
        {"suggest": suggest, "spacy": first_pass}[job](Path(place), int(rest[0]))
    print(json.dumps(SPENT))
