"""The changes of an area, with the rates that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cspanalysis.findings import Change, changes
from cspanalysis.findings.evidence import rate_of
from cspanalysis.findings.shown import Findings
from cspanalysis.vocabulary import Measure

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["changes_in"]


def changes_in(facts: Facts, wanted: Callable[[Measure], bool]) -> Findings[Change]:
    """Give the changes of the wanted measures, tested together; as far as the edition tells."""
    noise = {line.measure.code: line.period_noise for line in facts.evidence.lines}
    found = changes(
        [line for line in facts.evidence.lines if wanted(line.measure)],
        comparison=facts.evidence.comparison,
        force=facts.evidence.force,
        rate=lambda measure, count: rate_of(
            facts.store,
            facts.area,
            measure,
            count,
            period=facts.period,
            noise=noise.get(measure.code, 1.0),
        ),
    )
    return Findings(change for change in found if change.measure not in facts.without)
