"""Where: in which small areas and wards a measure was recorded, and how much of it may be told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.counts import class_breaks, tells_too_much
from cspanalysis.disclosure.detail import Detail, class_limits, own_breaks
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.patterns import Concentration, concentration_of
from cspanalysis.findings.places.wards import (
    SURE,
    busiest_places,
    sums_by_ward,
    ward_counts,
)
from cspanalysis.findings.places.where_words import in_full
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    number_word,
    percent_text,
    rate_text,
)
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import many

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Where"]

_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Where:
    """Hold how a measure was spread over the small areas and wards of an area.

    Parameters
    ----------
    measure, area, period, baseline
        What, where and when.
    edition
        ``public`` keeps small counts back, and those that would give them away.
    places
        Index LSOA; ``name``, ``ward`` (code), ``ward_name``, ``denominator`` (residents or
        households; missing without one), ``before`` and ``after`` (counts; the earlier one missing
        where the baseline period is not covered, both where a place was divided since).
    by_ward
        ``before`` and ``after`` of each ward, where small areas are missing that they hold; None
        where they are the sums of theirs.
    dispersion, located
        How much more than chance the area's counts vary, and the share of records with a location
        in the baseline period and the period; for the test of wards.
    divided
        Records in wards (or small areas) that hold a part of an LSOA divided since, which are
        missing.
    per
        Name of the denominator, such as "residents, mid-2020"; empty without one.
    provenance
        Where the counts came from.
    nested
        Whether small areas lie within wards, as far as their number tells. Where they do not,
        ``ward`` and ``ward_name`` are those of the small area itself: it is part of several wards.
    kept_back
        Ward and column of what the plan of the area's family keeps back; None without one.
    rules
        What is small in a public edition.
    told, told_before
        What is told of the small areas in the period and the baseline period, as worked out for
        the area's whole family; None where that was not looked at.
    """

    measure: Measure
    area: Area
    period: Period
    baseline: Period
    edition: str
    places: pd.DataFrame = field(compare=False)
    by_ward: pd.DataFrame | None = field(default=None, compare=False)
    dispersion: float = 1.0
    located: tuple[float, float] = (1.0, 1.0)
    divided: int = 0
    per: str = ""
    provenance: Provenance | None = None
    nested: bool = True
    kept_back: frozenset[tuple[str, str]] | None = None
    rules: Rules = SHIPPED
    told: Detail | None = None
    told_before: Detail | None = None

    def __repr__(self) -> str:
        spanned = f"{self.area.label}, {self.baseline} to {self.period}"
        wards = many(self.places["ward"].nunique(), self.part)
        return f"<Where: {self.measure.label}, {spanned}, {wards}, {self.edition} edition>"

    @property
    def part(self) -> str:
        """What the counts are broken down by: "ward", or "small area" where none lies in one."""
        return "ward" if self.nested else "small area"

    @property
    def total(self) -> int:
        """Count of the period that could be placed in a ward."""
        return int(self.sums["after"].sum())

    @cached_property
    def sums(self) -> pd.DataFrame:
        """``before`` and ``after`` of each ward, whatever may be told; missing where not known."""
        return sums_by_ward(self.places, self.by_ward)

    @cached_property
    def concentration(self) -> Concentration | None:
        """In how few small areas half of it was recorded; None where nothing was."""
        return concentration_of(self.places["after"], measure=self.measure, area=self.area)

    @cached_property
    def wards(self) -> pd.DataFrame:
        """Counts by ward as they may be shown, the fullest first.

        Index code; ``name``, ``before``, ``after`` (missing where suppressed), ``rate`` (per
        1,000 of the denominator), ``verdict`` (of the change, the wards tested together; empty
        where a count is not shown).
        """
        return ward_counts(
            self.places,
            sums=self.sums,
            baseline=self.baseline,
            period=self.period,
            public=self.edition == "public",
            dispersion=self.dispersion,
            located=self.located,
            kept_back=self.kept_back,
            rules=self.rules,
        )

    @cached_property
    def suppressed(self) -> bool:
        """Whether any count by ward is kept back."""
        return bool((self.wards["after"].isna() & self.sums["after"].notna()).any())

    @cached_property
    def busiest(self) -> pd.DataFrame:
        """The busiest tenth of the small areas: ``name``, ``ward_name``, ``after``, ``stays``.

        Fewer where counts tie at the end of the tenth, or fewer places had any; in a public
        edition none whose count is small, and none at all where that would tell too much.
        ``stays`` tells whether a place was among the busiest tenth of the baseline period as well;
        missing where its earlier count is.
        """
        if self.edition != "public":
            return busiest_places(self.places)
        told = self.told, self.told_before
        return busiest_places(self.places, told=told, rules=self.rules)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Breaks of the classes of a map that give nothing away; empty where none are safe."""
        if self.edition == "public":
            if self.told is not None:
                return self.told.breaks
            return own_breaks(self._counts, sums=self._sums(), threshold=self.rules.threshold)
        return class_breaks([*self._counts.values()], least=self.rules.threshold)

    @cached_property
    def busiest_counts_shown(self) -> bool:
        """Whether the counts of the busiest small areas may be told, not their classes alone."""
        if self.edition != "public":
            return True
        if self.told is not None:
            return self.told.exact
        limits = class_limits(self._counts, self.breaks)
        limits |= {str(at): (self._counts[str(at)],) * 2 for at in self.busiest.index}
        return not tells_too_much(
            self._counts, limits, sums=self._sums(), threshold=self.rules.threshold
        )

    @property
    def stable(self) -> int | None:
        """How many of the busiest were so in the baseline period; None where that isn't known."""
        stays = self.busiest["stays"]
        return None if stays.isna().all() else int(stays.sum())

    @property
    def busiest_share(self) -> float | None:
        """Percentage that the busiest small areas hold; None where their counts are kept back."""
        if not self._counts or self.busiest.empty or not self.busiest_counts_shown:
            return None
        return 100 * int(self.busiest["after"].sum()) / sum(self._counts.values())

    @property
    def classes(self) -> pd.Series:
        """The class of each small area, from 0; missing where its count is."""
        placed = {place: bisect_right(self.breaks, n) for place, n in self._counts.items()}
        return self.places.index.to_series().map(placed).astype("Int64")

    def class_labels(self) -> tuple[str, ...]:
        """Name the classes, such as "0 to 4" and "20 or more"."""
        starts = (0, *self.breaks)
        inner = [
            f"{count_text(low)} to {count_text(high - 1)}"
            for low, high in zip(starts, self.breaks, strict=False)
        ]
        return (*inner, f"{count_text(starts[-1])} or more")

    @property
    def named(self) -> dict[str, tuple[str, int]]:
        """The wards that the text names, by code: the fullest three, each with its count."""
        held = self.wards[self.wards["after"].fillna(0) > 0].head(_NAMED)
        rows = zip(held.index, held["name"], held["after"], strict=True)
        return {str(code): (str(name), int(count)) for code, name, count in rows}

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say where it was: in how few places, in which wards, and whether they stay the same."""
        return in_full(self)

    @property
    def title(self) -> str:
        """Say the finding as the title of a map."""
        held = self.concentration
        if held is None:
            verb = "were" if self.measure.plural else "was"
            return f"No {self.measure.phrase} {verb} recorded in {self.area.name}"
        return held.sentence.split(" (")[0].rstrip(".")

    def values(self) -> Iterator[Value]:
        """Give its values for machines: what is shown, and nothing else."""
        yield self._value("busiest", len(self.busiest), "busiest small areas")
        yield self._value("recorded", self.total, "recorded in all wards")
        if self.nested and self.half_of_wards is not None:
            yield self._value("wards_holding_half", self.half_of_wards, "wards that hold half")
            yield self._value("wards", len(self.wards), "wards")
        if self.stable is not None:
            yield self._value("stable", self.stable, "busiest small areas that stayed the same")
        if self.busiest_share is not None:
            yield Value(
                key=f"where.{self.measure.code}.busiest_share",
                value=self.busiest_share,
                text=percent_text(self.busiest_share),
                unit="%",
                label=f"{self.measure.label}: share of the busiest small areas",
            )
        for column, period in (("before", self.baseline), ("after", self.period)):
            for code, count in self.wards[column].dropna().items():
                yield self._ward_value(str(code), int(count), column, period)
        yield from self._rate_values()

    @property
    def half_of_wards(self) -> int | None:
        """In how few wards half of it was recorded; None where what may be shown can't tell."""
        held = self.wards["after"].dropna()
        needed = int((held.cumsum() < self.total / 2).sum()) + 1
        return needed if self.total and needed <= len(held) else None

    # How it is put together

    @property
    def _counts(self) -> dict[str, int]:
        return {str(place): int(n) for place, n in self.places["after"].dropna().items()}

    def _sums(self) -> dict[str, tuple[Sequence[str], int]]:
        """Give the sums that are published: each ward that is shown, and the rest of the area.

        Of a ward with a small area that is missing more is told here than pages tell.
        """
        shown = set(map(str, self.wards["after"].dropna().index))
        inside: dict[str, list[str]] = {}
        for place in self._counts:
            ward = str(self.places["ward"][place])
            inside.setdefault(ward if ward in shown else "", []).append(place)
        return {
            ward: (places, sum(self._counts[place] for place in places))
            for ward, places in inside.items()
        }

    def _rate_values(self) -> Iterator[Value]:
        """Give the rates of the wards that are ranked, and how many are surely above the rest."""
        ranked = self.wards.dropna(subset=["rank"])
        for code, rate in ranked["rate"].items():
            named = f"rate of {self.wards['name'][str(code)]}, {self.period.label}"
            yield Value(
                key=f"where.{self.measure.code}.{str(code).lower()}.rate",
                value=float(rate),
                text=rate_text(float(rate)),
                unit=f"per 1,000 {self.per}",
                label=f"{self.measure.label}: {named}",
            )
        if len(ranked):
            sure = int((ranked["exceeds"] >= SURE).sum())
            yield self._value("above_by_rate", sure, "places almost surely above the rate of all")
            yield self._value("ranked_by_rate", len(ranked), "places ranked by rate")

    def _value(self, name: str, value: float, what: str) -> Value:
        return Value(
            key=f"where.{self.measure.code}.{name}",
            value=value,
            text=number_word(int(value)),
            label=f"{self.measure.label}: {what}",
        )

    def _ward_value(self, code: str, count: int, column: str, period: Period) -> Value:
        name = "count" if column == "after" else "baseline_count"
        ward = self.wards["name"][code]
        named = f"{ward} ward" if self.nested else ward
        return Value(
            key=f"where.{self.measure.code}.{code.lower()}.{name}",
            value=count,
            text=count_text(count),
            unit="count",
            label=f"{self.measure.label}: {named}, {period.label}",
        )
