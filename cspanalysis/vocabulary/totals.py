"""Totals: measures that are the sum of others, whatever publisher counts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.measure import Measure
from cspanalysis.vocabulary.period import Period
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["Total", "totals"]


@dataclass(frozen=True, slots=True)
class Total:
    """Hold a measure that other measures add up to.

    Parameters
    ----------
    measure
        Code of the total.
    parts
        Codes of its parts. Not all of them are recorded in every period.
    """

    measure: str
    parts: tuple[str, ...]

    def needed(self, period: Period) -> tuple[str, ...]:
        """Give the parts without which the total of a period is not whole.

        Those that were recorded as such in the whole of `period`; of a period that a change of
        categories divides, those that were recorded throughout and all that the change touches.

        Examples
        --------
        >>> burglary = next(total for total in totals() if total.measure == "burglary")
        >>> burglary.needed(Period.parse("2016"))
        ('burglary-dwelling', 'burglary-non-dwelling')
        """
        whole = tuple(part for part in self.parts if Measure.named(part).recorded_in(period))
        return whole or self.parts


def totals() -> tuple[Total, ...]:
    """Give all totals, parts before the totals that hold them, from ``totals.csv``."""
    return _read_once(reference("totals.csv"))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> tuple[Total, ...]:
    rows = reference_rows(path)
    return tuple(Total(row["total"], tuple(row["parts"].split())) for row in rows)
