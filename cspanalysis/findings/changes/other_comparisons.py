"""Other comparisons: a period beside more than one baseline, a family of tests each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from cspanalysis.evidence.comparability import Comparison as Sides
from cspanalysis.evidence.comparability import Line, refusal
from cspanalysis.evidence.figures import Verdict
from cspanalysis.evidence.noise import borrowed
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.values import MISSING, Value
from cspanalysis.findings.wording.numbers import percent_text
from cspanalysis.vocabulary import Measure, Period
from cspanalysis.vocabulary.comparison import Comparison, Spans
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Compared", "Outcome", "other_comparisons"]

_FAMILY_LEAST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Hold what one comparison found of one measure.

    Parameters
    ----------
    measure
        The measure.
    before, after
        Counts; of several baseline periods their sum. None where missing.
    percent
        Change in percent by day, after allowing for the season where the months differ; None
        where `before` is below 50, or nothing was compared.
    word
        "higher", "lower" or "no clear change"; None where nothing was compared.
    refused
        Why nothing was compared; empty where it was.
    """

    measure: Measure
    before: int | None
    after: int | None
    percent: float | None = None
    word: Verdict | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Hold one comparison and what it found of every measure."""

    comparison: Comparison
    spans: Spans
    outcomes: tuple[Outcome, ...]

    @property
    def title(self) -> str:
        """The name of the comparison, as a heading has it."""
        return f"{self.comparison.name[:1].upper()}{self.comparison.name[1:]}"

    @property
    def made(self) -> bool:
        """Whether any measure could be compared."""
        return any(outcome.word for outcome in self.outcomes)

    @property
    def reason(self) -> str:
        """Why nothing could be compared: the reason of most measures."""
        reasons = [outcome.refused for outcome in self.outcomes if outcome.refused]
        return max(reasons, key=reasons.count, default="There are no figures.")

    def values(self) -> Iterator[Value]:
        """Give the change of every measure for machines."""
        name = self.comparison.name.replace(" ", "-").lower()
        for found in self.outcomes:
            yield Value(
                key=f"compared.{name}.{found.measure.code}",
                value=found.percent,
                text=MISSING if found.percent is None else percent_text(found.percent),
                unit="%",
                verdict=found.word or "",
                label=f"{found.measure.label}: {self.comparison.name}, {self.spans.label}",
            )


def other_comparisons(
    asked: Sequence[Comparison],
    *,
    monthly: pd.DataFrame,
    changes: Sequence[Change],
    sides: Sides,
) -> tuple[Compared, ...]:
    """Make several comparisons of counts by month; those with the same two sides once.

    The p-values of one comparison are adjusted together, all crime apart. A missing month bars
    only the comparisons that need it, and only of the measures that lack it.

    Parameters
    ----------
    asked
        The comparisons.
    monthly
        Counts by month, one column a measure.
    changes
        The report's own changes: its measures, and its words where it makes the same comparison.
    sides
        Area and source that all share; its periods are those of the report.
    """
    counts = _Counts(monthly, {c.measure.code: _known(monthly, c.measure) for c in changes})
    found: dict[tuple[Period, tuple[Period, ...]], Compared] = {}
    for comparison in asked:
        spans = comparison.spans(sides.period)
        key = _whole(spans.period), tuple(map(_whole, spans.baselines))
        if key not in found:
            measures = [c.measure for c in changes if c.measure.code in monthly.columns]
            own = key == (_whole(sides.period), (_whole(sides.baseline),))
            outcomes = (
                tuple(_told(c) for c in changes if c.measure in measures)
                if own
                else _outcomes(spans, counts, measures, sides)
            )
            found[key] = Compared(comparison=comparison, spans=spans, outcomes=outcomes)
    return tuple(found.values())


class _Counts(NamedTuple):
    """Hold counts by month as a frame, and by measure those of the months that are known."""

    frame: pd.DataFrame
    known: dict[str, dict[date, int]]


def _known(monthly: pd.DataFrame, measure: Measure) -> dict[date, int]:
    if measure.code not in monthly.columns:
        return {}
    held = monthly[measure.code].dropna()
    return {month.date(): int(count) for month, count in held.items()}  # type: ignore[attr-defined]


class _Made(NamedTuple):
    """Hold a test that was made."""

    ratio: float
    p_value: float
    lower: float
    upper: float


def _told(change: Change) -> Outcome:
    """Repeat what the report says of a change."""
    large = (change.before or 0) >= MINIMUM_BASE
    return Outcome(
        measure=change.measure,
        before=change.before,
        after=change.after,
        percent=change.percent_change if large else None,
        word=change.verdict,
        refused=change.refused,
    )


def _whole(period: Period) -> Period:
    return Period.of_months(period.start, period.end)


def _outcomes(
    spans: Spans, counts: _Counts, measures: Sequence[Measure], sides: Sides
) -> tuple[Outcome, ...]:
    from cspanalysis.methods import adjust, verdict

    drawn = [_counted(measure, spans, counts.known[measure.code], sides) for measure in measures]
    ready = [outcome.measure.code for outcome in drawn if not outcome.refused]
    tested = _tested(spans, counts.frame, ready, {o.measure.code: o for o in drawn})
    family = [code for code in tested if code != "all-crime"]
    adjusted = dict(zip(family, adjust([tested[c].p_value for c in family]), strict=True))
    judged = []
    for outcome in drawn:
        code = outcome.measure.code
        if code not in tested:
            judged.append(outcome)
            continue
        made = tested[code]
        word = verdict(
            made.p_value,
            float(adjusted.get(code, made.p_value)),
            made.ratio,
            lower=made.lower,
            upper=made.upper,
        )
        large = (outcome.before or 0) >= MINIMUM_BASE
        percent = 100 * (made.ratio - 1) if large else None
        judged.append(replace(outcome, percent=percent, word=cast("Verdict", word)))
    return tuple(judged)


def _counted(measure: Measure, spans: Spans, known: Mapping[date, int], sides: Sides) -> Outcome:
    after = _total(known, spans.period)
    earlier = [_total(known, baseline) for baseline in spans.baselines]
    summed = [count for count in earlier if count is not None]
    before = sum(summed) if len(summed) == len(earlier) else None
    outcome = Outcome(measure=measure, before=before, after=after)
    missing = _missing(known, (spans.period, *spans.baselines))
    for baseline, count in zip(spans.baselines, earlier, strict=True):
        line = Line(measure=measure, before=count, after=after, missing=missing)
        pair = replace(sides, period=spans.period, baseline=baseline)
        if why := refusal(line, pair):
            return replace(outcome, refused=why)
    if not spans.same_season and len(known) < _FAMILY_LEAST:
        return replace(outcome, refused="There are too few months to know the season.")
    return outcome


def _total(known: Mapping[date, int], period: Period) -> int | None:
    held = [known.get(month) for month in period.months]
    return None if None in held else sum(count for count in held if count is not None)


def _missing(known: Mapping[date, int], periods: Sequence[Period]) -> str:
    lacking = sorted({m for period in periods for m in period.months if m not in known})
    return f"There are no figures for {months_text(lacking)}." if lacking else ""


def _tested(
    spans: Spans, monthly: pd.DataFrame, codes: Sequence[str], drawn: Mapping[str, Outcome]
) -> dict[str, _Made]:
    """Test by measure: the counts themselves, or with the season allowed for."""
    from cspanalysis.methods import compare

    if not codes:
        return {}
    noise = _noise(spans, monthly, codes)
    if not spans.same_season:
        return {code: _seasonal(noise[code]) for code in codes if code in noise}
    before, after = ([getattr(drawn[code], side) for code in codes] for side in ("before", "after"))
    own = [
        noise.get(code) or _lent(b, a, spans)
        for code, b, a in zip(codes, before, after, strict=True)
    ]
    rows = compare(
        before,
        after,
        exposure_before=sum(baseline.days for baseline in spans.baselines),
        exposure_after=spans.period.days,
        dispersion=[found["noise"] for found in own],
        freedom=[found["freedom"] for found in own],
    )
    made = rows[list(_Made._fields)].itertuples(index=False)
    told = dict(zip(codes, (_Made(*map(float, row)) for row in made), strict=True))
    return {code: row for code, row in told.items() if row.ratio == row.ratio}


def _lent(before: int | None, after: int | None, spans: Spans) -> dict[str, float]:
    lent = borrowed(before, after, months=len(spans.period.months))
    return {"noise": lent.comparison, "freedom": lent.freedom}


def _noise(
    spans: Spans, monthly: pd.DataFrame, codes: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Learn the noise of the lines; none where there are too few months."""
    import pandas as pd

    from cspanalysis.methods import count_noise

    parts = [code for code in codes if code != "all-crime"]
    baseline = [month for each in spans.baselines for month in each.months]
    if not parts or len(monthly) < _FAMILY_LEAST:
        return {}
    frame = count_noise(
        monthly[parts].astype("Float64").astype(float),
        period=pd.PeriodIndex(pd.DatetimeIndex(spans.period.months), freq="M"),
        baseline=pd.PeriodIndex(pd.DatetimeIndex(baseline), freq="M"),
        others=monthly[["all-crime"]].astype("Float64").astype(float)
        if "all-crime" in codes
        else None,
    ).dropna()
    return {str(c): {str(k): float(v) for k, v in row.items()} for c, row in frame.iterrows()}


def _seasonal(own: Mapping[str, float]) -> _Made:
    import math

    from scipy.stats import t

    log_ratio, error, freedom = own["log_ratio"], math.sqrt(own["variance"]), own["freedom"]
    reach = float(t.ppf(0.975, freedom)) * error
    return _Made(
        ratio=math.exp(log_ratio),
        p_value=2 * float(t.sf(abs(log_ratio) / error, freedom)),
        lower=math.exp(log_ratio - reach),
        upper=math.exp(log_ratio + reach),
    )
