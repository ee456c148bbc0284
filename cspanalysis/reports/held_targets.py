"""The measures of a partnership's priorities, held against their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cspanalysis.errors import StoreError
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.target_counts import targets
from cspanalysis.findings.priorities.targets import TargetFinding

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts
    from cspanalysis.vocabulary import Period

__all__ = ["held_against_targets"]


def held_against_targets(facts: Facts) -> tuple[TargetFinding, ...]:
    """Hold each measure against its target; none where no priority names a measure."""
    priorities = facts.partnership.priorities if facts.partnership else ()
    if not any(priority.measures for priority in priorities):
        return ()
    return targets(
        priorities,
        area=facts.area,
        period=facts.period,
        baseline=facts.baseline,
        against=partial(_against, facts),
        monthly=facts.monthly,
        trends=facts.trends,
        in_part=facts.in_part,
    )


def _against(facts: Facts, baseline: Period) -> Sequence[Change]:
    """Compare the period with another baseline, in figures of the same kind."""
    other = facts.beside(baseline=baseline)
    try:
        if other.evidence.kind == facts.evidence.kind:
            return other.every_change
    except StoreError:
        pass  # nothing was published for that baseline
    missing = f"There are no figures for {baseline.label}."
    return changes(
        [replace(line, before=None, missing=missing) for line in facts.evidence.lines],
        comparison=replace(facts.evidence.comparison, baseline=baseline),
    )
