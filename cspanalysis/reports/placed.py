"""What is found of a ward as a part of its partnership."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.family import family_of
from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.findings.changes.all_searches import AllSearches, all_searches_of
from cspanalysis.findings.changes.decided import Decided, decided_of
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.area_profile import AreaProfile, area_profile
from cspanalysis.findings.places.beside import Beside, beside_of
from cspanalysis.findings.places.gradient import Gradient, gradient_of
from cspanalysis.findings.places.inside import Inside, inside_of
from cspanalysis.findings.places.lasting import Lasting, lasting_of
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.values import Value
from cspanalysis.reports.kind import Part
from cspanalysis.vocabulary import Measure

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["Placed"]


class Placed(Part):
    """Hold the findings on a place inside a partnership.

    Of small areas that lie in a ward all crime alone is told, so where it was is that of all crime.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def around(self) -> Facts | None:
        """The facts of the partnership that the place lies in; None where it lies in none."""
        family = family_of(self.facts.area)
        return None if family is None else self.facts.beside(area=family)

    @cached_property
    def total(self) -> Change | None:
        """Change of all crime in the place; None where this edition has none."""
        wanted = Measure.named("all-crime")
        return next((c for c in self.facts.changes if c.measure == wanted), None)

    @cached_property
    def total_around(self) -> Change | None:
        """Change of all crime in the partnership; None where there is none."""
        changes = self.around.changes if self.around else ()
        return next((c for c in changes if c.measure.code == "all-crime"), None)

    @cached_property
    def rates_beside(self) -> Beside | None:
        """Rates beside those of the partnership; None without one."""
        if self.around is None:
            return None
        return beside_of(
            self.facts.changes, self.around.changes, area=self.facts.area, around=self.around.area
        )

    @cached_property
    def where(self) -> Where | None:
        """Where all crime of the partnership was recorded; None where that is not known."""
        if self.around is None or self.total_around is None or self.facts.monthly is None:
            return None
        return self.around.where_of(self.total_around)

    @cached_property
    def inside(self) -> Inside | None:
        """Its small areas, as far as they may be told; None where that is not known."""
        if self.where is None:
            return None
        return inside_of(self.facts.store, self.where, self.facts.area, plan=self.facts.plan)

    @cached_property
    def lasting(self) -> Lasting | None:
        """How all crime gathers, and whether hot spots stay; None where that is not known."""
        if self.where is None:
            return None
        places = self.facts.store.people.small_areas(self.facts.area).index
        return lasting_of(self.facts.store, self.where, self.facts.area, places=[*map(str, places)])

    @cached_property
    def profile(self) -> AreaProfile:
        """Who lives there, and how deprived its small areas are."""
        area, period = self.facts.area, self.facts.period
        return area_profile(self.facts.store, area=area, period=period, crime=self.total)

    @cached_property
    def slope(self) -> Gradient | None:
        """How the rate of all crime goes with deprivation in the partnership; None if not known."""
        return gradient_of(self.facts.store, self.where) if self.where else None

    @cached_property
    def decided(self) -> Decided | None:
        """Outcomes that were decided of its crimes; None where none are held."""
        if self.around is None:
            return None
        return decided_of(
            self.facts.store,
            area=self.facts.area,
            around=self.around.area,
            period=self.facts.period,
            edition=self.facts.edition,
            periods=planned_periods(self.facts.area),
        )

    @cached_property
    def searched(self) -> AllSearches | None:
        """Stops and searches around it; None where none are held."""
        if self.around is None:
            return None
        return all_searches_of(
            self.facts.store,
            place=self.facts.area,
            around=self.around.area,
            period=self.facts.period,
        )

    def own_values(self) -> Iterator[Value]:
        """Give the numbers that are worked out of the place."""
        found = (
            self.rates_beside,
            self.inside,
            self.lasting,
            self.profile,
            self.decided,
            self.searched,
        )
        for one in found:
            if one is not None:
                yield from one.values()
