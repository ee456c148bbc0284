"""Lasting: how a measure gathered over several half-years, and whether hot spots stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.patterns import Concentration, concentration_of
from cspanalysis.findings.places.spots import HOW_FOUND, HotSpots, hot_spots_of
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_period, number_word
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Lasting", "Span", "lasting_of"]

_MONTHS, _MOST = 6, 6
"""Months of a span, and how many spans are looked at: three years."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Hold how a measure gathered in one span of months.

    Parameters
    ----------
    period
        Which.
    half
        In how few small areas half of it was recorded; None where nothing was.
    spots
        Clusters of high rates in the whole partnership; None where they can't be looked for.
    open
        Whether it may be told which small areas lie in them.
    """

    period: Period
    half: Concentration | None
    spots: HotSpots | None
    open: bool

    def here(self, places: Collection[str]) -> int | None:
        """Count the hot spots among some places; None where that is not known or not told."""
        if self.spots is None or not self.open:
            return None
        return len({*self.spots.places} & {*places})


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """Hold how a measure gathered in a partnership and in a ward of it, over time.

    Parameters
    ----------
    area, places
        The ward, and the codes of its small areas.
    where
        Where the measure was recorded in the whole partnership.
    now
        The report's own period.
    spans
        Half-years up to its end that are held, the oldest first.
    """

    area: Area
    places: tuple[str, ...]
    where: Where
    now: Span
    spans: tuple[Span, ...]

    @cached_property
    def told(self) -> tuple[Span, ...]:
        """The half-years of which it is told which small areas lie in clusters."""
        return tuple(span for span in self.spans if span.here(self.places) is not None)

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The small areas of the ward that have a count: those divided since may have none."""
        known = self.where.places["after"].dropna().index
        return tuple(place for place in self.places if place in known)

    def times(self, place: str) -> int | None:
        """Count the half-years in which a small area lay in a cluster; None where not known."""
        if not self.told or place not in self.counted:
            return None
        return sum(place in span.spots.places for span in self.told if span.spots)

    def hot_now(self, place: str) -> bool | None:
        """Tell whether a small area lies in a cluster in the period; None where not known."""
        if self.now.spots is None or not self.now.open or place not in self.counted:
            return None
        return place in self.now.spots.places

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say how it gathers, which small areas lie in clusters, and whether they always did."""
        return tuple(filter(None, (self._gathers, self._clusters, self._stays)))

    def values(self) -> Iterator[Value]:
        """Give its values for machines."""
        code, label = self.where.measure.code, self.where.measure.label
        here = self.now.here(self.places)
        if here is not None:
            yield Value(
                key=f"spots.{code}.here",
                value=here,
                text=number_word(here),
                label=f"{label}: small areas of {self.area.name} in clusters of high rates",
            )
        if self._always is not None:
            yield Value(
                key=f"spots.{code}.always",
                value=self._always,
                text=number_word(self._always),
                label=f"{label}: small areas of {self.where.area.name} in clusters of high rates "
                "in each half-year",
            )

    @property
    def _gathers(self) -> str:
        where, half = self.where, self.now.half
        if half is None:
            return f"{where.title}."
        before = concentration_of(where.places["before"], measure=where.measure, area=where.area)
        then = (
            f", and in {count_text(before.holding_half)} {in_period(where.baseline)}"
            if before
            else ""
        )
        held = [span.half.holding_half for span in self.spans if span.half]
        return (
            f"Half of {where.measure.phrase} in {where.area.name} was recorded in "
            f"{count_text(half.holding_half)} of {count_text(half.places)} small areas "
            f"{in_period(where.period)}{then}{_between(held)}."
        )

    @property
    def _clusters(self) -> str:
        spots = self.now.spots
        if spots is None:
            return ""
        here = self.now.here(self.places)
        if here is None:
            return f"{spots.sentence}{self._untold(spots)}"
        if not self.counted:
            return spots.sentence
        every = f"of {number_word(len(spots.places))} in {self.where.area.name}"
        return (
            f"{self._here(here)} of high rates that chance does not explain "
            f"{in_period(self.now.period)}, {every} ({HOW_FOUND})."
        )

    def _here(self, here: int) -> str:
        """Say how many of the ward's small areas that have a count lie in clusters."""
        number, name = len(self.counted), self.area.name
        having = "" if number == len(self.places) else " that have counts"
        if number == 1:
            lone = "in a cluster" if here else "in none of the clusters"
            return f"The one small area of {name}{' that has counts' if having else ''} lies {lone}"
        some = number_word(here) if here else "none"
        every = "both" if number == 2 else f"all {some}"
        which = every if here == number else f"{some} of the {number_word(number)}"
        verb = "lies" if here < 2 else "lie"
        return f"{sentence(which)} small areas of {name}{having} {verb} in clusters"

    def _untold(self, spots: HotSpots) -> str:
        """Say that it is kept back which small areas of the ward they are, where some may be."""
        if self.area.name not in spots.wards:
            return ""
        return (
            f" Which small areas of {self.area.name} they are is not told: some counts are small, "
            "or counts are rounded."
        )

    @property
    def _always(self) -> int | None:
        """Number of small areas of the partnership that lay in clusters in each half-year."""
        found = [{*span.spots.places} for span in self.spans if span.spots]
        return len(set.intersection(*found)) if len(found) > 1 else None

    @property
    def _stays(self) -> str:
        if self._always is None:
            return ""
        found = [{*span.spots.places} for span in self.spans if span.spots]
        ever = len(set.union(*found))
        if not ever:
            return ""
        stayed = number_word(self._always) if self._always else "none"
        if ever > 1 and self._always == ever:
            stayed = "both" if ever == 2 else f"all {stayed}"
        two = len(found) == 2
        spans = (
            "either of two half-years" if two else f"any of {number_word(len(found))} half-years"
        )
        some = f"the {number_word(ever)} small areas" if ever > 1 else "the one small area"
        which = f"{self.where.area.name} that lay in {'clusters' if ever > 1 else 'a cluster'}"
        each = "both" if two else "each"
        if ever == 1:
            kept = "did so" if self._always else "did not do so"
            return f"{sentence(some)} of {which} in {spans} {kept} in {each}."
        return f"Of {some} of {which} in {spans}, {stayed} did so in {each}."


