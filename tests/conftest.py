"""Fixtures, and the rules for tests that need more than Python: skipped and named, never in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kvalanalys.messages import speak
from kvalanalys.model import (
    Case,
    CaseId,
    Code,
    Codebook,
    CodeId,
    CoderId,
    Coding,
    CodingId,
    Document,
    DocumentId,
    Span,
    Speaker,
    Study,
    Turn,
)
from kvalanalys.workflow.folder import StudyFolder, create_study, shipped
from kvalanalys.workflow.material import import_transcripts

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
_NEEDS = {
    "needs_libreoffice": lambda: shutil.which("soffice"),
    "needs_chromium": lambda: shutil.which("chromium"),
    "needs_unshare": lambda: (
        shutil.which("unshare")
        and subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
        == 0
    ),
    "needs_shared": (SHARED / "real").is_dir,
}
_LOCAL = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine lacks, with its name; in CI let it run and fail."""
    for item in items:
        for marker, is_there in _NEEDS.items():
            if item.get_closest_marker(marker) and not is_there() and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"{marker}: not on this machine"))


class NetworkUsed(AssertionError):
    """Something tried to reach another machine."""


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise when a socket is connected, or a name looked up, beyond this machine."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host is not None and str(host) not in _LOCAL:
        raise NetworkUsed(f"{event}: {host}")


sys.addaudithook(refuse_network)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, whatever the machine's locale."""
    monkeypatch.delenv("KVALANALYS_STUDY", raising=False)
    speak("en")


@pytest.fixture
def interview() -> Document:
    """A small interview: an interviewer and two respondents."""
    return make_document(
        "ip01",
        [
            ("I", "Känner ni till planen?"),
            ("IP1", "Ja, den känner jag till. Vi har den på hyllan."),
            ("IP2", "Nej, inte jag."),
            ("I", "Hur ska den förankras?"),
            ("IP1", "I nämnden. Utan beslut händer ingenting."),
        ],
    )


def make_document(name: str, turns: list[tuple[str, str]]) -> Document:
    """Return a document of labelled turns, one to a line."""
    text, made = "", []
    for number, (label, speech) in enumerate(turns, 1):
        text += f"{label}: "
        made.append(Turn(number, label, Span(len(text), len(text) + len(speech))))
        text += f"{speech}\n"
    return Document(
        id=DocumentId(f"id-{name}"), version=1, name=name, text=text, turns=tuple(made),
        language="sv", original_sha256="0" * 64,
    )  # fmt: skip


def make_code(id: str, parent: str | None = None, base: str | None = None, **more: Any) -> Code:
    """Return a code named like its id."""
    return Code(
        id=CodeId(id), parent=CodeId(parent) if parent else None, names={"sv": id.capitalize()},
        definitions={"sv": f"Om {id}."}, base=CodeId(base) if base else None, **more,
    )  # fmt: skip


def make_coding(
    document: Document, quote: str, code: str, *, coder: str = "anna", id: str | None = None,
    **more: Any,
) -> Coding:  # fmt: skip
    """Return a coding of the first place where the quotation stands."""
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    return Coding(
        id=CodingId(id or f"{document.name}-{start}-{code}-{coder}"), document_id=document.id,
        document_version=1, span=span, quote=quote, code_id=CodeId(code), coder_id=CoderId(coder),
        origin="manual", code_fingerprint="f", created="2026-01-01T00:00:00Z", **more,
    )  # fmt: skip


@pytest.fixture
def codebook() -> Codebook:
    """A codebook of two themes, one with two codes."""
    return Codebook(
        id="small",
        codes=(
            make_code("plan"),
            make_code("knows", "plan"),
            make_code("used", "plan", base="knows"),
            make_code("anchoring", keywords=("förankra", "nämnd")),
        ),
    )


@pytest.fixture
def speakers(interview: Document) -> list[Speaker]:
    """The speakers of the interview."""
    return [
        Speaker(interview.id, "I", "I", "interviewer"),
        Speaker(interview.id, "IP1", "IP1", "respondent", CaseId("c1")),
        Speaker(interview.id, "IP2", "IP2", "respondent", CaseId("c2")),
    ]


@pytest.fixture
def cases() -> list[Case]:
    """The two respondents, in one organisation, with different roles."""
    return [
        Case(CaseId("c1"), "R1", {"role": "chef", "organisation": "Ekhamra"}),
        Case(CaseId("c2"), "R2", {"role": "strateg", "organisation": "Ekhamra"}),
    ]


CODEBOOK_TEXT = """\
themes:
  - id: anchoring
    name: {sv: Förankring, en: Anchoring}
    definition: Hur planen förankras.
    keywords: [förankra, nämnd]
    codes:
      - id: political
        name: Politisk
        definition: Beslut i politiken.
  - id: plan
    name: Planen
    definition: Om planen.
    keywords: ["*plan"]
"""


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    """A study with a small codebook and the three demo interviews imported."""
    codebook = tmp_path / "own.yaml"
    codebook.write_text(CODEBOOK_TEXT, encoding="utf-8")
    folder = create_study(tmp_path / "study", Study(name="Studien"), codebook=codebook)
    files = [path for path in (shipped("transcripts") / "strategi").iterdir()
             if path.suffix != ".csv"]  # fmt: skip
    import_transcripts(folder, sorted(files))
    return folder
