"""A report that one can ask: verbs that read as a sentence, each giving a Block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cspanalysis import display
from cspanalysis.assessed import Assessed
from cspanalysis.blocks.block import Block
from cspanalysis.errors import UsageError
from cspanalysis.explore import answers
from cspanalysis.explore.choropleth import Show
from cspanalysis.explore.explorer import Explorer
from cspanalysis.explore.spoken import baseline_named, measure_named, place_named
from cspanalysis.findings import Change
from cspanalysis.findings.where import Where, where_of
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["Asked"]

_LAYOUT = {"from_file", "kicker", "marking", "numbered"}


class Asked(Assessed):
    """Answer an analyst's questions of one area and period, as the reports would.

    ``measure`` is any name that people use. ``period`` and ``comparison`` are those of the report
    where none is given; a comparison is a period, "a year before" or "the period before". ``at``
    is a ward or small area inside the report's area, or another area.
    """

    def change(
        self,
        measure: str | Measure,
        *,
        at: str | Area = "",
        period: str | Period = "",
        comparison: str | Period = "",
    ) -> Block:
        """Show what a measure did between two periods, with the verdict and its caveats.

        Examples
        --------
        >>> from cspanalysis import Assessment
        >>> report = Assessment.open("wycombe", "2017-04..2017-06")
        >>> print(report.change("robberies").text.splitlines()[0])
        There is no clear change in robbery: 8 from April to June 2016, 17 from April to June 2017.
        """
        asked, place = self._view(at, period, comparison)
        if place:
            return answers.in_place(asked.where_of(measure), place)
        return answers.changed(asked[measure])

    def trend(
        self,
        measure: str | Measure,
        *,
        with_: str | Area | Sequence[str | Area] = (),
        at: str | Area = "",
        period: str | Period = "",
    ) -> Block:
        """Draw the months of a measure against their usual range, beside those of other areas.

        Examples
        --------
        ``report.trend("robbery", with_="bedfordshire-force")``
        """
        asked, place = self._view(at, period, "")
        if place and self.edition == "public":
            return answers.no_months(place)
        asked = asked.elsewhere(place) if place else asked
        others = [asked.elsewhere(area) for area in _listed(with_)]
        return answers.trends_of([asked, *others], measure_named(measure))

    def compare(
        self,
        measure: str | Measure,
        *,
        with_: str | Area | Sequence[str | Area] = (),
        at: str | Area = "",
        period: str | Period = "",
    ) -> Block:
        """Set the rate of a measure beside that of other areas: its force's, where none is named.

        Examples
        --------
        ``report.compare("all crime", with_=["bedford"])``
        """
        asked, place = self._view(at, period, "")
        if place:
            return answers.in_place(asked.where_of(measure), place)
        others = [self.elsewhere(area).area for area in _listed(with_)]
        return answers.compared(asked, asked[measure].measure, others)

    def map(
        self,
        measure: str | Measure,
        *,
        show: Show = "rate",
        at: str | Area = "",
        period: str | Period = "",
        comparison: str | Period = "",
    ) -> Block:
        """Draw where a measure was: by ward its rate or change, by small area its count.

        Examples
        --------
        ``report.map("burglary", show="rate")``
        """
        asked, _ = self._view(at, period, comparison)
        return answers.mapped(asked.where_of(measure), show=show, source=asked._source)

    def by_ward(
        self,
        measure: str | Measure,
        *,
        at: str | Area = "",
        period: str | Period = "",
        comparison: str | Period = "",
    ) -> Block:
        """Show the counts, rates and changes of a measure by ward, and its busiest small areas.

        Examples
        --------
        ``report.by_ward("shoplifting")``
        """
        asked, place = self._view(at, period, comparison)
        found = asked.where_of(measure)
        return answers.in_place(found, place) if place else answers.by_ward(found)

    def look(
        self,
        measure: str | Measure,
        *,
        at: str | Area = "",
        period: str | Period = "",
        comparison: str | Period = "",
    ) -> Block:
        """Look at a measure from all sides: change, months and places.

        Examples
        --------
        ``report.look("burglary", at="Dallow")``
        """
        asked, place = self._view(at, period, comparison)
        shown = asked.change(measure, at=place or "")
        if asked.monthly is None:
            return shown
        months = asked.trend(measure, at=place or "")
        return display.together(shown, months, asked.map(measure))

    def explore(self, measure: str | Measure = "") -> Explorer:
        """Open the report as a view to choose in: map, months and table that follow each other.

        Examples
        --------
        ``view = report.explore("burglary"); view``
        """
        return Explorer(self, measure=measure_named(measure).code if measure else "")

    def where_of(self, measure: str | Measure) -> Where:
        """Find where a measure was recorded in the report's area and period.

        Raises
        ------
        UsageError
            If the figures don't tell where, or the area is too small to be divided.
        """
        change = self[measure]
        if change.measure not in self._places:
            found = where_of(
                self.store, change=change, edition=self.edition, located=self.evidence.located
            )
            if found is None:
                raise UsageError(
                    f"no places are known of {change.measure.phrase} in {self.area.label}: it was "
                    "published for the whole area alone, or the area can't be divided"
                )
            self._places[change.measure] = found
        return self._places[change.measure]

    def elsewhere(self, area: str | Area) -> Asked:
        """Open the same period, comparison and edition for another area, once."""
        found = place_named(area, within=self.area, store=self.store)
        if found.kind in {"ward", "lsoa"} and self.edition == "public":
            raise UsageError(
                f"{found.label}: counts of so small a place are kept back in a public edition "
                "unless they stand among all wards; ask .by_ward(...), or open the report with "
                "edition='sensitive'"
            )
        return self._opened(found, self.period, self.baseline)

    # How it shows itself

    def __getitem__(self, measure: str | Measure) -> Change:
        """Give the change of a measure, by any name that people use."""
        wanted = measure_named(measure)
        held = {change.measure: change for change in self._all()}
        if wanted in held:
            return held[wanted]
        parts = [m.label for m in held if wanted.code in (m.parent, m.group)]
        named = parts or [m.label for m in held]
        raise UsageError(
            f"there is no figure of {wanted.phrase} for {self.area.label}, {self.period.label}; "
            f"there are: {', '.join(named)}"
        )

    def _ipython_key_completions_(self) -> list[str]:
        return [change.measure.phrase for change in self._all()]

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.isupper() and name not in _LAYOUT]

    # How it is put together

    @cached_property
    def _places(self) -> dict[Measure, Where]:
        return {}

    @cached_property
    def _others(self) -> dict[tuple[Area, Period, Period], Asked]:
        return {(self.area, self.period, self.baseline): self}

    def _view(
        self, at: str | Area, period: str | Period, comparison: str | Period
    ) -> tuple[Asked, Area | None]:
        """Give the report that answers, and the place inside its area that is asked of."""
        span = Period.parse(period) if period else self.period
        same = span == self.period and not comparison
        against = self.baseline if same else baseline_named(comparison, period=span)
        place = place_named(at, within=self.area, store=self.store) if at else self.area
        inside = place.kind in {"ward", "lsoa"} and place != self.area
        if inside and not self._holds(place):
            raise UsageError(f"{place.label} does not lie in {self.area.label}")
        asked = self._opened(self.area if inside else place, span, against)
        return asked, place if inside else None

    def _holds(self, place: Area) -> bool:
        small = self.store.small_areas(self.area)
        return place.code in small.index or place.code in set(small["ward"])

    def _opened(self, area: Area, period: Period, baseline: Period) -> Asked:
        key = (area, period, baseline)
        if key not in self._others:
            other = Asked(area, period, baseline=baseline, edition=self.edition, store=self.store)
            other.__dict__["_others"] = self._others
            self._others[key] = other
        return self._others[key]


def _listed(named: str | Area | Sequence[str | Area]) -> Sequence[str | Area]:
    return [named] if isinstance(named, str | Area) else named
