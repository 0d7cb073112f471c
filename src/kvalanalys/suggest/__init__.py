"""Propose codes for passages, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.messages import N_
from kvalanalys.registry import Registry
from kvalanalys.suggest.suggester import Score, Suggester, suggest_codings
from kvalanalys.suggest.units import sentence_units

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SUGGESTERS", "Score", "Suggester", "sentence_units", "suggest_codings"]

SUGGESTERS: Registry[Callable[..., Suggester]] = Registry(
    N_("suggester"),
    {"rules": "kvalanalys.suggest.rules:RuleSuggester"},
    group="kvalanalys.suggesters",
)
