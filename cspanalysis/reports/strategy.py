"""What is found of all priorities together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.emerging import EmergingIssue, emerging_issues
from cspanalysis.findings.changes.watching import watch_of
from cspanalysis.findings.places.area_profile import AreaProfile, area_profile
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.priorities.matrix import PriorityMatrix, priority_matrix
from cspanalysis.findings.priorities.priorities import PriorityFinding, priority_findings
from cspanalysis.findings.priorities.themes import ThemeCoverage, theme_coverage
from cspanalysis.findings.values import Value
from cspanalysis.findings.work.supplied import supplied
from cspanalysis.reports.kind import Part

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["Strategy"]


class Strategy(Part):
    """Hold what a strategic assessment tells beside the findings of each measure."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def priority_findings(self) -> tuple[PriorityFinding, ...]:
        """What the figures say of each priority, or those that they put forward."""
        return priority_findings(self.facts.partnership, self.facts.recorded.found)

    @cached_property
    def profile(self) -> AreaProfile:
        """Who lives in the area, how deprived it is, and its share of the force's crime."""
        return area_profile(
            self.facts.store,
            area=self.facts.area,
            period=self.facts.period,
            crime=self.facts.recorded.found.changes.get("all-crime"),
        )

    @cached_property
    def themes_found(self) -> tuple[ThemeCoverage, ...]:
        """Each theme of the law with the figures there are of it."""
        return theme_coverage(self.facts.every_change, indicators=self.facts.recorded.indicators)

    @cached_property
    def emerging(self) -> tuple[EmergingIssue, ...]:
        """Measures outside the priorities in which something unusual shows."""
        apart = {c.measure.code for p in self.priority_findings for c in p.changes}
        found = self.facts.recorded.found
        return emerging_issues(
            self.facts.every_change,
            trends=found.trends,
            patterns=found.patterns,
            monthly=self.facts.monthly,
            apart=apart,
            watched=watch_of(self.facts.store, self.facts.area, found.trends.values()),
        )

    @cached_property
    def places(self) -> dict[str, Where]:
        """Where the leading measure of each priority was recorded, by key of the priority."""
        led = {p.key: p.leading for p in self.priority_findings if p.leading is not None}
        found = {key: self.facts.where_of(change) for key, change in led.items()}
        return {key: where for key, where in found.items() if where is not None}

    @cached_property
    def matrix(self) -> PriorityMatrix | None:
        """Scores and ranks of the priorities; None where there is none."""
        records = [
            change.after or 0
            for change in self.facts.every_change
            if change.measure.code in {"all-crime", "anti-social-behaviour"}
        ]
        own = self.facts.partnership.matrix if self.facts.partnership else None
        return priority_matrix(self.priority_findings, matrix=own, records=sum(records))

    def own_values(self) -> Iterator[Value]:
        """Give the numbers that are worked out of area, places, standings and priorities."""
        yield from self.profile.values()
        for indicator in self.facts.recorded.indicators:
            yield from indicator.values()
        yield from {v.key: v for where in self.places.values() for v in where.values()}.values()
        for standing in self.facts.standings.values():
            yield from standing.values()
        if self.matrix is not None:
            yield from self.matrix.values()

    def file_values(self) -> Iterator[Value]:
        """Give the figures that partners gave on priorities."""
        for priority in self.facts.partnership.priorities if self.facts.partnership else ():
            for found in supplied(priority.figures):
                yield from found.values()
