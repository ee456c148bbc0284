"""People: who lives in an area, what rates are per, and how deprived its places are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd
import pyarrow.compute as pc

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.sources.deprivation import INDICES
from cspanalysis.store.kept import Kept, read_table
from cspanalysis.store.places import Places
from cspanalysis.store.residents import Residents
from cspanalysis.vocabulary import Area, Period

__all__ = ["Denominator", "People"]


@dataclass(frozen=True, slots=True)
class Denominator:
    """Hold what a rate is per: the number, its label and where it comes from."""

    value: int
    label: str
    source: str


_DENOMINATORS: dict[str, tuple[Literal["residents", "households"], str, str]] = {
    "persons": ("residents", "residents, mid-2020", "ONS mid-2020 population estimates"),
    "households": ("households", "households, Census 2021", "ONS Census 2021"),
}


class People:
    """Say who lives in an area: ``people`` of a `cspanalysis.store.Store`."""

    @property
    def _places(self) -> Places:
        return Places.shipped()

    def small_areas(self, area: Area) -> pd.DataFrame:
        """List the LSOAs of 2021 that an area is made of.

        Returns
        -------
        DataFrame
            Index ``lsoa``, sorted; ``name``, ``ward`` (code), ``residents`` (mid-2020) and
            ``households`` (Census 2021).
        """
        return self._places.listed(area)

    def councils(self, area: Area) -> frozenset[str]:
        """Give the codes of the councils that an area lies in, with a part or whole."""
        return frozenset(self._places.shares(area))

    def denominator(self, area: Area, kind: str, *, period: Period | None = None) -> Denominator:
        """Give what rates of an area are per: ``persons`` or ``households``.

        Parameters
        ----------
        period
            When the rate is of: residents are those of the middle of the year nearest to it, as
            ONS estimates them by council; an area that is part of a council has the share of them
            that it had in mid-2020. Without one, the residents of mid-2020 that its small areas
            add up to.
        """
        if kind not in _DENOMINATORS:
            known = " or ".join(_DENOMINATORS)
            raise UsageError(f"denominator '{kind}' is not known; write {known}")
        what, label, source = _DENOMINATORS[kind]
        if period is not None and what == "residents" and (found := self._residents(area, period)):
            return found
        return Denominator(self._places.total(area, what), label, source)

    def residents_of_small_areas(self, area: Area, *, period: Period) -> tuple[pd.Series, str]:
        """Give how many live in each LSOA of an area, in the year nearest to a period.

        Returns
        -------
        Series
            Whole persons, index ``lsoa``: what ONS estimates for the council, shared out as in
            mid-2020; those of mid-2020 themselves where there is no estimate.
        str
            What they are called, with their date.
        """
        table = Residents.shipped()
        year = table.year_for(period)
        parts = self._places.parts_of_councils(area)
        councils = {
            code: table.of({code: 1.0}, year) if year is not None else None
            for code in parts["lad"].unique()
        }
        if any(count is None for count in councils.values()):
            return self.small_areas(area)["residents"], _DENOMINATORS["persons"][1]
        counts = parts["share"] * parts["lad"].map(councils)
        return counts.round().astype("Int32"), f"residents, mid-{year}"

    def deprivation(self, area: Area, *, year: int = 2025) -> pd.DataFrame:
        """Give the index of deprivation of its country for the LSOAs of an area.

        Parameters
        ----------
        year
            2025 (England, LSOAs of 2021) or 2019 (England and Wales, LSOAs of 2011).

        Returns
        -------
        DataFrame
            Index ``lsoa``; ``rank`` (1 is the most deprived in its country), ``decile`` (1 the most
            deprived tenth), ``crime_decile``, ``score`` (missing for England in 2019). Empty in
            Wales for 2025.
        """
        if year not in INDICES:
            raise UsageError(
                f"there is no index of {year}; there are {', '.join(map(str, INDICES))}"
            )
        codes = self._places.codes(area)
        wanted = (pc.field("year") == year) & pc.field("lsoa").isin(sorted(codes))
        table = read_table(Kept(reference("deprivation.parquet")), wanted)
        return table.drop(columns="year").set_index("lsoa").sort_index()

    def _residents(self, area: Area, period: Period) -> Denominator | None:
        table = Residents.shipped()
        year = table.year_for(period)
        shares = self._places.shares(area)
        count = table.of(shares, year) if year is not None else None
        if count is None:
            return None
        source = f"ONS mid-{year} population estimates"
        if min(shares.values()) < 1:
            source += ", shared out within councils as in mid-2020"
        return Denominator(count, f"residents, mid-{year}", source)
