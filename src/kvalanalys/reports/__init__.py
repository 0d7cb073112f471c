"""Summaries → files: a format-neutral outline, and one renderer per format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalanalys.messages import N_
from kvalanalys.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalanalys.reports.outline import Report

__all__ = ["RENDERERS"]

RENDERERS: Registry[Callable[[Report], bytes]] = Registry(
    N_("report format"),
    {
        "docx": "kvalanalys.reports.to_docx:render_docx",
        "html": "kvalanalys.reports.to_html:render_html",
        "md": "kvalanalys.reports.to_markdown:render_markdown",
        "xlsx": "kvalanalys.reports.to_xlsx:render_xlsx",
    },
    group="kvalanalys.renderers",
)
