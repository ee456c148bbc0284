"""Control charts as small multiples on one time axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element, joined_markup
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, svg_of
from cspanalysis.display.chart_labels import label_chart, limit_words, mark_text, month_text
from cspanalysis.display.chart_months import ChartMonth, ChartMonths
from cspanalysis.display.chart_scale import name_months, set_range, write_numbers
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.icons import VARIATIONS, variation_mark
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.steps import NO_REASON
from cspanalysis.findings.changes.trends import variation_code
from cspanalysis.findings.finding import Trend
from cspanalysis.findings.wording.numbers import interval_text, rate_text
from cspanalysis.vocabulary.listed import joined, many, months_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from cspanalysis.display.signal_labels import Point

__all__ = ["control_charts"]

_WIDTH, _HEIGHT, _TALL, _LOW = PHONE, 130, 195, 85
_MANY = 4
"""More charts than so many stand closer, as small multiples."""
_LEFT, _PLOT_SHARE, _FOOT, _HEAD = 0.105, 0.79, 20, 3
_PLOT_WIDTH = _PLOT_SHARE * _WIDTH


@dataclass(frozen=True, slots=True)
class _Sign:
    marker: str
    glyph: str
    colour: str


_SIGNS = {
    "concern": _Sign("^", "▲", COLOURS["orange"]),
    "improvement": _Sign("D", "◆", COLOURS["blue"]),
    "neutral_high": _Sign("s", "■", COLOURS["pink"]),
    "neutral_low": _Sign("s", "■", COLOURS["pink"]),
}


def control_charts(
    trends: Sequence[Trend],
    *,
    title: str,
    subtitle: str,
    source: str,
    tall: bool = False,
    known: bool = False,
) -> Block:
    """Draw a control chart a measure, all on one time axis.

    The average and the limits are thin lines with their values at the edge. Signals are marked
    by shape and colour; the latest ones beyond a limit are named at the point. A missing month
    is a gap, one that takes no part in the average is hollow. Where the average was set anew, and
    at breaks in recording and events, a dotted line stands with what it is.

    Parameters
    ----------
    trends
        The charts, in reading order.
    title
        What the charts say together.
    subtitle
        What is drawn, and its unit.
    source
        Where the counts came from.
    tall
        Whether to draw them large, for the first page.
    known
        Whether the report says elsewhere how its charts are read, so that the key names signals
        alone.

    Raises
    ------
    ValueError
        If there are no charts.
    """
    if not trends:
        raise ValueError(f"the figure '{title}' has no charts; leave it out where there are none")
    first = min(trend.chart.index.min() for trend in trends)
    last = max(trend.chart.index.max() for trend in trends)
    months = _months(first, last)
    height = _TALL if tall else _LOW if len(trends) > _MANY else _HEIGHT
    panels = list(_panels(trends, months, height))
    scale_note = "Each panel has its own scale; not all start at zero." if len(trends) > 1 else ""
    return figure(
        panels,
        title=title,
        subtitle=" ".join(part for part in (subtitle, scale_note) if part),
        source=source,
        key=_signal_key(trends) if known else _key(trends),
        data=[_summary_table(trends), _months_table(trends, months)],
    )


def _panels(trends: Sequence[Trend], months: pd.DatetimeIndex, height: int) -> Iterator[Panel]:
    """Draw the charts one after the other on the same axes, whose making takes longest."""
    plot = height - _FOOT - _HEAD
    with drawing(_WIDTH, height) as canvas:
        axes = canvas.add_axes((_LEFT, _FOOT / height, _PLOT_SHARE, plot / height))
        axes.set_axis_off()  # laying out its axes takes matplotlib as long as all the rest
        for trend in trends:
            chart = ChartMonths.of(trend.chart, months)
            _draw(axes, trend, chart, (_PLOT_WIDTH, plot))
            yield Panel(svg_of(canvas), _alt(trend, chart), trend.measure.label, _remark(trend))
            for drawn in (*axes.lines, *axes.collections, *axes.texts):
                drawn.remove()


def _draw(axes: Axes, trend: Trend, chart: ChartMonths, size: Point) -> None:
    _draw_limits(axes, chart)
    _draw_values(axes, chart)
    set_range(axes, trend, chart, size[1])
    write_numbers(axes, chart, size)
    label_chart(axes, trend, chart, size)
    name_months(axes, chart, size)


def _draw_limits(axes: Axes, chart: ChartMonths) -> None:
    for part in chart.segments:
        start, end = part.start, part.end
        _level(axes, part.mean, start, end, color=COLOURS["text"], linewidth=0.8)
        for limit in (part.lower, part.upper):
            look = {"color": COLOURS["mark"], "linewidth": 0.7, "linestyle": (0, (4, 3))}
            _level(axes, limit, start, end, **look)
        if part.limited:
            axes.fill_between(
                [start, end], part.lower, part.upper, color=TINTS[0], linewidth=0, zorder=0
            )


def _level(axes: Axes, value: float, start: float, end: float, **look: Any) -> None:
    from matplotlib.lines import Line2D

    axes.add_line(
        Line2D([start, end], [value, value], solid_capstyle="butt", dash_capstyle="butt", **look)
    )


def _draw_values(axes: Axes, chart: ChartMonths) -> None:
    axes.plot(
        *_drawn(chart.months),
        color=COLOURS["focus"],
        linewidth=1.1,
        marker="o",
        markersize=2.4,
        markeredgewidth=0,
    )
    if apart := chart.apart:
        axes.plot(
            *_drawn(apart),
            linestyle="none",
            marker="o",
            markersize=3.2,
            color=COLOURS["focus"],
            markerfacecolor="white",
            zorder=3,
        )
    for meaning, sign in _SIGNS.items():
        if marked := [month for month in chart.months if month.meaning == meaning]:
            axes.plot(
                *_drawn(marked),
                linestyle="none",
                marker=_turned(sign.marker, marked),
                markersize=5.6 if sign.marker != "D" else 4.6,
                color=sign.colour,
                markeredgecolor="white",
                markeredgewidth=0.5,
                zorder=4,
            )


def _drawn(months: Iterable[ChartMonth]) -> tuple[list[int], list[float]]:
    """Give the places and the values of months."""
    drawn = [(month.place, month.value) for month in months]
    return [place for place, _ in drawn], [value for _, value in drawn]


def _turned(marker: str, marked: Sequence[ChartMonth]) -> str:
    low = marker == "^" and all(month.value < month.mean for month in marked)
    return "v" if low else marker


def _remark(trend: Trend) -> Markup:
    mark = variation_mark(variation_code(trend))
    if trend.variation == "none":
        return Markup("too few months since {}").format(month_text(trend.newest))
    if trend.variation in _SIGNS:
        return joined_markup([mark, ": ", _last_signal(ChartMonths.of(trend.chart).months)])
    earlier = int(trend.chart["signal"].isin(_SIGNAL_WORDS).sum())
    return joined_markup([mark, f" now; {earlier} earlier" if earlier else " in these months"])


def _last_signal(months: Sequence[ChartMonth]) -> str:
    last, before = months[-1], months[-2]
    words = {
        "outside": limit_words(last),
        "trend": "steady rise" if last.value > before.value else "steady fall",
        "two_of_three": f"close to the {'upper' if last.high else 'lower'} limit",
        "shift": f"run {'above' if last.high else 'below'} the average",
    }
    return f"{words.get(last.signal or '', 'signal')}, {month_text(last.month)}"


_SIGNAL_WORDS = {
    "outside": "beyond a limit",
    "trend": "a run of rises or falls",
    "two_of_three": "two of three near a limit",
    "shift": "a run on one side of the average",
}


def _alt(trend: Trend, chart: ChartMonths) -> str:
    known = chart.known
    latest = known[-1]
    parts = [
        f"Control chart of {trend.measure.phrase} in {trend.area.label}, {trend.unit}, "
        f"{month_text(chart.months[0].month)} to {month_text(chart.months[-1].month)}.",
        f"Average {rate_text(latest.mean)}, {_limits_text(latest)}; "
        f"latest month {rate_text(latest.value)}.",
        *_signal_sentences(known),
    ]
    parts += [
        f"{_capital(mark_text(mark))}: {(mark.text or NO_REASON).rstrip('.')}."
        for mark in trend.marks
    ]
    missing = [month.month for month in chart.months if not month.known]
    parts += [f"Missing: {months_text(missing)}."] if missing else []
    return " ".join(parts)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _variation_word(trend: Trend) -> str:
    known = trend.variation != "none"
    return VARIATIONS[variation_code(trend)].word if known else "too few months"


def _limits_text(month: ChartMonth) -> str:
    if month.lower != month.lower or month.upper != month.upper:
        return "no limits"
    return f"limits {interval_text(rate_text(month.lower), rate_text(month.upper))}"


def _signal_sentences(known: Sequence[ChartMonth]) -> Iterator[str]:
    outside = [month for month in known if month.signal == "outside"]
    for words in ("above limit", "below limit"):
        months = [month_text(month.month) for month in outside if limit_words(month) == words]
        if months:
            yield f"{words.capitalize()} in {joined(months)}."
    for signal in ("trend", "two_of_three", "shift"):
        count = sum(month.signal == signal for month in known)
        if count:
            yield f"{_SIGNAL_WORDS[signal].capitalize()}: {many(count, 'month')}."
    if not any(month.signal in _SIGNAL_WORDS for month in known):
        yield "No signal."


def _key(trends: Sequence[Trend]) -> Markup:
    hollow = any((t.chart["value"].notna() & t.chart["signal"].isna()).any() for t in trends)
    note = "Hollow months take no part in average and limits." if hollow else ""
    said = (_signal_key(trends), note, "At the right: newest average and limits.")
    return joined_markup([part for part in said if part], " ")


def _signal_key(trends: Sequence[Trend]) -> Markup:
    seen = {meaning for trend in trends for meaning in trend.chart["meaning"].unique()}
    if not seen & set(_SIGNS):
        return Markup()
    kinds = {"concern": "concern", "improvement": "improvement"}
    shown = [
        joined_markup(
            [element("span", _SIGNS[m].glyph, class_=f"shape {m}", aria_hidden="true"), " ", word]
        )
        for m, word in kinds.items()
        if m in seen
    ]
    if seen & {"neutral_high", "neutral_low"}:
        mark = element("span", "■", class_="shape neutral_high", aria_hidden="true")
        shown.append(joined_markup([mark, " change with no good or bad direction"]))
    return joined_markup(["Signals: ", joined_markup(shown, ", "), "."])


def _summary_table(trends: Sequence[Trend]) -> Block:
    import pandas as pd

    rows = []
    for trend in trends:
        latest = trend.chart.dropna(subset=["value"]).iloc[-1]
        signals = trend.chart[trend.chart["signal"].isin(_SIGNAL_WORDS)]
        months = [f"{month:%b %Y}" for month in signals.index]
        rows.append(
            {
                "Measure": trend.measure.label,
                "Average": latest["mean"],
                "Lower limit": latest["lower"],
                "Upper limit": latest["upper"],
                "Latest": latest["value"],
                "Variation": _variation_word(trend),
                "Months with a signal": ", ".join(months) or "none",
                "Steps, breaks and events": "; ".join(map(mark_text, trend.marks)) or "none",
            }
        )
    formats = dict.fromkeys(("Average", "Lower limit", "Upper limit", "Latest"), rate_text)
    return table(pd.DataFrame(rows), caption="Averages, limits and signals", formats=formats)


def _months_table(trends: Sequence[Trend], months: pd.DatetimeIndex) -> Block:
    import pandas as pd

    columns: dict[str, list[object]] = {"Month": [month_text(month) for month in months]}
    for trend in trends:
        columns[trend.measure.label] = list(trend.chart["value"].reindex(months))
    frame = pd.DataFrame(columns)
    formats = dict.fromkeys(frame.columns[1:], rate_text)
    return table(frame, caption="Values by month, as charted", formats=formats)


def _months(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    import pandas as pd

    return pd.date_range(first, last, freq="MS")
