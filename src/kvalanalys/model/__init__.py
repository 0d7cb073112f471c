"""Values: frozen, validated at birth, standard library only."""

from kvalanalys.model.case import Case, CaseId
from kvalanalys.model.codebook import Code, Codebook, CodeId
from kvalanalys.model.coding import (
    FLAGS,
    CodedSegment,
    Coder,
    CoderId,
    Coding,
    CodingId,
    Memo,
    MemoId,
)
from kvalanalys.model.document import Document, DocumentId, Turn
from kvalanalys.model.identifier import new_id
from kvalanalys.model.span import Span
from kvalanalys.model.speaker import Role, Speaker
from kvalanalys.model.study import (
    COUNT_UNITS,
    REVIEW_KEYS,
    CountUnit,
    HistoryEntry,
    Progress,
    Study,
    no_progress,
)
from kvalanalys.model.suggestion import (
    Decision,
    DecisionKind,
    Match,
    Suggestion,
    SuggestionId,
    SuggestionState,
)

__all__ = [
    "COUNT_UNITS",
    "FLAGS",
    "REVIEW_KEYS",
    "Case",
    "CaseId",
    "Code",
    "CodeId",
    "CodedSegment",
    "Codebook",
    "Coder",
    "CoderId",
    "Coding",
    "CodingId",
    "CountUnit",
    "Decision",
    "DecisionKind",
    "Document",
    "DocumentId",
    "HistoryEntry",
    "Match",
    "Memo",
    "MemoId",
    "Progress",
    "Role",
    "Span",
    "Speaker",
    "Study",
    "Suggestion",
    "SuggestionId",
    "SuggestionState",
    "Turn",
    "new_id",
    "no_progress",
]
