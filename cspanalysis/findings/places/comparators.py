"""Comparators: where the rates of an area stand among those of other areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from cspanalysis.evidence.gather import counts_of
from cspanalysis.evidence.noise import period_noise
from cspanalysis.evidence.rates import denominators_of, rates_of
from cspanalysis.findings.finding import Level
from cspanalysis.findings.places.levels import levels
from cspanalysis.findings.values import Value, ranks_of
from cspanalysis.findings.values import rates_of as rate_values
from cspanalysis.findings.wording.numbers import number_word, percent_text, rate_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store
    from cspanalysis.store.people import Denominator

__all__ = ["FEWEST_FOR_FUNNEL", "Standing", "standings"]

FEWEST_FOR_FUNNEL = 8
"""With fewer areas a funnel's limits are too unsure to place any of them."""

MOST_NAMED = 3
"""A sentence names so many areas; of more it gives the number."""

MOST_LISTED = 7
"""A list names so many with their rates; of more it names none."""

Place = Literal["high", "low", "within"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Hold where an area's rate of one measure stands among its comparators'.

    Parameters
    ----------
    levels
        Rates of the area, its comparators and its force, highest first.
    rank
        Place of the area among itself and its comparators, 1 for the highest rate.
    median
        Middle of the comparators' rates.
    first, top
        Chance that its rate is the highest, and one of the highest three, among these areas (see
        `methods.rank_chances`); None where it was not reckoned.
    funnel
        Whether the area lies beyond the limits that its size lets one expect (see
        `methods.funnel`); None with fewer than `FEWEST_FOR_FUNNEL` areas.
    """

    levels: tuple[Level, ...]
    rank: int
    median: float
    first: float | None = None
    top: float | None = None
    funnel: Place | None = None

    @property
    def own(self) -> Level:
        """The level of the area itself."""
        return next(level for level in self.levels if level.emphasis)

    @property
    def others(self) -> tuple[Level, ...]:
        """The levels of its comparators, without the force."""
        return tuple(
            level for level in self.levels if not level.emphasis and level.area.kind != "force"
        )

    @property
    def force(self) -> Level | None:
        """The level of its force; None where that is not among them."""
        return next((level for level in self.levels if level.area.kind == "force"), None)

    @property
    def lowest(self) -> float:
        """The lowest rate of its comparators."""
        return min(level.rate.value for level in self.others)

    @property
    def highest(self) -> float:
        """The highest rate of its comparators."""
        return max(level.rate.value for level in self.others)

    @property
    def place(self) -> str:
        """Say its rank in words, such as "the second highest of three areas".

        Where chance does not tell it apart from some, the others are named, "above that of
        Bedford"; of many areas the ranks it may have, "among the highest three of 15 areas".
        """
        if self.own.rate.many_come:
            return "not comparable with those of other areas"
        of, near = len(self.others) + 1, len(self._near)
        if not near:
            return f"{_ranked(self.rank, of)} of {number_word(of)} areas"
        above = sum(level.rate.lower > self.own.rate.upper for level in self.others)
        if near == of - 1:
            return f"much the same as in the other {_areas(near)}"
        if self._is_told_apart:
            return self._told_apart()
        if near == of - 2:
            return f"not the {'highest' if above else 'lowest'} of {number_word(of)} areas"
        if not above:
            return f"among the highest {number_word(near + 1)} of {number_word(of)} areas"
        if above + near + 1 == of:
            return f"among the lowest {number_word(near + 1)} of {number_word(of)} areas"
        if 3 * (above + near + 1) <= of:
            return f"among the highest {number_word(above + near + 1)} of {number_word(of)} areas"
        if 3 * (of - above) <= of:
            return f"among the lowest {number_word(of - above)} of {number_word(of)} areas"
        return f"between the highest and the lowest of {number_word(of)} areas"

    @property
    def against_median(self) -> Literal["above", "below", "much the same as"]:
        """Tell whether the interval of the area's rate leaves the comparators' middle out."""
        if self.own.rate.lower > self.median:
            return "above"
        return "below" if self.own.rate.upper < self.median else "much the same as"

    @property
    def sentence(self) -> str:
        """Say where the area stands, how sure that is, and what its size lets one expect."""
        own = self.own
        what = f"{own.area.name}'s rate of {own.measure.phrase}"
        rate = f"{rate_text(own.rate.value)} per {own.rate.per:,} {own.rate.unit}"
        if own.rate.many_come:
            return f"{what}, {rate}, is {self.place}."
        apart = self._told_apart(rates=True) if self._is_told_apart else ""
        said = f"{what}, {rate}, is {apart or f'{self.place}, {self._beside()}'}."
        return " ".join(filter(None, (said, self._unsure(), self._funnel_text())))

    @property
    def company(self) -> str:
        """List the comparators that `sentence` does not name; empty where it does, or of many."""
        if not MOST_NAMED < len(self.others) <= MOST_LISTED or self.own.rate.many_come:
            return ""
        rates = [
            f"{level.area.name} ({rate_text(level.rate.value)})"
            for level in sorted(self.others, key=lambda level: -level.rate.value)
        ]
        return f"The other {_areas(len(self.others))} are {joined(rates)}."

    @property
    def title(self) -> str:
        """Write the title of a drawing of the levels: the finding."""
        return f"{self.own.area.name}'s rate of {self.own.measure.phrase} is {self.place}"

    def values(self) -> Iterator[Value]:
        """Give its values for machines: ranks, the middle of the others, every area's rate."""
        yield from ranks_of(self.levels).values()
        own = self.own
        unit = f"per {own.rate.per:,} {own.rate.denominator}"
        for name, rate, what in (
            ("median", self.median, "middle"),
            ("lowest", self.lowest, "lowest"),
            ("highest", self.highest, "highest"),
        ):
            yield Value(
                key=f"comparators.{own.measure.code}.{name}",
                value=rate,
                text=rate_text(rate),
                unit=unit,
                label=f"{own.measure.label}: {what} rate of the comparators, {own.period.label}",
            )
        yield from self._chances()
        yield from rate_values(self.levels).values()

    def _chances(self) -> Iterator[Value]:
        own = self.own
        for name, share, what in (
            ("first", self.first, "the highest rate"),
            ("top_three", self.top, "one of the highest three rates"),
        ):
            if share is not None:
                yield Value(
                    key=f"comparators.{own.measure.code}.{name}",
                    value=100 * share,
                    text=percent_text(100 * share),
                    unit="%",
                    label=f"{own.measure.label}: chance of having {what}, {own.period.label}",
                )

    def _beside(self) -> str:
        """Give the rates of a few comparators, the middle of many."""
        if len(self.others) <= MOST_NAMED:
            rates = [f"{rate_text(o.rate.value)} in {o.area.name}" for o in self.others]
            return f"against {joined(rates)}"
        if len(self._near) == len(self.others):
            return f"whose middle is {rate_text(self.median)}"
        return f"{self.against_median} the middle of the others, {rate_text(self.median)}"

    @property
    def _is_told_apart(self) -> bool:
        """Whether chance tells it apart from some of its few comparators, and not from others."""
        return 0 < len(self._near) < len(self.others) <= MOST_NAMED

    def _told_apart(self, *, rates: bool = False) -> str:
        """Name the areas whose rates lie below and above this one by more than chance gives."""
        own = self.own.rate
        below = [level for level in self.others if level.rate.upper < own.lower]
        above = [level for level in self.others if level.rate.lower > own.upper]
        return " and ".join(
            f"{side} that of {joined([_named(level, rate=rates) for level in found])}"
            for side, found in (("above", below), ("below", above))
            if found
        )

    @property
    def _near(self) -> list[Level]:
        """The areas that chance does not tell apart from this one."""
        rate = self.own.rate
        return [
            level
            for level in self.others
            if level.rate.lower <= rate.upper and level.rate.upper >= rate.lower
        ]

    def _unsure(self) -> str:
        """Name the areas that chance does not tell apart from this one, unless that is said."""
        near = self._near
        if len(near) in {0, len(self.others)}:
            return ""
        names = [_named(level, rate=self._is_told_apart) for level in near]
        named = joined(names) if len(near) <= MOST_NAMED else f"{number_word(len(near))} of them"
        return f"It can't be told apart from {named}."

    def _funnel_text(self) -> str:
        """Say what the size of the area lets one expect, unless the words before say otherwise."""
        side = {"high": "above", "low": "below"}.get(self.funnel or "", self.against_median)
        if self.funnel is None or self.against_median != side:
            return ""
        if self.funnel != "within" and len(self._near) == len(self.others):
            return ""
        if self.funnel == "within":
            return "Allowing for how much such areas differ anyway, that is nothing unusual."
        return (
            f"That is {'high' if self.funnel == 'high' else 'low'} even allowing for how much such "
            "areas differ anyway."
        )


def standings(
    store: Store,
    *,
    area: Area,
    comparators: Sequence[Area],
    period: Period,
    source: str = "police-uk",
) -> dict[str, Standing]:
    """Set each measure's rate of an area beside those of its comparators and its force.

    Parameters
    ----------
    store
        Where counts and denominators come from.
    area
        The area.
    comparators
        See `peers.comparators_of`. Those without counts for the whole period are left out.
    period
        When.
    source
        Where all counts come from. Their noise is learned within the area's own force, and
        borrowed elsewhere.

    Returns
    -------
    dict of str to Standing
        By measure code; empty where no comparator has figures.
    """
    force = [area.wider] if area.wider else []
    held = {
        other: counts_of(store, other, period, source=source)
        for other in (area, *comparators, *force)
    }
    if not held[area] or not any(held[other] for other in comparators):
        return {}
    found, per = {}, {}
    for code in held[area]:
        measure = Measure.named(code)
        counts = {other: there[code] for other, there in held.items() if code in there}
        if measure.denominator not in per:
            per[measure.denominator] = denominators_of(store, held, measure, period)
        noise = {
            other: period_noise(
                store, other, measure, count, period, learn=area.force in {other.force, other.code}
            )
            for other, count in counts.items()
        }
        there = _standing(measure, counts, per[measure.denominator], area, period, noise)
        if there is not None:
            found[code] = there
    return found


def _standing(
    measure: Measure,
    counts: Mapping[Area, int],
    denominators: Mapping[Area, Denominator],
    area: Area,
    period: Period,
    noise: Mapping[Area, float],
) -> Standing | None:
    from cspanalysis.methods import position, rank_chances

    rates = rates_of(counts, denominators, noise)
    peers = [other for other in rates if other.kind != "force" or other == area]
    if area not in peers or len(peers) < 2:
        return None
    import pandas as pd

    number = pd.Series({o.code: counts[o] for o in peers})
    people = pd.Series({o.code: denominators[o].value for o in peers})
    place = position(pd.Series({o.code: rates[o].value for o in peers}), area.code)
    chance = rank_chances(number, people, noise=max(1.0, noise[area])).loc[area.code]
    first, top = (_known(chance[name]) for name in ("first", "top"))
    return Standing(
        levels=levels(
            {other: (counts[other], rate) for other, rate in rates.items()},
            measure=measure,
            period=period,
            emphasis=area,
        ),
        rank=int(place["rank"]),
        median=float(place["median"]),
        first=first,
        top=top,
        funnel=_funnel(number, people, area),
    )


def _funnel(number: pd.Series, people: pd.Series, area: Area) -> Place | None:
    from cspanalysis.methods import funnel

    if len(number) < FEWEST_FOR_FUNNEL:
        return None
    return cast("Place", funnel(number, people)["position"].to_dict()[area.code])


def _known(chance: object) -> float | None:
    value = float(cast("float", chance))
    return None if value != value else value  # only NaN differs from itself


def _named(level: Level, *, rate: bool) -> str:
    return f"{level.area.name} ({rate_text(level.rate.value)})" if rate else level.area.name


def _areas(number: int) -> str:
    return "area" if number == 1 else f"{number_word(number)} areas"


def _ranked(rank: int, of: int) -> str:
    if rank == 1:
        return "the highest" if of > 2 else "the higher"
    if rank == of:
        return "the lowest" if of > 2 else "the lower"
    if rank == 2:
        return "the second highest"
    if rank == of - 1:
        return "the second lowest"
    return f"number {number_word(rank)}, counted from the highest,"
