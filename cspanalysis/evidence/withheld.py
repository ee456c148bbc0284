"""What a public edition keeps back of the figures of a ward or a small area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cspanalysis.disclosure.months import MONTHLY
from cspanalysis.disclosure.rules import SHIPPED, Rules
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


def withheld(evidence: Evidence, plan: Plan, rules: Rules = SHIPPED) -> Evidence:
    """Take the counts of a small place that its family's plan hides out of the evidence.

    Months are left of what the plan tells them of; none where counts are rounded, for months would
    tell them.
    """
    return replace(
        evidence,
        lines=tuple(_rounded(_line(line, evidence, plan), rules) for line in evidence.lines),
        monthly=_months(evidence, evidence.monthly, plan, rules),
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


def _rounded(line: Line, rules: Rules) -> Line:
    before, after = (None if n is None else rules.rounded(n) for n in (line.before, line.after))
    return replace(line, before=before, after=after)


def _months(
    evidence: Evidence, monthly: pd.DataFrame | None, plan: Plan, rules: Rules
) -> pd.DataFrame | None:
    if monthly is None:
        return None
    if rules.rounding > 1:
        return monthly[[]]
    area = evidence.comparison.area.code
    return monthly[[code for code in MONTHLY if code in monthly and (area, code) in plan.monthly]]
