"""Residents: how many people lived in an area in the middle of a year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["Residents", "middle_year"]


class Residents:
    """Answer from ``data/reference/residents.csv``, the ONS mid-year estimates by council.

    Parameters
    ----------
    table
        Residents by year, for each council's code.
    """

    def __init__(self, table: Mapping[str, Mapping[int, int]]) -> None:
        self._table = table
        self.years = tuple(sorted({year for row in table.values() for year in row}))

    @classmethod
    def shipped(cls) -> Residents:
        """Read the shipped table, once per file; one without councils where it was not built."""
        return _read_once(reference("residents.csv"))

    def year_for(self, period: Period) -> int | None:
        """Give the year of the estimate nearest to a period; None where there is no table.

        Examples
        --------
        >>> table = Residents({"E06000032": {2021: 225_000, 2022: 227_000}})
        >>> table.year_for(Period.parse("2022")), table.year_for(Period.parse("2025"))
        (2022, 2022)
        """
        year = middle_year(period)
        return min(self.years, key=lambda held: (abs(held - year), held), default=None)

    def of(self, shares: Mapping[str, float], year: int) -> int | None:
        """Add up the residents of parts of councils in a year; None where a council has none.

        Parameters
        ----------
        shares
            Part of each council's residents that lives in the area, 1 for a whole council.
        """
        counts = {code: self._table.get(code, {}).get(year) for code in shares}
        if not counts or any(count is None for count in counts.values()):
            return None
        return round(sum(shares[code] * (count or 0) for code, count in counts.items()))


def middle_year(period: Period) -> int:
    """Give the year whose middle, the end of June, is nearest to the middle of a period.

    Of two that are as near the earlier one.

    Examples
    --------
    >>> [middle_year(Period.parse(p)) for p in ("2023", "FY2022", "12m-to-2023-06", "2022-Q1")]
    [2023, 2022, 2022, 2022]
    """
    months = period.months
    # In months since the year 0, the middle of a period and the ends of June
    middle = (months[0].year * 12 + months[0].month - 1) + len(months) / 2
    near = sorted(range(months[0].year - 1, months[-1].year + 2))
    return min(near, key=lambda year: (abs(year * 12 + 6 - middle), year))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Residents:
    if not path.exists():
        return Residents({})
    rows = reference_rows(path)
    return Residents(
        {
            row["code"]: {int(year): int(count) for year, count in row.items() if year != "code"}
            for row in rows
        }
    )
