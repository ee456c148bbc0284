"""Inside: the small areas of a ward, as far as they may be told, among those of its partnership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cspanalysis.disclosure.plan import Plan
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    in_period,
    number_word,
    percent_text,
    rate_text,
)
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import plural

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["Inside", "inside_of"]

_OTHER_YEAR = 2019
"""Of the index of deprivation where there is none on the small areas of today, as in Wales."""


@dataclass(frozen=True, kw_only=True)
class Inside:
    """Hold the small areas of a ward.

    Parameters
    ----------
    area
        The ward.
    where
        Where the measure was recorded in the whole partnership; its edition tells what is shown.
    places
        Index LSOA, the fullest first; ``name``, ``before``, ``after`` (Int64, missing where kept
        back or not known),
        ``rate`` (per 1,000 of the denominator), ``decile`` (of deprivation; missing without one).
    kept_back
        LSOA and column of the counts that this edition keeps back; others that are missing are not
        known.
    """

    area: Area
    where: Where
    places: pd.DataFrame = field(compare=False)
    kept_back: frozenset[tuple[str, str]] = frozenset()

    @property
    def class_names(self) -> Mapping[str, tuple[str, str]]:
        """Short name ("007A" of "Luton 007A") and class of each small area on a map, by LSOA."""
        labels, classes = self.where.class_labels(), self.where.classes
        own = classes[self.places.index]
        return {
            str(code): (str(name).split()[-1], NOT_AVAILABLE if lacks else labels[int(number)])
            for code, name, number, lacks in zip(
                own.index, self.places["name"], own.fillna(0), own.isna(), strict=True
            )
        }

    @property
    def busiest(self) -> int:
        """Number of its small areas among the busiest tenth of the partnership's."""
        return int(self.where.busiest.index.isin(self.places.index).sum())

    @property
    def title(self) -> str:
        """Say which small area has most, as the title of a map; not where a count is missing."""
        counts = self.places["after"]
        if counts.isna().any() or not counts.max():
            return f"{self.where.measure.label} in the small areas of {self.area.name}"
        first = str(self.places["name"].iloc[0])
        return f"{first} has the most {self.where.measure.phrase} in {self.area.name}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say how many small areas there are, how far apart they lie, and which are the busiest."""
        return tuple(filter(None, (self._span, self._divided, self._busiest)))

    def values(self) -> Iterator[Value]:
        """Give its values for machines: what is shown, and nothing else."""
        code, label = self.where.measure.code, self.where.measure.label
        sides = (
            ("before", "baseline_count", self.where.baseline),
            ("after", "count", self.where.period),
        )
        for column, name, period in sides:
            for place, count in self.places[column].dropna().items():
                yield Value(
                    key=f"where.{code}.{str(place).lower()}.{name}",
                    value=int(count),
                    text=count_text(int(count)),
                    unit="count",
                    label=f"{label}: {self.places['name'][str(place)]}, {period.label}",
                )
        for place, rate in self.places["rate"].dropna().items():
            yield Value(
                key=f"where.{code}.{str(place).lower()}.rate",
                value=float(rate),
                text=rate_text(float(rate)),
                unit=f"per 1,000 {self.where.per}",
                label=f"{label}: rate of {self.places['name'][str(place)]}",
            )

    @property
    def _span(self) -> str:
        known = self.places.dropna(subset="after")
        number = len(self.places)
        first = (
            f"{self.area.name} is made of {number_word(number)} small {plural('area', number)} "
            f"({plural('LSOA', number)})"
        )
        if known.empty or number == 1:
            return f"{first}."
        least, most = int(known["after"].min()), int(known["after"].max())
        some = ", where it may be told" if self.places["after"].isna().sum() > self._unknown else ""
        return (
            f"{first}, with {count_text(least)} to {count_text(most)} records of "
            f"{self.where.measure.phrase} each {in_period(self.where.period)}{some}."
        )

    @property
    def _unknown(self) -> int:
        """Number of its small areas that have no count, whatever may be told."""
        missing = self.places.index[self.places["after"].isna()]
        return sum((str(code), "after") not in self.kept_back for code in missing)

    @property
    def _divided(self) -> str:
        number = self._unknown
        if not number:
            return ""
        were = "was divided in 2021 and has" if number == 1 else "were divided in 2021 and have"
        return (
            f"{sentence(number_word(number))} of them {were} no count: what was recorded by the "
            "areas before can't be shared out."
        )

    @property
    def _busiest(self) -> str:
        if self.where.busiest.empty:
            return ""
        top, here = len(self.where.busiest), self.busiest
        verb = "is" if here == 1 else "are"
        some = number_word(here) if here else "none"
        return (
            f"{sentence(some)} of them {verb} among the {number_word(top)} busiest of "
            f"{self.where.area.name}."
        )


def inside_of(store: Store, where: Where, area: Area, *, plan: Plan | None) -> Inside | None:
    """Find the small areas of a ward, and what may be told of each.

    Parameters
    ----------
    store
        Where its small areas and their deprivation come from.
    where
        Where the measure was recorded in the whole partnership. Of a small area that lies in a
        ward pages tell all crime alone.
    area
        The ward.
    plan
        What is kept back over the partnership's whole family; None for a sensitive edition.

    Returns
    -------
    Inside or None
        None where no small area is counted to the ward: those of the City of London, say, span
        several.
    """
    codes = where.places.index.intersection(store.people.small_areas(area).index)
    if codes.empty:
        return None
    places = where.places.loc[codes, ["name", "before", "after", "denominator"]].copy()
    places[["before", "after"]] = places[["before", "after"]].astype("Int64")
    hidden = set()
    for column, period in (("before", where.baseline), ("after", where.period)):
        for code, count in places[column].dropna().items():
            cell = str(code), where.measure.code
            if plan is not None and plan.hides(*cell, period, count=int(count)):
                hidden.add((str(code), column))
    for code, column in hidden:
        places.loc[code, column] = None
    if plan is not None:
        for column in ("before", "after"):
            rounded = places[column].map(where.rules.rounded, na_action="ignore")
            places[column] = rounded.astype("Int64")
    people = places.pop("denominator").astype("Float64")
    places["rate"] = 1000 * places["after"].astype("Float64") / people.mask(people == 0)
    places["decile"] = _deciles(store, area).reindex(codes).astype("Int64")
    places = places.sort_values(["after", "name"], ascending=[False, True], na_position="last")
    return Inside(area=area, where=where, places=places, kept_back=frozenset(hidden))


def _deciles(store: Store, area: Area) -> pd.Series:
    """Give the tenth of its country that each small area is in; those divided since have none."""
    index = store.people.deprivation(area)
    if index.empty:
        index = store.people.deprivation(area, year=_OTHER_YEAR)
    return index["decile"]


def share_sentence(
    area: Area,
    around: Area,
    *,
    counts: tuple[int | None, int | None],
    people: tuple[int, int],
    what: str,
) -> str:
    """Say how much of a partnership's records a ward has, beside its share of the residents."""
    here, there = counts
    if not here or not there or not all(people):
        return ""
    return (
        f"{area.name} has {percent_text(100 * here / there)} of {what} in {around.name} and "
        f"{percent_text(100 * people[0] / people[1])} of its residents."
    )
