"""kvalanalys: qualitative interview analysis, from transcripts to a chapter that can be traced.

The names below are the public library; they are imported when they are first used.

>>> from kvalanalys import Span
>>> Span(3, 7).overlaps(Span(6, 9))
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kvalanalys.codebook_file import read_codebook
    from kvalanalys.errors import KvalanalysError
    from kvalanalys.importers import ReadOptions, read_document
    from kvalanalys.model import (
        Case,
        Code,
        Codebook,
        Coder,
        Coding,
        Document,
        Memo,
        Span,
        Speaker,
        Study,
        Suggestion,
        Turn,
    )
    from kvalanalys.store import StudyStore
    from kvalanalys.workflow.coding import add_coding, import_codings, list_codings
    from kvalanalys.workflow.folder import create_study, find_study
    from kvalanalys.workflow.material import import_respondents, import_transcripts
    from kvalanalys.workflow.reporting import ReportOptions, summarise, write_reports
    from kvalanalys.workflow.suggesting import run_suggestions

__version__ = "0.1.0"
__all__ = [
    "Case", "Code", "Codebook", "Coder", "Coding", "Document", "KvalanalysError", "Memo",
    "ReadOptions", "ReportOptions", "Span", "Speaker", "Study", "StudyStore", "Suggestion", "Turn",
    "add_coding", "create_study", "find_study", "import_codings", "import_respondents",
    "import_transcripts", "list_codings", "read_codebook", "read_document", "run_suggestions",
    "summarise", "write_reports",
]  # fmt: skip
_PLACES = {
    "KvalanalysError": "errors",
    "ReadOptions": "importers",
    "ReportOptions": "workflow.reporting",
    "StudyStore": "store",
    "add_coding": "workflow.coding",
    "create_study": "workflow.folder",
    "find_study": "workflow.folder",
    "import_codings": "workflow.coding",
    "import_respondents": "workflow.material",
    "import_transcripts": "workflow.material",
    "list_codings": "workflow.coding",
    "read_codebook": "codebook_file",
    "read_document": "importers",
    "run_suggestions": "workflow.suggesting",
    "summarise": "workflow.reporting",
    "write_reports": "workflow.reporting",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kvalanalys' has no attribute {name!r}")
    return getattr(import_module(f"kvalanalys.{_PLACES.get(name, 'model')}"), name)
