"""What is found of one priority that is looked at closely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.errors import UsageError
from cspanalysis.findings.changes.outcomes import Outcomes, outcomes_of
from cspanalysis.findings.changes.searches import Searches, searches_of
from cspanalysis.findings.changes.usual import UsualYear, usual_year
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.affected import Affected, affected
from cspanalysis.findings.places.spots import HotSpots, hot_spots_of
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.priorities.focus import Focus, focus_of
from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.findings.values import Value
from cspanalysis.findings.work.progress import Progress
from cspanalysis.findings.work.projects import Delivered
from cspanalysis.findings.work.recommendations import Recommendations
from cspanalysis.findings.work.supplied import Supplied, supplied
from cspanalysis.reports.family import family_tells_sum
from cspanalysis.reports.kind import Part

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["Focused"]


class Focused(Part):
    """Hold the findings on one priority."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    # What it is about

    @cached_property
    def focus(self) -> Focus:
        """What the profile is about."""
        if self.facts.file and self.facts.wanted in self.facts.file.priorities:
            raise self._not_public()
        found = focus_of(
            self.facts.wanted, partnership=self.facts.partnership, period=self.facts.period
        )
        if self.facts.without & {*found.measures}:
            raise self._not_public()
        return replace(found, parts=tuple(m for m in found.parts if m not in self.facts.without))

    @property
    def lead(self) -> str:
        """The finding on the priority, in a sentence or two."""
        return f"{self.finding.level} {self.finding.change}".strip()

    def _not_public(self) -> UsageError:
        return UsageError(
            f"priority '{self.facts.wanted}' is marked as sensitive: it has no public edition; "
            "make it with 'edition' set to 'sensitive'"
        )

    # What was found

    @cached_property
    def finding(self) -> PriorityFinding:
        """What the figures say of it: changes of its measures, trend, standing and pattern."""
        return self.focus.found(self.facts.recorded.found)

    @property
    def leading(self) -> Change | None:
        """Change of the leading measure; None where no measure has figures."""
        return self.finding.leading

    @cached_property
    def where_found(self) -> Where | None:
        """Where the leading measure was recorded; None where no places are known."""
        if self.leading is None or self.facts.monthly is None:
            return None
        return self.facts.where_of(self.leading)

    @cached_property
    def spots(self) -> HotSpots | None:
        """Clusters of small areas with high rates; None where they can't be looked for."""
        return hot_spots_of(self.where_found) if self.where_found else None

    @cached_property
    def year(self) -> UsualYear | None:
        """The months of the leading measure against what is usual; None without months."""
        change = self.leading
        if (
            change is None
            or self.facts.monthly is None
            or change.measure.code not in self.facts.monthly
        ):
            return None
        return usual_year(
            self.facts.monthly[change.measure.code],
            measure=change.measure,
            area=self.facts.area,
            period=self.facts.period,
            provenance=change.provenance,
        )

    @cached_property
    def outcomes_found(self) -> Outcomes | None:
        """What became of the crimes of the leading measure; None where nothing is known."""
        if self.leading is None or self.facts.monthly is None:
            return None
        return outcomes_of(self.facts.store, change=self.leading, edition=self.facts.edition)

    @cached_property
    def searches_found(self) -> Searches | None:
        """Searches that bear on the leading measure; None where none do or none are known."""
        if self.leading is None or self.facts.monthly is None:
            return None
        return searches_of(self.facts.store, change=self.leading, edition=self.facts.edition)

    @cached_property
    def affected_found(self) -> Affected | None:
        """How much falls on the most deprived places; None where that can't or may not be said."""
        found = affected(self.facts.store, self.where_found) if self.where_found else None
        told = found and family_tells_sum(self.facts, found.measure, found.places)
        return found if told else None

    @cached_property
    def supplied_found(self) -> tuple[Supplied, ...]:
        """Figures on the priority that partners gave."""
        return supplied(self.focus.priority.figures) if self.focus.priority else ()

    # What was done

    @property
    def own_progress(self) -> Progress | None:
        """How far the last plan's actions for the priority came; None where there are none."""
        held = self.facts.recorded.progress
        if held is None:
            return None
        actions = tuple(a for a in held.actions if a.priority == self.focus.key)
        if not actions:
            return None
        return replace(held, plan=held.plan.model_copy(update={"actions": actions}))

    @property
    def own_projects(self) -> tuple[Delivered, ...]:
        """Projects of the priority: what each delivered, and whether it worked."""
        return tuple(
            d for d in self.facts.recorded.delivered if d.project.priority == self.focus.key
        )

    @property
    def own_targets(self) -> tuple[TargetFinding, ...]:
        """Measures of the priority held against their targets."""
        return tuple(t for t in self.facts.target_findings if t.priority.key == self.focus.key)

    @property
    def own_recommendations(self) -> Recommendations | None:
        """What is recommended for the priority; None where nothing is."""
        held = self.facts.partnership.recommendations if self.facts.partnership else ()
        own = tuple(one for one in held if one.priority == self.focus.key)
        return Recommendations(own) if own else None

    def own_values(self) -> Iterator[Value]:
        """Give the numbers that are worked out of the priority."""
        if self.finding.standing is not None:
            yield from self.finding.standing.values()
        found = (
            *(self.where_found, self.spots, self.year, self.outcomes_found, self.searches_found),
            *(self.affected_found, *self.supplied_found, *self.facts.recorded.indicators),
        )
        for one in found:
            if one is not None:
                yield from one.values()
        if self.own_progress is not None:
            # The plan as a whole has values of its own: these are of one priority.
            for value in self.own_progress.values():
                yield replace(value, key=f"priority.{self.focus.key}.{value.key}")
