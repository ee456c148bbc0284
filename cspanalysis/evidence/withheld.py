"""What a public edition keeps back of the figures of a ward or a small area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cspanalysis.evidence.comparability import Line
from cspanalysis.evidence.gather import Evidence

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.disclosure.plan import Plan

__all__ = ["KEPT_BACK", "withheld"]

KEPT_BACK = (
    "A count is kept back ([c]): it is small and could point at people, or would give a small one "
    "away."
)
_SUMS = ("all-crime", "anti-social-behaviour")
"""Of these alone months are shown of a small place: those of others would add up to small ones."""


def withheld(evidence: Evidence, plan: Plan) -> Evidence:
    """Take the counts of a small place that its family's plan hides out of the evidence.

    Months are left of what the plan hides nothing of, and which has no small month.
    """
    return replace(
        evidence,
        lines=tuple(_line(line, evidence, plan) for line in evidence.lines),
        monthly=None if evidence.monthly is None else _months(evidence, evidence.monthly, plan),
    )


def _line(line: Line, evidence: Evidence, plan: Plan) -> Line:
    held = evidence.comparison
    code, measure = held.area.code, line.measure.code
    hidden = frozenset(
        name
        for name, count, period in (
            ("before", line.before, held.baseline),
            ("after", line.after, held.period),
        )
        if count is not None and plan.hides(code, measure, period, count=count)
    )
    if not hidden:
        return line
    return replace(
        line,
        before=None if "before" in hidden else line.before,
        after=None if "after" in hidden else line.after,
        missing=KEPT_BACK,
        kept_back=hidden,
    )


def _months(evidence: Evidence, monthly: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    area = evidence.comparison.area.code
    small = ((monthly > 0) & (monthly < plan.threshold)).fillna(value=False).any()
    kept = [
        code for code in _SUMS if code in monthly and not small[code] and plan.tells_all(area, code)
    ]
    return monthly[kept]
