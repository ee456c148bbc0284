"""Affected: what can be said of the places where a measure falls, and what must be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.findings.places.where import Where
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import in_period, percent_text, rate_text
from cspanalysis.vocabulary import Measure, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Affected", "affected", "to_ask_for"]

_DEPRIVED = 2
"""Tenths that make up the most deprived fifth in England."""

_FEWEST = 50
"""With fewer records a share of them says little."""

_ALWAYS = (
    "How old the victims are, their sex and ethnic group, and how many are victims again within a "
    "year.",
    "Days and hours: data.police.uk publishes months alone.",
)
_OF_GROUP = {
    "burglary": (
        "Whether homes or businesses were entered, how, and whether somebody was at home.",
    ),
    "drug-offences": (
        "Possession apart from supply, and how many people are in treatment or wait for it.",
    ),
    "violence-and-sexual-offences": (
        "How much is domestic, how much belongs to the night-time economy, and how badly people "
        "were hurt.",
        "Ambulance call-outs and emergency department attendances for assault: much is never "
        "reported to the police.",
    ),
    "robbery": ("Robbery of people apart from that of businesses, and what weapon was used.",),
    "vehicle-crime": ("Theft of vehicles apart from theft out of them, with make and method.",),
    "anti-social-behaviour": (
        "Incidents that councils and landlords record, and whether the caller was at risk.",
    ),
    "shoplifting": ("Shops' own records: most thefts are not reported.",),
}


@dataclass(frozen=True, kw_only=True)
class Affected:
    """Hold how much of a measure falls on the most deprived places.

    Parameters
    ----------
    measure, area_name, period
        What, where and when.
    recorded
        How much of the measure was recorded in small areas of the most deprived fifth in England,
        in percent.
    living
        How many of the area's residents live in them, in percent.
    ratio
        Rate in those areas over the rate in the others; None where either has none.
    places
        Codes of those small areas.
    """

    measure: Measure
    area_name: str
    period: Period
    recorded: float
    living: float
    ratio: float | None
    places: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say how much falls on the most deprived places, and that places are not people."""
        verb = "were" if self.measure.plural else "was"
        share = (
            f"{percent_text(self.recorded)} of {self.measure.phrase} {verb} recorded in small "
            f"areas that are among the most deprived fifth in England, where "
            f"{percent_text(self.living)} of the residents of {self.area_name} live."
        )
        rate = (
            f" For each resident that is {rate_text(self.ratio)} times the rate elsewhere."
            if self.ratio is not None and self.ratio > 1
            else ""
        )
        return f"{share[:1].upper()}{share[1:]}{rate} This tells of places, not of their victims."

    def values(self) -> Iterator[Value]:
        """Give its values for machines."""
        key, label = f"deprived.{self.measure.code}", f"{self.measure.label}: most deprived fifth"
        for name, number, what in (
            ("recorded", self.recorded, f"share recorded there, {in_period(self.period)}"),
            ("living", self.living, "share of residents living there"),
        ):
            yield Value(
                key=f"{key}.{name}",
                value=number,
                text=percent_text(number),
                unit="%",
                label=f"{label}, {what}",
            )
        if self.ratio is not None:
            yield Value(
                key=f"{key}.ratio",
                value=self.ratio,
                text=rate_text(self.ratio),
                unit="ratio",
                label=f"{label}, rate over that elsewhere",
            )


def affected(store: Store, where: Where) -> Affected | None:
    """Find how much of a measure was recorded in the most deprived places.

    Returns
    -------
    Affected or None
        None in Wales, whose index does not compare, where no place or every place is among the
        most deprived fifth, where the count of one is missing, and where fewer than 50 were
        recorded.
    """
    index = store.people.deprivation(where.area)
    counts = where.places["after"].dropna().astype("int64")
    known = len(counts) == len(where.places) and counts.index.isin(index.index).all()
    if where.total < _FEWEST or not known:
        return None
    deprived = index["decile"].reindex(counts.index) <= _DEPRIVED
    if deprived.all() or not deprived.any():
        return None
    people, _ = store.people.residents_of_small_areas(where.area, period=where.period)
    there, elsewhere = (
        (int(counts[part].sum()), int(people[part].sum())) for part in (deprived, ~deprived)
    )
    return Affected(
        measure=where.measure,
        area_name=where.area.name,
        period=where.period,
        recorded=100 * there[0] / where.total,
        living=100 * there[1] / int(people.sum()),
        ratio=_ratio(there, elsewhere),
        places=tuple(map(str, counts.index[deprived])),
    )


def to_ask_for(measure: Measure) -> tuple[str, ...]:
    """List what partners hold and the published figures of a measure do not."""
    return (*_OF_GROUP.get(measure.code, _OF_GROUP.get(measure.parent, ())), *_ALWAYS)


def _ratio(there: tuple[int, int], elsewhere: tuple[int, int]) -> float | None:
    (count, people), (other, others) = there, elsewhere
    if not (other and people and others):
        return None
    return (count / people) / (other / others)
