"""Activity: what the police did, as far as their files tell: outcomes of crimes, and searches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from cspanalysis.errors import UsageError
from cspanalysis.store.inquiry import Inquiry
from cspanalysis.store.months import LAST_OUTCOMES
from cspanalysis.store.observations import counts_table, outcomes_table
from cspanalysis.vocabulary import Area, Period

__all__ = ["Activity"]


class Activity:
    """Count outcomes and searches: ``activity`` of a `cspanalysis.store.Store`."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry

    def outcomes(
        self, area: Area, period: Period, *, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """Count outcomes of crimes by the month in which they were decided.

        Returns
        -------
        DataFrame
            Index ``month``, a column an outcome in the publisher's words, Int64; missing where
            there is no file, or none on the LSOAs that a ward or LSOA of today is made of.
        """
        chosen = self._within(area, period, "police-uk-outcomes", as_of)
        rows = self._inquiry.counts_in(area, chosen)
        return outcomes_table(
            rows, covered=self._inquiry.countable(area, chosen), months=period.months
        )

    def last_outcomes(
        self, area: Area, period: Period, *, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """Count the crimes recorded in a period by measure and last outcome.

        Other than `outcomes`, which counts by the month of the decision, this follows the crimes:
        what had become of them when their file was published. Of recent months much is open yet.

        Parameters
        ----------
        area
            A force or a CSP.
        period
            When the crimes were recorded.
        as_of
            Count what was known then; see `monthly`.

        Returns
        -------
        DataFrame
            ``month``, ``measure``, ``outcome`` (in the publisher's words), ``count``: one row for
            each that occurs. ``attrs["missing"]`` and ``attrs["unplaced"]`` as in `searches`.

        Raises
        ------
        UsageError
            If the area is neither a force nor a CSP.
        """
        return self._by_csp(area, period, LAST_OUTCOMES, ["measure", "outcome"], as_of)

    def searches(
        self, area: Area, period: Period, *, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """Count stops and searches by month, object and outcome.

        Parameters
        ----------
        area
            A force or a CSP. A search bears a point, which is placed by the shapes of councils.
        period
            When the searches were made.
        as_of
            Count what was known then; see `monthly`.

        Returns
        -------
        DataFrame
            ``month``, ``object``, ``outcome``, ``count``: one row for each that occurs.
            ``attrs["missing"]`` lists the months, first days, without a file.
            ``attrs["unplaced"]`` tells of the whole force's rows in the other months how many
            there are, ``rows``, and how many could not be placed: ``without_location`` (no point,
            or one in none of the CSPs that are whole councils), ``outside``.

        Raises
        ------
        UsageError
            If the area is neither a force nor a CSP, or a CSP within a council of several.
        """
        if area.kind == "csp" and not self._inquiry.places.is_of_councils(area.code):
            raise UsageError(
                f"{area.name} is a part of a council, and searches are placed by the shapes of "
                f"councils; ask for {self._force_area(area).slug}"
            )
        return self._by_csp(area, period, "police-uk-stop-and-search", ["object", "outcome"], as_of)

    # how it is found

    def _within(
        self, area: Area, period: Period, source: str, as_of: date | str | None
    ) -> pd.DataFrame:
        self._inquiry.asked_months(area, period.months, source=source, as_of=as_of)
        chosen = self._inquiry.chosen(area, source, as_of)
        return chosen[chosen["period_start"].isin(period.months)]

    def _by_csp(
        self,
        area: Area,
        period: Period,
        source: str,
        what: Sequence[str],
        as_of: date | str | None,
    ) -> pd.DataFrame:
        """Count what was placed by CSP, or of a force all of it."""
        if area.kind not in {"force", "csp"}:
            raise UsageError(
                f"this is counted by CSP and force; ask for {self._force_area(area).slug}, or a "
                f"CSP inside it, not {area.slug}"
            )
        chosen = self._within(area, period, source, as_of)
        if area.kind == "csp":
            # Where nothing was placed, nothing is known: noughts would be wrong.
            chosen = chosen[chosen["located"] > 0]
        codes = frozenset({area.code}) if area.kind == "csp" else None
        table = counts_table(self._inquiry.counts(chosen, codes), what)
        table.attrs["missing"] = sorted(set(period.months) - set(chosen["period_start"]))
        totals = chosen[["rows", "without_location", "outside"]].sum()
        table.attrs["unplaced"] = {name: int(total) for name, total in totals.items()}
        return table

    def _force_area(self, area: Area) -> Area:
        return Area.named(self._inquiry.places.force_code(area))
