"""Respondents as persons, and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Mapping

CaseId = NewType("CaseId", str)


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent with attributes (role, sector, organisation …) by name."""

    id: CaseId
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
