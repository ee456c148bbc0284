"""All searches: how often police searched around a place, of whatever kind; and what that hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.searches import area_of_searches
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_held, percent_text
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["AllSearches", "all_searches_of"]


@dataclass(frozen=True, kw_only=True)
class AllSearches:
    """Hold how often police searched in the partnership that a place lies in.

    Parameters
    ----------
    place, area, period
        The place; where its searches can be counted, and when.
    count
        Searches of every kind.
    force_rows, unplaced
        Searches of the whole force, and those of them that no partnership can be given.
    missing
        Months without a file, in words; empty where there is none.
    """

    place: Area
    area: Area
    period: Period
    count: int
    force_rows: int
    unplaced: int
    missing: str = ""

    @property
    def sentence(self) -> str:
        """Say how many there were, that they can't be given to the place, and what they show."""
        lost = (
            f"; {percent_text(100 * self.unplaced / self.force_rows)} of the force's have no place "
            "at all"
            if self.unplaced and self.force_rows
            else ""
        )
        times = "once" if self.count == 1 else f"{count_text(self.count)} times"
        gone = f" There are no files of searches for {self.missing}." if self.missing else ""
        return (
            f"Police searched {times} in {self.area.label} {in_held(self.period, self.missing)}, "
            f"of whatever kind. How many of these searches were in "
            f"{self.place.name} can't be told: their points are moved to a nearby one, which may "
            f"lie in another ward{lost}. They show where police look, not how much crime there "
            f"is.{gone}"
        )

    def values(self) -> Iterator[Value]:
        """Give its values for machines."""
        yield Value(
            key="searches.all",
            value=self.count,
            text=count_text(self.count),
            unit="count",
            label=f"Stops and searches, {self.area.label}, {self.period.label}",
        )


def all_searches_of(
    store: Store, *, place: Area, around: Area, period: Period
) -> AllSearches | None:
    """Count the searches of every kind around a place; None where no files of them are held."""
    area = area_of_searches(store, around, period)
    held = store.activity.searches(area, period)
    if len(held.attrs["missing"]) == len(period.months):
        return None
    lost = held.attrs["unplaced"]
    return AllSearches(
        place=place,
        area=area,
        period=period,
        count=int(held["count"].sum()),
        force_rows=lost["rows"],
        unplaced=lost["without_location"] + lost["outside"],
        missing=months_text(held.attrs["missing"]),
    )
