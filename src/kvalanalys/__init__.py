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
    from kvalanalys.analysis import population_of, summarise_themes
    from kvalanalys.codebook_file import read_codebook
    from kvalanalys.errors import KvalanalysError
    from kvalanalys.importers import read_document
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
    from kvalanalys.suggest import suggest_codings

__version__ = "0.1.0"
__all__ = [
    "Case", "Code", "Codebook", "Coder", "Coding", "Document", "KvalanalysError", "Memo", "Span",
    "Speaker", "Study", "StudyStore", "Suggestion", "Turn", "population_of", "read_codebook",
    "read_document", "suggest_codings", "summarise_themes",
]  # fmt: skip
_PLACES = {
    "KvalanalysError": "kvalanalys.errors",
    "StudyStore": "kvalanalys.store",
    "population_of": "kvalanalys.analysis",
    "read_codebook": "kvalanalys.codebook_file",
    "read_document": "kvalanalys.importers",
    "suggest_codings": "kvalanalys.suggest",
    "summarise_themes": "kvalanalys.analysis",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kvalanalys' has no attribute {name!r}")
    return getattr(import_module(_PLACES.get(name, "kvalanalys.model")), name)
