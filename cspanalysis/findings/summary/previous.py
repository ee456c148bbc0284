"""Since the previous edition: what changed, what was revised and what was recommended then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.narrative import summary, table_title
from cspanalysis.findings.values import Value, values_of
from cspanalysis.findings.wording.numbers import (
    count_text,
    day_text,
    signed_percent_text,
    signed_text,
)
from cspanalysis.partnership.work import Recommendation
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Previous", "Revised", "Revisions", "named", "revisions"]

_PARTS = ["earlier", "later", "change"]


@dataclass(frozen=True, slots=True)
class Revised:
    """Hold what became of the months of one measure that were known before.

    Parameters
    ----------
    measure
        What was counted.
    earlier, later
        Counts of the same months in the two vintages.
    percent
        Change in percent; None from zero.
    """

    measure: Measure
    earlier: int
    later: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Revisions:
    """Hold how the months of a period were revised between two vintages.

    Parameters
    ----------
    first, last
        The vintages: the one by which all months were first known, and the newest.
    months
        The months that both know, as people read them.
    lines
        The measures, all crime first.
    """

    first: str
    last: str
    months: str
    lines: tuple[Revised, ...]

    @property
    def changed(self) -> tuple[Revised, ...]:
        """The measures whose counts are not what they were."""
        return tuple(line for line in self.lines if line.earlier != line.later)

    @property
    def title(self) -> str:
        """What became of the total."""
        total = self.lines[0]
        if total.earlier == total.later:
            return f"{total.measure.label} of {self.months} stands as it was first published"
        counts = f"from {count_text(total.earlier)} to {count_text(total.later)}"
        percent = f" ({signed_percent_text(total.percent)})" if total.percent is not None else ""
        return f"{total.measure.label} of {self.months} was revised {counts}{percent}"

    @property
    def note(self) -> str:
        """Between which vintages."""
        return (
            f"The first figures are of {day_text(self.first)}, the newest of "
            f"{day_text(self.last)}. Records are corrected, so old months move."
        )

    def values(self) -> Iterator[Value]:
        """Give the revision of each measure by key."""
        for line in self.changed:
            yield Value(
                key=f"revision.{line.measure.code}",
                value=line.later - line.earlier,
                text=signed_text(line.later - line.earlier),
                unit="count",
                label=f"{line.measure.label}: revision of {self.months}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Hold what there is to say of the previous edition.

    Parameters
    ----------
    previous, baseline
        Its period, and the baseline period of this report.
    changes
        This report's period against that one.
    said
        What that edition would open with on the figures of today; empty where it can't be made.
    revisions
        How its months were revised; None where one vintage is held.
    recommended
        What it recommended; None where no partnership file of that period is kept.
    """

    previous: Period
    baseline: Period
    changes: tuple[Change, ...] = field(repr=False)
    said: str = ""
    revisions: Revisions | None = None
    recommended: tuple[Recommendation, ...] | None = None

    @property
    def is_baseline(self) -> bool:
        """Whether the report compares with the previous edition's period anyway."""
        return self.previous == self.baseline

    @property
    def is_compared(self) -> bool:
        """Whether a comparison with that period is made here, and not elsewhere in the report."""
        return not self.is_baseline and any(c.p_value is not None for c in self.changes)

    @property
    def title(self) -> str:
        """What changed since then."""
        return f"{table_title(self.changes)} since {named(self.previous)}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed since then, and what that edition would say today."""
        return tuple(filter(None, (*self._changed(), self._then, self._revised)))

    def values(self) -> Iterator[Value]:
        """Give what is shown by key: changes since then, and revisions."""
        if self.is_compared:
            for value in values_of(self.changes).values():
                if value.value is not None:
                    key = value.key.replace("change.", "since-previous.", 1)
                    yield _renamed(value, key)
        if self.revisions:
            yield from self.revisions.values()

    def _changed(self) -> Iterator[str]:
        if self.is_baseline:
            yield (
                f"The previous edition covered {named(self.previous)}, with which this report "
                "compares throughout: the table of changes shows what changed."
            )
        elif self.is_compared:
            yield from summary(self.changes)[:2]

    @property
    def _then(self) -> str:
        if not self.said:
            return f"No figures of {named(self.previous)} are held to make that edition again."
        opening = f"On the figures held today, the edition of {named(self.previous)} would open"
        return f"{opening}: '{self.said}'"

    @property
    def _revised(self) -> str:
        if self.revisions or not self.said:
            return ""
        return (
            f"Whether the months of {named(self.previous)} were revised can't be said: one version "
            "of them is held."
        )


def named(period: Period) -> str:
    """Name a period inside a sentence.

    Examples
    --------
    >>> named(Period.parse("2022")), named(Period.parse("12m-to-2022-03"))
    ('2022', 'the 12 months to March 2022')
    """
    return f"the {period.label}" if period.label.startswith("12 months") else period.label


def revisions(
    store: Store, *, area: Area, period: Period, without: Collection[Measure] = ()
) -> Revisions | None:
    """Tell how the months of a period were revised since all of them were first known.

    Parameters
    ----------
    store
        Where counts come from.
    area, period
        Where and when.
    without
        Measures to leave out.

    Returns
    -------
    Revisions or None
        None where the months are held in one vintage alone, or not at all.
    """
    from cspanalysis.methods import revision

    known = _vintages(store, area, period)
    if known is None:
        return None
    earlier, later = (store.monthly(area, months=period, as_of=vintage) for vintage in known)
    both = earlier["all-crime"].notna() & later["all-crime"].notna()
    lines = []
    for code in earlier.columns.intersection(later.columns):
        if Measure.named(str(code)) in without:
            continue
        known_months = (frame.loc[both, code].astype(float) for frame in (earlier, later))
        row = revision(*known_months).loc[["revision"], _PARTS]
        before, after, change = row.to_numpy(dtype=float)[0].tolist()
        percent = 100 * change / before if before else None
        lines.append(Revised(Measure.named(str(code)), int(before), int(after), percent))
    months = months_text([month.date() for month in earlier.index[both]])
    return Revisions(*known, months, tuple(lines))


def _vintages(store: Store, area: Area, period: Period) -> tuple[str, str] | None:
    """Give the vintage by which all months held were first known, and the newest."""
    held = store.held.vintages(area, period.months)
    if not held:
        return None
    first = max(names[0] for names in held.values())
    last = max(names[-1] for names in held.values())
    return None if first == last else (first, last)


def _renamed(value: Value, key: str) -> Value:
    return replace(value, key=key, label=f"{value.label}, since the previous edition")
