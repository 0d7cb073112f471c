"""New ids."""

from __future__ import annotations

import uuid


def new_id() -> str:
    """Return a random UUID as text."""
    return str(uuid.uuid4())