def _between(halves: Sequence[int]) -> str:
    """Say between which numbers those of the half-years lie; nothing of fewer than two."""
    if len(halves) < 2:
        return ""
    least, most = count_text(min(halves)), count_text(max(halves))
    return f"; in the half-years below in {least if least == most else f'{least} to {most}'}"


def lasting_of(store: Store, where: Where, area: Area, *, places: Sequence[str]) -> Lasting:
    """Find how a measure gathered in the half-years up to the end of a period.

    Parameters
    ----------
    store
        Where counts by small area come from.
    where
        Where the measure was recorded in the whole partnership in the report's period.
    area, places
        A ward of it, and the codes of its small areas.
    """
    spans = [p for p in _half_years(where.period) if store.held.whole(where.area, p)]
    return Lasting(
        area=area,
        places=tuple(places),
        where=where,
        now=_span(where),
        spans=tuple(_span(_in_months(store, where, period)) for period in spans),
    )


def _half_years(period: Period) -> tuple[Period, ...]:
    """Give the half-years back from the end of a period, the oldest first.

    Examples
    --------
    >>> [str(p) for p in _half_years(Period.parse("2023"))][-2:]
    ['2023-01..2023-06', '2023-07..2023-12']
    """
    whole = Period.parse(f"{_MONTHS * _MOST}m-to-{period.end:%Y-%m}").months
    firsts = range(0, _MONTHS * _MOST, _MONTHS)
    return tuple(Period.of_months(whole[at], whole[at + _MONTHS - 1]) for at in firsts)


def _in_months(store: Store, where: Where, period: Period) -> Where:
    """Give where it was recorded in other months, per the residents of the same year."""
    table = store.by_area("lsoa", within=where.area, period=period)
    counts = table[where.measure.code].reindex(where.places.index)
    return replace(where, period=period, by_ward=None, places=where.places.assign(after=counts))


def _span(where: Where) -> Span:
    counts = where.places["after"].dropna()
    small = counts.map(where.rules.is_small).any() or where.rules.rounding > 1
    return Span(
        period=where.period,
        half=where.concentration,
        spots=hot_spots_of(where),
        open=where.edition != "public" or not small,
    )
