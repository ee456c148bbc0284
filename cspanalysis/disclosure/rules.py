"""The rules of what public editions hide, in one place; `docs/disclosure.md` explains them."""

from __future__ import annotations

__all__ = ["SMALL", "THRESHOLD"]

THRESHOLD = 5
"""Counts from 1 to below this are not published, and possible values of each span it at least."""
SMALL = frozenset({"ward", "lsoa"})
"""Kinds of areas whose counts could point at people."""
