"""Comparisons: what a period is set beside, as values that people name in words."""

from __future__ import annotations

from dataclasses import dataclass

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.period import Period

__all__ = ["DEFAULTS", "KINDS", "Comparison", "Spans", "sides_of"]

KINDS = (
    "year before",
    "period before",
    "rolling 12 months",
    "financial year to date",
    "mean of three years",
)
DEFAULTS = KINDS
"""What is compared where nobody asks for anything else."""
_BACK = 3
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Spans:
    """Hold the two sides of a comparison.

    Parameters
    ----------
    period
        What is compared.
    baselines
        What with: one period, or several whose mean counts.
    """

    period: Period
    baselines: tuple[Period, ...]

    @property
    def label(self) -> str:
        """Both sides, as readers would say them."""
        if len(self.baselines) == 1:
            return f"{self.period.label} against {self.baselines[0].label}"
        first, last = self.baselines[-1], self.baselines[0]
        return (
            f"{self.period.label} against the mean of the same months in {len(self.baselines)} "
            f"years, {first.label} to {last.label}"
        )

    @property
    def same_season(self) -> bool:
        """Whether both sides hold the same months of the year, each as often."""
        wanted = sorted(month.month for month in self.period.months)
        return all(sorted(m.month for m in b.months) == wanted for b in self.baselines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what a period is compared with.

    Parameters
    ----------
    name
        One of `KINDS`, or the name of a baseline.
    baseline
        The period that a named baseline stands for.
    """

    name: str
    baseline: Period | None = None

    @classmethod
    def parse(cls, text: str) -> Comparison:
        """Read a comparison.

        Parameters
        ----------
        text
            One of `KINDS`, or a name and a period: ``before the pandemic: FY2019``.

        Raises
        ------
        UsageError
            If it is neither.

        Examples
        --------
        >>> Comparison.parse("Before the pandemic: FY2019").baseline
        Period.parse('FY2019')
        """
        written = " ".join(text.split())
        name, colon, period = (part.strip() for part in written.partition(":"))
        if colon and name and period:
            return cls(name, Period.parse(period))
        if written.lower() in KINDS:
            return cls(written.lower())
        raise UsageError(
            f"comparison '{text}' is not known; write one of {', '.join(KINDS)}, or a name and its "
            "period, such as 'before the pandemic: FY2019'"
        )

    def spans(self, period: Period) -> Spans:
        """Give what is compared with what, for the period of a report.

        Raises
        ------
        UsageError
            If a named baseline does not end before the period starts.

        Examples
        --------
        >>> quarter = Period.parse("2023-07..2023-09")
        >>> for name in KINDS[1:4]:
        ...     print(Comparison(name).spans(quarter).label)
        July to September 2023 against April to June 2023
        12 months to September 2023 against 12 months to September 2022
        April to September 2023 against April to September 2022
        """
        if self.baseline is not None:
            if self.baseline.end >= period.start:
                raise UsageError(
                    f"comparison '{self.name}': {self.baseline} does not end before {period} starts"
                )
            return Spans(period, (self.baseline,))
        if self.name == "period before":
            return Spans(period, (_before(period),))
        if self.name == "mean of three years":
            years = -(-len(period.months) // _YEAR)
            back = range(years, years * _BACK + 1, years)
            return Spans(period, tuple(period.baseline(years=n) for n in back))
        span = period
        if self.name == "rolling 12 months":
            span = Period.parse(f"{_YEAR}m-to-{period.end:%Y-%m}")
        if self.name == "financial year to date":
            year = period.end.year - (period.end.month < 4)
            span = Period.parse(f"{year}-04..{period.end:%Y-%m}")
        return Spans(span, (span.baseline(),))


def _before(period: Period) -> Period:
    """Give as many months as a period has, just before it."""
    last = period.start.year * 12 + period.start.month - 2
    return Period.parse(f"{len(period.months)}m-to-{last // 12}-{last % 12 + 1:02d}")


def sides_of(period: str | int | Period, baseline: str | Period | None) -> tuple[Period, Period]:
    """Read a period and what it is compared with; the period's own baseline where none is given.

    Raises
    ------
    UsageError
        If either is not known, or the baseline does not end before the period starts.

    Examples
    --------
    >>> [str(side) for side in sides_of("2017-04..2017-06", None)]
    ['2017-04..2017-06', '2016-04..2016-06']
    """
    span = Period.parse(period)
    against = Period.parse(baseline) if baseline else span.baseline()
    if against.end >= span.start:
        raise UsageError(
            f"baseline '{against}' does not end before period '{span}' starts; the same "
            f"months before it are '{span.baseline()}'"
        )
    return span, against
