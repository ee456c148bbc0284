"""Trends: a control chart of the months of each measure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from cspanalysis.evidence.figures import Caveat, Provenance
from cspanalysis.findings.changes.steps import Step, marks_of
from cspanalysis.findings.finding import Mark, Trend
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, number_word
from cspanalysis.partnership.event import Event
from cspanalysis.vocabulary import Area, Measure, Period, breaks_between
from cspanalysis.vocabulary.listed import joined, months_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "FEWEST_MONTHS",
    "first_signal",
    "no_trends",
    "positions_of",
    "runs_of",
    "signals",
    "trend_subtitle",
    "trends",
    "trends_subtitle",
    "trends_title",
    "uncharted",
]

FEWEST_MONTHS = 13
"""A control chart with fewer points has limits too unsure to show."""
FEWEST_A_MONTH = 1
"""Of rarer things most months are 0 and their moving ranges as well: limits would lie on the mean,
and every month would be outside them."""

UNIT = "per 30 days"
_IMPROVEMENT: dict[str, Literal["decrease", "increase", "neutral"]] = {
    "lower": "decrease",
    "higher": "increase",
    "none": "neutral",
}


def trends(
    monthly: pd.DataFrame,
    *,
    area: Area,
    provenance: Provenance,
    since: date | None = None,
    steps: Mapping[str, Sequence[Step]] | None = None,
    events: Sequence[Event] = (),
    short: Collection[date] = (),
) -> tuple[Trend, ...]:
    """Make a control chart of each measure's months.

    Months differ in length, so counts are charted per 30 days. Where the season is clear it is
    taken out (see `methods.seasonal_choice`), so that no chart signals every summer. A chart ends
    with the last month that is known, so that what it signals is said of that one. Average and
    limits are set anew from each step on that is sure, each lasting break in recording and each
    event (see `steps.marks_of`); months of a passing episode, such as the Covid restrictions, and
    months that are short in the files take no part in them.

    Parameters
    ----------
    monthly
        Counts, one row a month (index of Timestamps, first days), one column a measure. A
        missing month is a row of missing values.
    area
        Whose counts these are.
    provenance
        Where they came from.
    since
        First month of the period reported on: where none from it on is known, nothing is charted.
    steps
        Steps by code of the measure, as `steps.steps_of` finds them.
    events
        What the partnership names.
    short
        Months that lost crimes between editions of the files.

    Returns
    -------
    tuple of Trend
        One a measure that has at least `FEWEST_MONTHS` months and, on average, `FEWEST_A_MONTH`.
    """
    if not _known_since(monthly, since):
        return ()
    drawn = [
        _trend(
            Measure.named(code),
            monthly[code],
            area,
            provenance,
            (steps or {}).get(code, ()),
            events,
            short,
        )
        for code in monthly.columns
    ]
    return tuple(trend for trend in drawn if trend is not None)


def trends_title(found: Sequence[Trend]) -> str:
    """Write the title of the control charts: their finding at the last month."""
    if not found:
        return "There are too few months to chart"
    last = max(trend.chart.index[-1] for trend in found)
    unusual = [t.measure.phrase for t in found if t.signalled]
    when = f"{last:%B %Y}"
    if not unusual:
        firm = sum(trend.variation != "none" for trend in found)
        if not firm:
            return "Too few months have passed since averages were set anew"
        every = "every measure" if firm == len(found) else "every measure with a firm range"
        return f"In {when} {every} was within its usual range"
    verb = "was" if len(unusual) == 1 else "were"
    if len(unusual) > 3:
        share = f"{number_word(len(unusual))} of {number_word(len(found))}"
        return f"In {when} {share} measures were outside their usual pattern"
    text = f"in {when} {joined(unusual)} {verb} outside the usual pattern"
    return text[:1].upper() + text[1:]


def no_trends(monthly: pd.DataFrame | None, *, since: date | None = None) -> str:
    """Say why nothing is charted of some months; None where only a table was published."""
    needed = f"A control chart needs at least {FEWEST_MONTHS} months."
    if monthly is None:
        return f"These figures were published for whole periods alone. {needed}"
    if monthly.columns.empty:
        return "This edition tells no counts by month."
    if not _known_since(monthly, since):
        return "No month of the period has figures, so there is nothing to chart."
    known = int(monthly.notna().any(axis="columns").sum())
    if known < FEWEST_MONTHS:
        months = "month" if known == 1 else "months"
        return f"There are figures for {number_word(known)} {months}. {needed}"
    return "Less than one count a month is too few for a control chart."


def uncharted(monthly: pd.DataFrame, found: Sequence[Trend]) -> str:
    """Name the measures that are too rare for a control chart; empty where every one is charted."""
    charted = {trend.measure.code for trend in found}
    rare = [Measure.named(code).phrase for code in monthly.columns if code not in charted]
    if not rare:
        return ""
    return f"Not charted, since less than one a month is counted: {joined(rare)}."


def trends_subtitle(found: Sequence[Trend]) -> str:
    """Say what the charts draw, and from which of them the season is taken out."""
    text = f"Offences and incidents {UNIT} in {found[0].area.name}, by month."
    adjusted = [trend.measure.phrase for trend in found if trend.unit != UNIT]
    if not adjusted:
        return text
    if len(adjusted) == len(found):
        return f"{text} The usual season is taken out."
    return f"{text} The usual season is taken out of {joined(adjusted)}."


def trend_subtitle(trend: Trend) -> str:
    """Say in one line of half a page what one chart draws."""
    season = "; the usual season is taken out" if trend.unit != UNIT else ", by month"
    return f"Records {UNIT}{season}."


def signals(found: Sequence[Trend]) -> tuple[str, ...]:
    """Say in a sentence each what the charts signal at their last month; nothing if nothing."""
    return tuple(_signal(trend) for trend in found if trend.signalled)


def runs_of(found: Sequence[Trend]) -> Iterator[Value]:
    """Give how many months in a row lie on one side of the average, where a chart signals that."""
    for trend in found:
        if trend.signalled and trend.chart["signal"].iloc[-1] == "shift":
            run, last = _run_length(trend.chart), trend.chart.iloc[-1]
            side = "above" if last["value"] > last["mean"] else "below"
            yield Value(
                key=f"trend.{trend.measure.code}.run",
                value=run,
                text=count_text(run),
                unit="months",
                label=f"{trend.measure.label}: months in a row {side} the average",
            )


def positions_of(found: Sequence[Trend]) -> Iterator[Value]:
    """Give on which side of its usual range the last month of each chart lies: 1, 0 or -1."""
    for trend in (one for one in found if one.variation != "none"):
        last = trend.chart.iloc[-1]
        outside, above = last["signal"] == "outside", last["value"] > last["mean"]
        side = ("above" if above else "below") if outside else "within"
        yield Value(
            key=f"trend.{trend.measure.code}.position",
            value={"above": 1, "within": 0, "below": -1}[side],
            text=f"{side} its usual range",
            unit="side",
            label=f"{trend.measure.label}: {trend.chart.index[-1]:%B %Y} beside its usual range",
        )


def first_signal(found: Sequence[Trend]) -> str:
    """Say in one short sentence which chart is worth a look; nothing where none signals."""
    beyond = [t for t in found if t.signalled and t.chart["signal"].iloc[-1] == "outside"]
    if not beyond:
        return ""
    last = beyond[0].chart.iloc[-1]
    side = "above" if last["value"] > last["mean"] else "below"
    month = f"{beyond[0].chart.index[-1]:%B %Y}"
    return f"Worth a look: {beyond[0].measure.phrase}, {side} the usual range in {month}."


def variation_code(trend: Trend) -> str:
    """Name the icon of the last month: its meaning and, of a signal, its side.

    Examples: ``common``, ``concern_high`` (of a measure that should fall), ``improvement_low``,
    ``neutral_high``.
    """
    if trend.variation not in {"concern", "improvement"}:
        return trend.variation
    high = (trend.variation == "concern") == (trend.measure.good == "lower")
    return f"{trend.variation}_{'high' if high else 'low'}"


def _signal(trend: Trend) -> str:
    last = trend.chart.iloc[-1]
    month = f"{trend.chart.index[-1]:%B %Y}"
    side = "above" if last["value"] > last["mean"] else "below"
    limit = "upper" if side == "above" else "lower"
    what = f"{trend.measure.phrase[:1].upper()}{trend.measure.phrase[1:]}"
    has, was, its = ("have", "were", "their") if trend.measure.plural else ("has", "was", "its")
    match last["signal"]:
        case "outside":
            return f"{what} {was} {side} {its} usual range in {month}."
        case "trend":
            return f"{what} {has} moved the same way for at least seven months, up to {month}."
        case "shift":
            run = number_word(_run_length(trend.chart))
            return f"{what} {has} been {side} average for {run} months in a row, up to {month}."
        case _:
            return f"{what} {was} near the {limit} limit of {its} usual range in {month}."


def _run_length(chart: pd.DataFrame) -> int:
    """Count how many of the last points lie on the same side of the mean as the very last."""
    above = (chart["value"] > chart["mean"]).to_numpy()[::-1]
    same = above == above[0]
    return int(len(same) if same.all() else same.argmin())


def _known_since(monthly: pd.DataFrame, since: date | None) -> bool:
    """Tell whether any month from one on has a figure."""
    held = monthly.index[monthly.notna().any(axis="columns")]
    return since is None or (len(held) > 0 and held[-1].date() >= since)


def _trend(
    measure: Measure,
    counts: pd.Series,
    area: Area,
    provenance: Provenance,
    steps: Sequence[Step],
    events: Sequence[Event],
    short: Collection[date],
) -> Trend | None:
    from cspanalysis.methods import seasonal_choice, variation, xmr

    known = counts.notna().sum()
    if known < FEWEST_MONTHS or counts.mean() < FEWEST_A_MONTH:
        return None
    choice = seasonal_choice(counts.loc[: counts.last_valid_index()])
    months = [month.date() for month in choice.series.index]
    held = [month.date() for month in choice.series.dropna().index]
    told = {"steps": steps, "events": events, "source": provenance.source}
    marks = marks_of(measure, area=area, months=held, **told)  # type: ignore[arg-type]
    starts = [months.index(mark.month) for mark in marks if mark.starts]
    chart = xmr(
        choice.series,
        improvement=_IMPROVEMENT[measure.good],
        clip_at_zero=True,
        rebase_at=starts,
        apart=_apart(measure, area, months, short),
    )
    return Trend(
        measure=measure,
        area=area,
        chart=chart,
        unit=choice.charted,
        variation=variation(chart) if chart.attrs["icons"] or not starts else "none",
        marks=marks,
        caveats=(*_caveats(counts), *_few(chart, marks)),
        provenance=provenance,
    )


def _apart(
    measure: Measure, area: Area, months: Sequence[date], short: Collection[date]
) -> list[int]:
    """List months that are short or of passing episodes; none where too few others are left."""
    first, rest = Period.of_months(months[0], months[0]), Period.of_months(months[1], months[-1])
    passing = [
        (one.start, one.until)
        for one in breaks_between(measure, area=area, baseline=first, period=rest)
        if one.until is not None
    ]
    ends = [Period.of_months(month, month).end for month in months]
    found = [
        place
        for place, month in enumerate(months)
        if month in short
        or any(start <= ends[place] and month <= until for start, until in passing)
    ]
    enough = len(months) - len(found) >= FEWEST_MONTHS and len(months) - 1 not in found
    return found if enough else []


def _few(chart: pd.DataFrame, marks: Sequence[Mark]) -> tuple[Caveat, ...]:
    """Say that the newest average rests on few months, where it does."""
    starts = [mark.month for mark in marks if mark.starts]
    if chart.attrs["icons"] or not starts:
        return ()
    text = f"Average and limits since {starts[-1]:%B %Y} rest on few months and are not firm yet."
    return (Caveat("history", text),)


def _caveats(counts: pd.Series) -> tuple[Caveat, ...]:
    gone = counts.index[counts.isna()]
    if gone.empty:
        return ()
    text = f"No figures for {months_text([month.date() for month in gone])}."
    return (Caveat("coverage", text),)
