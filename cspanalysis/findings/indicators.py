"""Indicators: figures of a period that partners gave in the template, beside the police's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.partners import kept_back
from cspanalysis.findings.values import LEFT_OUT, MISSING, Value
from cspanalysis.findings.words import count_text, joined, rate_text
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Indicator", "indicators_of", "told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Hold one figure that a partner gave.

    Parameters
    ----------
    measure, period
        What and when.
    number
        Count or other figure; None where there is none, or it is kept back.
    denominator
        What it is out of; None where nothing is given.
    kept_back
        Whether the count is too small for this edition.
    status, source, note
        As the partner gave them.
    """

    measure: Measure
    period: Period
    number: float | None
    denominator: float | None
    kept_back: bool
    status: str
    source: str
    note: str

    @property
    def text(self) -> str:
        """The figure as people read it; that it is kept back, or missing, where it is."""
        if self.number is None:
            return LEFT_OUT if self.kept_back else MISSING
        whole = float(self.number).is_integer()
        return count_text(self.number) if whole else rate_text(self.number)

    def values(self) -> Iterator[Value]:
        """Give its value for machines, where there is one."""
        if self.number is not None:
            yield Value(
                key=f"partner.{self.measure.code}",
                value=self.number,
                text=self.text,
                label=f"{self.measure.label}, {self.period.label} ({self.source})",
            )


def indicators_of(
    store: Store, *, area: Area, period: Period, edition: str, without: Collection[Measure] = ()
) -> tuple[Indicator, ...]:
    """Give the figures that partners gave of an area and exactly this period.

    In a public edition small counts are kept back, and those of this or another period that would
    tell them; measures of `without` are left out.
    """
    if not store.has_published(area, period, source="partner"):
        return ()
    rows = store.published(area, period, source="partner")
    secret = _secret(store, area, period) if edition == "public" else frozenset()
    hidden = {measure.code for measure in without}
    return tuple(
        _indicator(dict(row), period, secret)
        for _, row in rows[~rows["measure"].isin(hidden)].iterrows()
    )


def told(found: Sequence[Indicator]) -> str:
    """List figures of partners in the middle of a sentence."""
    return joined([f"{one.measure.phrase} ({one.text})" for one in found])


def _secret(store: Store, area: Area, period: Period) -> frozenset[str]:
    """Give the measures whose counts of a period are kept back, in every report alike."""
    given: dict[tuple[str, Period], int] = {}
    for span in store.published_periods(area, source="partner"):
        rows = store.published(area, span, source="partner").dropna(subset=["count"])
        for measure, count in zip(rows["measure"], rows["count"], strict=True):
            given[str(measure), span] = int(count)
    parents = {code: Measure.named(code).parent for code, _ in given}
    secret = kept_back(given, parents=parents, threshold=rules_of(area).threshold)
    return frozenset(code for code, span in secret if span == period)


def _indicator(row: dict[str, object], period: Period, secret: frozenset[str]) -> Indicator:
    count = _number(row["count"])
    hidden = count is not None and str(row["measure"]) in secret
    number = _number(row["value"]) if count is None else count
    return Indicator(
        measure=Measure.named(str(row["measure"])),
        period=period,
        number=None if hidden else number,
        denominator=_number(row["denominator"]),
        kept_back=hidden,
        status=str(row["status"]),
        source=str(row["source"]),
        note=str(row["note"] or ""),
    )


def _number(value: object) -> float | None:
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload]
