"""What the numbers mean: findings, sentences and the rules of comparability."""

from __future__ import annotations

from cspanalysis.findings.changes import changes
from cspanalysis.findings.comparability import Comparison, Line
from cspanalysis.findings.finding import (
    Caveat,
    Change,
    ForceChange,
    Level,
    Provenance,
    Rate,
    Trend,
)

__all__ = [
    "Caveat",
    "Change",
    "Comparison",
    "ForceChange",
    "Level",
    "Line",
    "Provenance",
    "Rate",
    "Trend",
    "changes",
]
