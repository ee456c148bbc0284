"""Control charts as small multiples on one time axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis.display.block import Block, element, joined_markup
from cspanalysis.display.control_panel import control_panel
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.icons import VARIATIONS, variation_mark
from cspanalysis.display.prose import table
from cspanalysis.findings.finding import Trend
from cspanalysis.findings.trends import variation_code
from cspanalysis.findings.words import interval_text, joined, rate_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["control_charts"]


_SIGNS = {"concern": "▲", "improvement": "◆", "neutral_high": "■", "neutral_low": "■"}


def control_charts(trends: Sequence[Trend], *, title: str, subtitle: str, source: str) -> Block:
    """Draw a control chart a measure, all on one time axis.

    The average and the limits are thin lines with their values at the edge. Signals are marked
    by shape and colour; the latest ones beyond a limit are named at the point. A missing month
    is a gap. Where the average was set anew, a dotted line stands.

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
    panels = [_panel(trend, trend.chart.reindex(months)) for trend in trends]
    scale_note = "Each panel has its own scale; not all start at zero." if len(trends) > 1 else ""
    return figure(
        panels,
        title=title,
        subtitle=" ".join(part for part in (subtitle, scale_note) if part),
        source=source,
        key=_key(trends),
        data=[_summary_table(trends), _months_table(trends, months)],
    )


def _panel(trend: Trend, chart: pd.DataFrame) -> Panel:
    return Panel(control_panel(chart), _alt(trend, chart), trend.measure.label, _remark(trend))


def _remark(trend: Trend) -> Markup:
    mark = variation_mark(variation_code(trend))
    if trend.variation in _SIGNS:
        return joined_markup([mark, ": ", _last_signal(trend.chart)])
    earlier = int(trend.chart["signal"].isin(_SIGNAL_WORDS).sum())
    return joined_markup([mark, f" now; {earlier} earlier" if earlier else " in these months"])


def _last_signal(chart: pd.DataFrame) -> str:
    row = chart.iloc[-1]
    high = row["value"] > row["mean"]
    words = {
        "outside": _limit_words(row),
        "trend": "steady rise" if row["value"] > chart["value"].iloc[-2] else "steady fall",
        "two_of_three": "close to the upper limit" if high else "close to the lower limit",
        "shift": "run above the average" if high else "run below the average",
    }
    return f"{words.get(row['signal'], 'signal')}, {_month_text(chart.index[-1])}"


_SIGNAL_WORDS = {
    "outside": "beyond a limit",
    "trend": "a run of rises or falls",
    "two_of_three": "two of three near a limit",
    "shift": "a run on one side of the average",
}


def _limit_words(row: pd.Series) -> str:
    return "above limit" if row["value"] > row["mean"] else "below limit"


def _alt(trend: Trend, chart: pd.DataFrame) -> str:
    known = chart.dropna(subset=["value"])
    latest = known.iloc[-1]
    parts = [
        f"Control chart of {trend.measure.phrase} in {trend.area.label}, {trend.unit}, "
        f"{_month_text(chart.index[0])} to {_month_text(chart.index[-1])}.",
        f"Average {rate_text(latest['mean'])}, {_limits_text(latest)}; "
        f"latest month {rate_text(latest['value'])}.",
        *_signal_sentences(known),
    ]
    missing = [_month_text(month) for month in chart.index[chart["value"].isna()]]
    parts += [f"Missing: {joined(missing)}."] if missing else []
    return " ".join(parts)


def _limits_text(row: pd.Series) -> str:
    if row["lower"] != row["lower"] or row["upper"] != row["upper"]:
        return "no limits"
    return f"limits {interval_text(rate_text(row['lower']), rate_text(row['upper']))}"


def _signal_sentences(known: pd.DataFrame) -> Iterator[str]:
    outside = known[known["signal"] == "outside"]
    for words in ("above limit", "below limit"):
        months = [_month_text(m) for m, row in outside.iterrows() if _limit_words(row) == words]
        if months:
            yield f"{words.capitalize()} in {joined(months)}."
    for signal in ("trend", "two_of_three", "shift"):
        count = int((known["signal"] == signal).sum())
        if count:
            yield f"{_SIGNAL_WORDS[signal].capitalize()}: {count} months."
    if not known["signal"].isin(_SIGNAL_WORDS).any():
        yield "No signal."


def _key(trends: Sequence[Trend]) -> Markup:
    seen = {meaning for trend in trends for meaning in trend.chart["meaning"].unique()}
    if not seen & set(_SIGNS):
        return Markup()
    kinds = {"concern": "concern", "improvement": "improvement"}
    shown = [
        joined_markup(
            [element("span", _SIGNS[m], class_=f"shape {m}", aria_hidden="true"), " ", word]
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
                "Variation": VARIATIONS[variation_code(trend)].word,
                "Months with a signal": ", ".join(months) or "none",
            }
        )
    formats = dict.fromkeys(("Average", "Lower limit", "Upper limit", "Latest"), rate_text)
    return table(pd.DataFrame(rows), caption="Averages, limits and signals", formats=formats)


def _months_table(trends: Sequence[Trend], months: pd.DatetimeIndex) -> Block:
    import pandas as pd

    columns: dict[str, list[object]] = {"Month": [_month_text(month) for month in months]}
    for trend in trends:
        columns[trend.measure.label] = list(trend.chart["value"].reindex(months))
    frame = pd.DataFrame(columns)
    formats = dict.fromkeys(frame.columns[1:], rate_text)
    return table(frame, caption="Values by month, as charted", formats=formats)


def _months(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    import pandas as pd

    return pd.date_range(first, last, freq="MS")


def _month_text(month: object) -> str:
    return f"{month:%B %Y}"
