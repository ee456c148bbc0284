"""Usual: each month of a period against the range that its month of the year usually falls in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, interval_text, number_word
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["UsualYear", "usual_year"]

_ENOUGH = 24
"""Months before the period from which a range is drawn without the period's own months."""


@dataclass(frozen=True, kw_only=True)
class UsualYear:
    """Hold the months of a period beside the range that they usually fall in.

    Parameters
    ----------
    measure, area, period
        What, where and when.
    months
        Twelve rows, first days of the months shown: ``value`` (count; missing outside the period
        and where there is no figure), ``expected``, ``lower``, ``upper`` (missing with `reason`).
    drawn_from
        How many months the range was drawn from.
    own
        Whether months of the period were among them.
    reason
        Why there is no range; empty where there is one.
    provenance
        Where the counts came from.
    """

    measure: Measure
    area: Area
    period: Period
    months: pd.DataFrame = field(compare=False)
    drawn_from: int
    own: bool
    reason: str = ""
    provenance: Provenance | None = None

    @property
    def above(self) -> tuple[date, ...]:
        """Months that lie above their usual range."""
        return self._outside(self.months["value"] > self.months["upper"])

    @property
    def below(self) -> tuple[date, ...]:
        """Months that lie below their usual range."""
        return self._outside(self.months["value"] < self.months["lower"])

    @property
    def title(self) -> str:
        """Say the finding as the title of a chart."""
        when = self.period.label
        known = int(self.months["value"].notna().sum())
        out = (*self.above, *self.below)
        if self.reason or not known:
            return f"{self.measure.label}, month by month, {when}"
        if not out:
            every = "The month" if known == 1 else f"Every month of {when}"
            return f"{every} was within its usual range for {self.measure.phrase}"
        if known == 1:
            return f"The month was outside its usual range for {self.measure.phrase}"
        verb = "was" if len(out) == 1 else "were"
        few = number_word(len(out)).capitalize()
        return (
            f"{few} of {number_word(known)} months {verb} outside the usual range for "
            f"{self.measure.phrase}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say which months were unusual, and how the range was drawn."""
        if self.reason:
            return (f"No usual range can be drawn: {self.reason}.",)
        parts = [
            f"{joined([f'{m:%B %Y}' for m in months])} {'was' if len(months) == 1 else 'were'} "
            f"{side} the usual range."
            for side, months in (("above", self.above), ("below", self.below))
            if months
        ]
        first = " ".join(parts) or f"{self.title}."
        chance = "Chance alone puts about one month in 20 outside the range."
        return first, f"{chance} {self.basis}"

    @property
    def basis(self) -> str:
        """Say what the range was drawn from."""
        if self.own:
            return (
                f"It is drawn from {count_text(self.drawn_from)} months, this period's own among "
                "them, for few came before."
            )
        return f"It is drawn from the {count_text(self.drawn_from)} months before."

    def values(self) -> Iterator[Value]:
        """Give its values for machines: the months outside, and each month with its range."""
        if self.reason:
            return
        key = f"usual.{self.measure.code}"
        yield Value(
            key=f"{key}.outside",
            value=len(self.above) + len(self.below),
            text=number_word(len(self.above) + len(self.below)),
            label=f"{self.measure.label}: months outside the usual range, {self.period.label}",
        )
        for month, row in self.months.dropna(subset=["value"]).iterrows():
            limits = interval_text(count_text(row["lower"]), count_text(row["upper"]))
            yield Value(
                key=f"{key}.{month:%Y-%m}",
                value=float(row["value"]),
                text=count_text(row["value"]),
                unit="count",
                label=f"{self.measure.label}: {month:%B %Y}; usual range {limits}",
            )

    def _outside(self, marked: pd.Series) -> tuple[date, ...]:
        return tuple(month.date() for month in self.months.index[marked.fillna(False)])


def usual_year(
    counts: pd.Series,
    *,
    measure: Measure,
    area: Area,
    period: Period,
    provenance: Provenance | None = None,
) -> UsualYear:
    """Hold the months of a period against what is usual for their month of the year.

    Parameters
    ----------
    counts
        Counts by month (index of Timestamps, first days), history included, up to the period's
        end. A missing month is a missing value.
    measure, area, period
        What, where and when. Of a period longer than a year the last twelve months are shown; of
        a shorter one, the calendar year that it ends in.
    provenance
        Where the counts came from.
    """
    import pandas as pd

    from cspanalysis.methods import usual_range

    shown = pd.DatetimeIndex(_twelve(period))
    known = counts[counts.index <= pd.Timestamp(period.end)]
    before = known[known.index < pd.Timestamp(period.start)].dropna()
    own = len(before) < _ENOUGH
    history = known.dropna() if own else before
    own_months = pd.DatetimeIndex(period.months)
    values = known.astype("Float64").reindex(own_months).reindex(shown)
    frame = pd.DataFrame({"value": values.astype(float)}, index=shown)
    reason = "no month has a figure"
    ranges = None
    if len(history):
        ranges = usual_range(history.astype("int64"), months=shown.strftime("%Y-%m"))
        reason = str(ranges["reason"].iloc[0])
    for name in ("expected", "lower", "upper"):
        frame[name] = float("nan") if ranges is None else ranges[name].to_numpy()
    return UsualYear(
        measure=measure,
        area=area,
        period=period,
        months=frame,
        drawn_from=len(history),
        own=own,
        reason=reason,
        provenance=provenance,
    )


def _twelve(period: Period) -> list[date]:
    if len(period.months) >= 12:
        return list(period.months)[-12:]
    return [date(period.end.year, month, 1) for month in range(1, 13)]
