"""The changes of an area, with the rates that belong to them, and the charts of its months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Rate
from cspanalysis.evidence.noise import NoiseOfCounts, borrowed, noise_of_lines
from cspanalysis.evidence.rates import rate_of
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.changes.composites import composite_changes
from cspanalysis.findings.changes.indicators import given_changes
from cspanalysis.findings.changes.steps import borne_out
from cspanalysis.findings.changes.trends import trends
from cspanalysis.findings.finding import Change, Trend
from cspanalysis.findings.shown import Findings
from cspanalysis.vocabulary import Measure

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["changes_in", "composites_in", "partner_changes_in", "trends_in"]


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


def partner_changes_in(facts: Facts) -> Findings[Change]:
    """Give the changes of what partners count: in the report's own table, and as they gave it."""
    held = changes_in(facts, lambda measure: measure.by_partners)
    out = facts.without.union(change.measure for change in (*facts.changes, *held))
    given = given_changes(facts.store, facts.evidence.comparison, facts.edition, without=out)
    return Findings((*held, *given))


def composites_in(facts: Facts) -> Findings[Change]:
    """Give the changes of composites, each judged by itself; as far as the edition tells."""
    held = facts.evidence
    learned = None
    if held.kind == "counts":
        learned = noise_of_lines(facts.store, facts.area, facts.period, facts.baseline)

    def noise(code: str, before: int | None, after: int | None) -> NoiseOfCounts:
        if learned is not None:
            return learned.of(code, before, after)
        return borrowed(before, after, months=len(facts.period.months))

    def rate(measure: Measure, count: int) -> Rate | None:
        own = noise(measure.code, None, count).period
        return rate_of(facts.store, facts.area, measure, count, period=facts.period, noise=own)

    return Findings(
        composite_changes(
            held.lines,
            comparison=held.comparison,
            source=held.source,
            noise=noise,
            without=facts.without,
            rate=rate,
        )
    )


def trends_in(
    facts: Facts, only: Measure | None = None, *, since: date | None = None
) -> Findings[Trend]:
    """Chart the months of all measures, or of one; empty where there are too few.

    Nothing is charted where no month from `since` on is known.
    """
    monthly = facts.monthly
    if monthly is None or (only and only.code not in monthly):
        return Findings()
    found = trends(
        monthly[[only.code]] if only else monthly,
        area=facts.area,
        provenance=facts.evidence.comparison.provenance,
        since=since,
        steps=facts.steps,
        events=facts.partnership.events if facts.partnership else (),
        short=facts.evidence.short,
    )
    return Findings(borne_out(found, facts.every_change))
