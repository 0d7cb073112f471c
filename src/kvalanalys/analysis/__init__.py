"""Codings → summaries: frozen results with rows, and a data frame on request."""

from kvalanalys.analysis.counting import ALL, ANY, CoderChoice, Population, population_of
from kvalanalys.analysis.quotations import Quotation, QuotationMaker, choose_quotations
from kvalanalys.analysis.themes import ThemeRow, ThemeSummary, summarise_themes

__all__ = [
    "ALL",
    "ANY",
    "CoderChoice",
    "Population",
    "Quotation",
    "QuotationMaker",
    "ThemeRow",
    "ThemeSummary",
    "choose_quotations",
    "population_of",
    "summarise_themes",
]
