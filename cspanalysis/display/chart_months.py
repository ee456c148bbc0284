"""The months of a control chart as plain values: what is drawn, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ChartMonth", "ChartMonths", "ChartSegment"]

_NUMBERS = ("value", "mean", "lower", "upper")


class ChartMonth(NamedTuple):
    """Hold one month of a chart: its place on the axis, its value, its average and its signal.

    Value, average and limits are missing (NaN) where there are none; so is the signal, as None,
    of a month that takes no part in the average.
    """

    place: int
    month: date
    value: float
    mean: float
    lower: float
    upper: float
    signal: str | None
    meaning: str | None

    @property
    def known(self) -> bool:
        """Whether the month has a value."""
        return self.value == self.value

    @property
    def high(self) -> bool:
        """Whether the value lies above the average."""
        return self.value > self.mean


class ChartSegment(NamedTuple):
    """Hold what holds from one setting of the average to the next: its places, average, limits."""

    start: float
    end: float
    mean: float
    lower: float
    upper: float

    @property
    def limited(self) -> bool:
        """Whether the segment has limits."""
        return self.lower == self.lower and self.upper == self.upper


@dataclass(frozen=True, slots=True)
class ChartMonths:
    """Hold every month of an axis, and the segments of a chart on it.

    Parameters
    ----------
    months
        The months of the axis, none left out.
    segments
        Segments of the chart, oldest first.
    """

    months: tuple[ChartMonth, ...]
    segments: tuple[ChartSegment, ...]

    @classmethod
    def of(cls, chart: pd.DataFrame, axis: pd.DatetimeIndex | None = None) -> ChartMonths:
        """Read a frame as `methods.xmr` gives it, indexed by month; on an axis of more months.

        A month of the axis that the frame lacks has no value and no signal.
        """
        on_axis = chart if axis is None else chart.reindex(axis)
        dates = [month.date() for month in on_axis.index]
        value, mean, lower, upper = (on_axis[name].astype(float).tolist() for name in _NUMBERS)
        signal, meaning = (
            [said if isinstance(said, str) else None for said in on_axis[name].tolist()]
            for name in ("signal", "meaning")
        )
        columns = (range(len(dates)), dates, value, mean, lower, upper, signal, meaning)
        months = tuple(ChartMonth(*month) for month in zip(*columns, strict=True))
        held: dict[float, list[ChartMonth]] = {}
        for number, month in zip(on_axis["segment"].tolist(), months, strict=True):
            if number == number:
                held.setdefault(number, []).append(month)
        return cls(months, tuple(_segment(held[number]) for number in sorted(held)))

    @property
    def known(self) -> list[ChartMonth]:
        """The months that have a value."""
        return [month for month in self.months if month.known]

    @property
    def apart(self) -> list[ChartMonth]:
        """The months whose value takes no part in the average."""
        return [month for month in self.months if month.known and month.signal is None]

    @property
    def outside(self) -> list[ChartMonth]:
        """The months beyond a limit."""
        return [month for month in self.months if month.signal == "outside"]


def _segment(months: list[ChartMonth]) -> ChartSegment:
    first, last = months[0], months[-1]
    return ChartSegment(first.place - 0.5, last.place + 0.5, first.mean, first.lower, first.upper)
