"""Place profile: one ward on two pages."""

from __future__ import annotations

from typing import ClassVar, Self

from cspanalysis.errors import UsageError
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.beside_partnership import beside_partnership
from cspanalysis.reports.sections.deprivation import deprivation
from cspanalysis.reports.sections.hot_spots import hot_spots
from cspanalysis.reports.sections.not_told import not_told
from cspanalysis.reports.sections.police_activity import police_activity
from cspanalysis.reports.sections.small_areas import small_areas
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

__all__ = ["PlaceProfile"]

_NAMED = 3


class PlaceProfile(Report):
    """Hold one ward beside its partnership: how much of what, where in it, for how long.

    Examples
    --------
    >>> report = PlaceProfile.open("Dallow", "2023")
    >>> report.inside.busiest, report.around.area.name
    (1, 'Luton')
    """

    kind: ClassVar[Kind] = Kind(name="place-profile", title="Place profile", parts=("placed",))

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the profile of a ward in a period.

        Parameters
        ----------
        area
            Code or name of a ward: "Dallow", or "Central, Luton" where several bear the name.

        Raises
        ------
        UsageError
            See `Assessment.open`; or if the area is no ward, with some that lie in it.
        """
        report = super().open(area, period, baseline=baseline, edition=edition, store=store)
        held = report.facts.area
        if held.kind != "ward":
            raise UsageError(f"a place profile is of a ward, not of {held.label}{_wards(report)}")
        return report

    # What its notebook shows

    beside_partnership = shows(beside_partnership)
    small_areas = shows(small_areas)
    hot_spots = shows(hot_spots)
    deprivation = shows(deprivation)
    police_activity = shows(police_activity)
    not_told = shows(not_told)


def _wards(report: Report) -> str:
    """Name some wards of an area, as they are asked for."""
    codes = sorted(report.facts.store.people.small_areas(report.facts.area)["ward"].unique())
    named = [f"{Area.named(code).name} ({code})" for code in codes[:_NAMED]]
    return f"; write one such as {', '.join(named)}" if named else ""
