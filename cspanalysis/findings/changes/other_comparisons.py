"""Other comparisons: a period beside more than one baseline, a family of tests each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    found: dict[tuple[Period, tuple[Period, ...]], Compared] = {}
    for comparison in asked:
        spans = comparison.spans(sides.period)
        key = _whole(spans.period), tuple(map(_whole, spans.baselines))
        if key not in found:
            measures = [c.measure for c in changes if c.measure.code in monthly]
            own = key == (_whole(sides.period), (_whole(sides.baseline),))
            outcomes = (
                tuple(_told(c) for c in changes if c.measure in measures)
                if own
                else _outcomes(spans, monthly, measures, sides)
            )
            found[key] = Compared(comparison=comparison, spans=spans, outcomes=outcomes)
    return tuple(found.values())


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
    spans: Spans, monthly: pd.DataFrame, measures: Sequence[Measure], sides: Sides
) -> tuple[Outcome, ...]:
    from cspanalysis.methods import adjust, verdict

    drawn = [_counted(measure, spans, monthly, sides) for measure in measures]
    ready = [outcome.measure.code for outcome in drawn if not outcome.refused]
    tested = _tested(spans, monthly, ready, {o.measure.code: o for o in drawn})
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


def _counted(measure: Measure, spans: Spans, monthly: pd.DataFrame, sides: Sides) -> Outcome:
    after = _total(monthly, measure, spans.period)
    earlier = [_total(monthly, measure, baseline) for baseline in spans.baselines]
    known = [count for count in earlier if count is not None]
    before = sum(known) if len(known) == len(earlier) else None
    outcome = Outcome(measure=measure, before=before, after=after)
    for baseline, count in zip(spans.baselines, earlier, strict=True):
        missing = _missing(monthly, measure, (spans.period, baseline))
        line = Line(measure=measure, before=count, after=after, missing=missing)
        pair = replace(sides, period=spans.period, baseline=baseline)
        if why := refusal(line, pair):
            return replace(outcome, refused=why)
    if not spans.same_season and monthly[measure.code].notna().sum() < _FAMILY_LEAST:
        return replace(outcome, refused="There are too few months to know the season.")
    return outcome


def _total(monthly: pd.DataFrame, measure: Measure, period: Period) -> int | None:
    import pandas as pd

    held = monthly[measure.code].reindex(pd.DatetimeIndex(period.months))
    return None if held.isna().any() else int(held.sum())


def _missing(monthly: pd.DataFrame, measure: Measure, periods: Sequence[Period]) -> str:
    import pandas as pd

    months = [month for period in periods for month in period.months]
    held = monthly[measure.code].reindex(pd.DatetimeIndex(months))
    lacking = sorted({m for m, gone in zip(months, held.isna(), strict=True) if gone})
    return f"There are no figures for {months_text(lacking)}." if lacking else ""


def _tested(
    spans: Spans, monthly: pd.DataFrame, codes: Sequence[str], drawn: Mapping[str, Outcome]
) -> dict[str, _Made]:
    """Test by measure: the counts themselves, or with the season allowed for."""
    from cspanalysis.methods import compare

    if not codes:
        return {}
    noise = _noise(spans, monthly, codes)
    days = sum(baseline.days for baseline in spans.baselines)
    found = {}
    for code in codes:
        own = noise.get(code)
        if not spans.same_season:
            if own is not None:
                found[code] = _seasonal(own)
            continue
        before, after = drawn[code].before, drawn[code].after
        lent = borrowed(before, after, months=len(spans.period.months))
        row = compare(
            before,
            after,
            exposure_before=days,
            exposure_after=spans.period.days,
            dispersion=own["noise"] if own else lent.comparison,
            freedom=own["freedom"] if own else lent.freedom,
        ).iloc[0]
        if row["ratio"] == row["ratio"]:
            found[code] = _Made(*(float(row[name]) for name in _Made._fields))
    return found


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
