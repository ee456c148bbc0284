"""National standing: where an area's rates stand among all others, its force, region and nation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cspanalysis.evidence.national import NationalTable
from cspanalysis.evidence.noise import period_noise
from cspanalysis.evidence.rates import PER, rates_of
from cspanalysis.findings.finding import Level
from cspanalysis.findings.places.peers import FEWEST_SIMILAR
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    in_period,
    percent_text,
    rate_text,
)
from cspanalysis.store.people import Denominator
from cspanalysis.store.unions import table_parts
from cspanalysis.vocabulary import Area, Measure
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.similar import similar_areas
from cspanalysis.vocabulary.wider import wider_areas

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["National", "NationalLine", "Spread", "WiderRate", "national_standing"]

_NATION = "K04000001"
_KINDS = {
    "csp": "partnerships",
    "force": "police force areas",
    "county": "counties",
    "combined": "combined authorities",
    "region": "regions of England",
}


@dataclass(frozen=True, slots=True)
class WiderRate:
    """Hold the rate of what an area lies in: its force, its region, England and Wales.

    Parameters
    ----------
    area
        Where.
    count, rate
        How many, and how many for each 1,000 of the denominator.
    lacking
        Its parts of which the table has no figure: the rate is that of the others.
    """

    area: Area
    count: int
    rate: float
    lacking: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Hold the middle and the range of several areas' rates, and how many they are."""

    number: int
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalLine:
    """Hold where an area's rate of one measure stands in the country.

    Parameters
    ----------
    measure, per
        What, and what its rates are per ("residents, mid-2023").
    own
        Count and rate of the area; None where the table has none.
    rank, of
        Its place among all areas of its kind with a figure, 1 for the highest rate, and their
        number. Equal rates share the better place.
    rank_lower, rank_upper, first
        Between which places it lies with 95 % chance, and the chance that it is the first (see
        `methods.rank_interval`).
    everywhere, similar
        The rates of all areas of its kind, itself among them; those of the similar areas, where
        figures of `peers.FEWEST_SIMILAR` or more of them are there.
    wider
        Rates of its force, region, and England and Wales.
    """

    measure: Measure
    per: str
    own: Level | None
    rank: int | None
    of: int
    rank_lower: int | None
    rank_upper: int | None
    first: float | None
    everywhere: Spread
    similar: Spread | None
    wider: tuple[WiderRate, ...]

    @property
    def nation(self) -> WiderRate | None:
        """The rate of England and Wales."""
        return next((one for one in self.wider if one.area.code == _NATION), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """Hold where an area's rates stand among all areas of its kind in one official table.

    Parameters
    ----------
    area
        Where.
    table
        The official table.
    lines
        One a measure, in the order of tables.
    """

    area: Area
    table: NationalTable
    lines: tuple[NationalLine, ...]

    @property
    def held(self) -> bool:
        """Whether the table has figures of the area itself."""
        return any(line.own is not None for line in self.lines)

    @property
    def kind(self) -> str:
        """Say what the areas are that it is ranked among."""
        return _KINDS[self.area.kind]

    @property
    def rank_title(self) -> str:
        """Head the ranks: with how many areas they are of, where that is the same for all."""
        ofs = {line.of for line in self.lines}
        return f"Rank of {ofs.pop()}" if len(ofs) == 1 else "Rank"

    def rank_text(self, line: NationalLine) -> str:
        """Write the rank of a line under `rank_title`."""
        if line.rank is None:
            return NOT_AVAILABLE
        return str(line.rank) if self.rank_title != "Rank" else f"{line.rank} of {line.of}"

    @property
    def leading(self) -> NationalLine:
        """The line of all crime, or the first there is."""
        return next((o for o in self.lines if o.measure.code == "all-crime"), self.lines[0])

    @property
    def sentence(self) -> str:
        """Say where the total stands, how sure that is, and what others have."""
        line, when = self.leading, in_period(self.table.period)
        if line.own is None:
            said = f"The table has no figures of {self.area.name}; these are those around it."
            return f"{said} {self._around(line, when)}"
        rate = f"{rate_text(line.own.rate.value)} per {PER:,} {line.own.rate.unit}"
        said = (
            f"{self.area.name}'s rate of {line.measure.phrase} {when}, {rate}, ranks "
            f"{line.rank} of the {line.of} {self.kind} in the table, 1 being the highest"
        )
        if line.rank_lower != line.rank_upper:
            said += f" (between {line.rank_lower} and {line.rank_upper}, allowing for chance)"
        return f"{said}. {self._around(line, when)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what the rates of wider areas leave out, and which areas are the similar ones."""
        lacking = {one.area: one.lacking for one in self.leading.wider if one.lacking}
        named = [
            f"{area.name} stands without {_few(gone)}: the table has no figures of "
            f"{'it' if len(gone) == 1 else 'them'}."
            for area, gone in lacking.items()
        ]
        if self.area.is_wider:
            named.append(
                f"Of {self.kind} that are not made of whole police force areas, crimes that were "
                "not assigned to a partnership are left out."
            )
        if any(line.similar for line in self.lines):
            named.append(
                f"Similar areas are those most like {self.area.name} by the statistical nearest "
                "neighbours of the Office for National Statistics, as far as the table has them."
            )
        return tuple(named)

    def values(self) -> Iterator[Value]:
        """Give its values for machines: ranks, and the rates that it stands beside."""
        for line in self.lines:
            yield from _values(line, self.table.period.label, self.kind)

    def _around(self, line: NationalLine, when: str) -> str:
        own = self.area.name
        rates = [
            f"{one.area.label if one.area.name == own else one.area.name} {rate_text(one.rate)}"
            for one in line.wider
        ]
        if line.similar:
            rates = [f"the middle of its similar areas {rate_text(line.similar.median)}", *rates]
        if not rates:
            return ""
        if line.own is None:
            what = f"per {PER:,} {line.per.partition(',')[0]}"
            return f"Rates of {line.measure.phrase} {when}, {what}: {joined(rates)}."
        return f"Beside it: {joined(rates)}."


def national_standing(
    table: NationalTable, area: Area, *, without: frozenset[Measure] = frozenset()
) -> National | None:
    """Set every measure of an official table beside all areas of a kind, and beside wider ones.

    Parameters
    ----------
    table
        See `evidence.national.national_table`.
    area
        One of a kind of `evidence.national.RANKED`.
    without
        Measures of which the edition says nothing.

    Returns
    -------
    National or None
        None where the table has rates of no area of the kind.
    """
    order = MeasureTable.shipped()
    measures = [order.named(code) for code in sorted(map(str, table.counts), key=order.order)]
    lines = [_line(table, area, m) for m in measures if m not in without]
    made = tuple(line for line in lines if line is not None)
    return National(area=area, table=table, lines=made) if made else None


def _line(table: NationalTable, area: Area, measure: Measure) -> NationalLine | None:
    import pandas as pd

    counted = {other: table.count(other, measure) for other in table.alike(area)}
    people = {other: table.people(other, measure) for other in counted}
    known = [other for other, count in counted.items() if count is not None and people[other]]
    if len(known) < 2:
        return None
    number = pd.Series({other.code: counted[other] for other in known}, dtype="int64")
    many = pd.Series({other.code: people[other] for other in known}, dtype="int64")
    rates = PER * number / many
    similar = [other.code for other in similar_areas(area) if other.code in rates.index]
    own = _own(table, area, measure) if area in known else None
    place = _place(number, many, area, noise=own[1]) if own else _Place()
    return NationalLine(
        measure=measure,
        per=table.label(known[0], measure),
        own=own[0] if own else None,
        rank=place.rank,
        of=len(known),
        rank_lower=place.lower,
        rank_upper=place.upper,
        first=place.first,
        everywhere=_spread(rates),
        similar=_spread(rates[similar]) if len(similar) >= FEWEST_SIMILAR else None,
        wider=tuple(_wider(table, area, measure)),
    )


def _own(table: NationalTable, area: Area, measure: Measure) -> tuple[Level, float]:
    count, people = table.count(area, measure) or 0, table.people(area, measure)
    noise = period_noise(table.store, area, measure, count, table.period, learn=False)
    held = {area: Denominator(people, table.label(area, measure), "")}
    rate = rates_of({area: count}, held, {area: noise})[area]
    level = Level(
        measure=measure, area=area, period=table.period, count=count, rate=rate, emphasis=True
    )
    return level, noise


class _Place(NamedTuple):
    rank: int | None = None
    lower: int | None = None
    upper: int | None = None
    first: float | None = None


def _place(number: pd.Series, many: pd.Series, area: Area, *, noise: float) -> _Place:
    from cspanalysis.methods import rank, rank_interval

    found = rank_interval(number, many, area.code, noise=max(1.0, noise))
    place = _Place(int(rank(number / many)[area.code]))
    if found["lower"] != found["lower"]:  # only NaN differs from itself
        return place
    return _Place(place.rank, int(found["lower"]), int(found["upper"]), found["first"])


def _spread(rates: pd.Series) -> Spread:
    from cspanalysis.methods import peer_summary

    found = peer_summary(rates)
    names = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
    return Spread(int(found["n"]), *(found[name] for name in names))


def _wider(table: NationalTable, area: Area, measure: Measure) -> Iterator[WiderRate]:
    """Give the rates of the force, the region or Wales, and England and Wales."""
    force = area.wider
    if force is not None and (count := table.count(force, measure)) is not None:
        yield WiderRate(force, count, PER * count / table.people(force, measure))
    for wider in _around(table, area):
        parts = table_parts(wider)[0]
        held = [part for part in parts if table.count(part, measure) is not None]
        people = sum(table.people(part, measure) for part in held)
        if people:
            count = sum(table.count(part, measure) or 0 for part in held)
            lacking = tuple(part for part in parts if part not in held)
            yield WiderRate(wider, count, PER * count / people, lacking)


def _around(table: NationalTable, area: Area) -> list[Area]:
    """Give the region, or Wales, that holds an area whole, and England and Wales."""
    inside = table.store.people.councils(area)
    kinds = [w for w in wider_areas().values() if w.kind == "region" or w.code == "W92000004"]
    region = [Area.named(w.code) for w in kinds if inside <= w.councils and w.code != area.code]
    return [*region, Area.named(_NATION)]


def _values(line: NationalLine, when: str, kind: str) -> Iterator[Value]:
    key, unit = f"national.{line.measure.code}", f"per {PER:,} {line.per}"
    name = line.measure.label
    if line.own is not None and line.rank is not None:
        yield Value(
            key=f"{key}.rank",
            value=line.rank,
            text=count_text(line.rank),
            unit=f"of {line.of} {kind}",
            label=f"{name}: rank, 1 for the highest rate, {when}",
            lower=line.rank_lower,
            upper=line.rank_upper,
        )
        yield _rate_value(f"{key}.rate", line.own.rate.value, unit, f"{name}: rate, {when}")
    if line.first is not None:
        yield Value(
            key=f"{key}.first",
            value=100 * line.first,
            text=percent_text(100 * line.first),
            unit="%",
            label=f"{name}: chance of having the highest rate of all {kind}, {when}",
        )
    if line.similar is not None:
        label = f"{name}: middle rate of similar areas, {when}"
        yield _rate_value(f"{key}.similar", line.similar.median, unit, label)
    for one in line.wider:
        label = f"{name}: rate of {one.area.label}, {when}"
        yield _rate_value(f"{key}.{one.area.slug}", one.rate, unit, label)


def _rate_value(key: str, rate: float, unit: str, label: str) -> Value:
    return Value(key=key, value=rate, text=rate_text(rate), unit=unit, label=label)


def _few(areas: Sequence[Area], most: int = 4) -> str:
    names = [area.name for area in areas]
    if len(names) <= most + 1:
        return joined(names)
    return joined([*names[:most], f"{len(names) - most} others"])
