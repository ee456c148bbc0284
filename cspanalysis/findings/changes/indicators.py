"""Indicators: figures of a period that partners gave, beside the police's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.partners import kept_back
from cspanalysis.evidence.comparability import Comparison
from cspanalysis.evidence.figures import Provenance
from cspanalysis.evidence.tables import pair_of
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import LEFT_OUT, MISSING, Value
from cspanalysis.findings.wording.numbers import count_text, rate_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Indicator", "given_changes", "indicators_of", "told"]

_SOURCE = "partner"
_NOWHERE = Provenance("", "")


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
    part
        Whether its period is a part of the report's.
    change
        Its count tested against the one that is held of an earlier period of the same months;
        None where there is none.
    """

    measure: Measure
    period: Period
    number: float | None
    denominator: float | None
    kept_back: bool
    status: str
    source: str
    note: str
    part: bool = False
    change: Change | None = None

    @property
    def text(self) -> str:
        """The figure as people read it; that it is kept back, or missing, where it is."""
        if self.number is None:
            return LEFT_OUT if self.kept_back else MISSING
        whole = float(self.number).is_integer()
        return count_text(self.number) if whole else rate_text(self.number)

    @property
    def told(self) -> str:
        """The figure for the middle of a sentence, with its period where that is another."""
        return f"{self.text}, {self.period.label}" if self.part else self.text

    def values(self) -> Iterator[Value]:
        """Give its value for machines, where there is one."""
        if self.number is not None:
            yield Value(
                key=f"partner.{self.measure.code}",
                value=self.number,
                text=self.text,
                label=f"{self.measure.label}, {self.period.label} ({self.source})",
                source=self.source,
            )


def indicators_of(
    store: Store, *, area: Area, period: Period, edition: str, without: Collection[Measure] = ()
) -> tuple[Indicator, ...]:
    """Give the figures that partners gave of an area and a period.

    Of a measure without a figure of exactly this period, the last one of a period inside it, such
    as its last quarter. In a public edition small counts are kept back, and those of this or
    another period that would tell them; measures of `without` are left out.
    """
    spans = store.figures.published_periods(area, source=_SOURCE)
    inside = [span for span in spans if period.start <= span.start and span.end <= period.end]
    secret = _secret(store, area, spans) if inside and edition == "public" else frozenset()
    hidden = {measure.code for measure in without}
    found: dict[str, Indicator] = {}
    for span in sorted(inside, key=lambda span: (span != period, -span.end.toordinal())):
        for _, row in store.published(area, span, source=_SOURCE).iterrows():
            if str(row["measure"]) not in hidden:
                found.setdefault(str(row["measure"]), _indicator(dict(row), span, secret))
    shown = [replace(one, part=one.period != period) for one in found.values()]
    return _compared(shown, store, area, spans, secret)


def given_changes(
    store: Store, sides: Comparison, edition: str, *, without: Collection[Measure]
) -> tuple[Change, ...]:
    """Test the counts that partners gave of an area in a period and in its baseline period.

    Parameters
    ----------
    sides
        Area, period and baseline period.
    edition
        In a public one, measures of which either count is kept back are left out.
    without
        Measures to leave out.
    """
    area, spans = sides.area, (sides.baseline, sides.period)
    if not all(store.figures.has_published(area, span, source=_SOURCE) for span in spans):
        return ()
    pair = pair_of(store, _SOURCE, area=area, period=sides.period, baseline=sides.baseline)
    held = store.figures.published_periods(area, source=_SOURCE)
    secret = _secret(store, area, held) if edition == "public" else frozenset()
    lines = [
        line
        for line in pair.lines
        if line.before is not None
        and line.after is not None
        and line.measure not in without
        and not any((line.measure.code, span) in secret for span in spans)
    ]
    own = replace(sides, provenance=pair.provenance, located=(1.0, 1.0), caveats=())
    return changes(lines, comparison=own)


def _compared(
    found: Sequence[Indicator],
    store: Store,
    area: Area,
    spans: Sequence[Period],
    secret: Collection[tuple[str, Period]],
) -> tuple[Indicator, ...]:
    """Test figures against the last earlier ones of the same months, those of a pair together."""
    hidden = {Measure.named(code) for code, _ in secret}
    tested: dict[Measure, Change] = {}
    for span in dict.fromkeys(one.period for one in found):
        others = {one.measure for one in found if one.period != span} | hidden
        for earlier in reversed([held for held in spans if _alike(held, span)]):
            own = Comparison(area=area, period=span, baseline=earlier, provenance=_NOWHERE)
            made = given_changes(store, own, "sensitive", without=others | tested.keys())
            tested |= {change.measure: change for change in made}
    return tuple(replace(one, change=tested.get(one.measure)) for one in found)


def _alike(earlier: Period, later: Period) -> bool:
    """Tell whether a period is of the same months in an earlier year."""
    months = [[month.month for month in span.months] for span in (earlier, later)]
    return earlier.end < later.start and months[0] == months[1]


def told(found: Sequence[Indicator]) -> str:
    """List figures of partners in the middle of a sentence."""
    return joined([f"{one.measure.phrase} ({one.told})" for one in found])


def _secret(store: Store, area: Area, spans: Sequence[Period]) -> frozenset[tuple[str, Period]]:
    """Give the measures and periods whose counts are kept back, in every report alike."""
    given: dict[tuple[str, Period], int] = {}
    for span in spans:
        rows = store.published(area, span, source=_SOURCE).dropna(subset=["count"])
        for measure, count in zip(rows["measure"], rows["count"], strict=True):
            given[str(measure), span] = int(count)
    parents = {code: Measure.named(code).parent for code, _ in given}
    return kept_back(given, parents=parents, threshold=rules_of(area).threshold)


def _indicator(
    row: dict[str, object], period: Period, secret: Collection[tuple[str, Period]]
) -> Indicator:
    count = _number(row["count"])
    hidden = count is not None and (str(row["measure"]), period) in secret
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
