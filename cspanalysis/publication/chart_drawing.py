"""Native charts drawn: axes, lines, bars and labels, as slides and Word documents share them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cspanalysis.publication.native_charts import Chart
from cspanalysis.publication.slide_markup import hide, intervals, name_every, unframe

__all__ = ["Ink", "data_of", "kind_of", "rgb", "settle"]

_QUIET, _GREY, _HAIRLINE, _OTHERS = "#56606B", "#828C95", "#E6EAED", "#BFBFBF"
_WHOLE, _RATE = "#,##0", "[>=99.95]#,##0;#,##0.0#"
_NAMED = 4
"""Months that the axis of a chart names."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Hold what a chart is drawn in: the colour of what it is about, and points of its letters."""

    colour: str
    points: float


def rgb(colour: str) -> Any:
    """Read a colour such as ``#12436D``."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.removeprefix("#").upper())  # type: ignore[no-untyped-call]


def kind_of(chart: Chart) -> Any:
    """Give the kind of a chart in the terms of Office."""
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {"bar": XL_CHART_TYPE.BAR_CLUSTERED, "column": XL_CHART_TYPE.COLUMN_CLUSTERED}
    return kinds.get(chart.kind, XL_CHART_TYPE.LINE)


def data_of(chart: Chart) -> Any:
    """Give the numbers of a chart, as its workbook holds them."""
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = _months(chart.names) or chart.names
    data.add_series(chart.label, chart.values)  # type: ignore[no-untyped-call]
    if chart.mean is not None:
        data.add_series("Mean", [chart.mean] * len(chart.names))  # type: ignore[no-untyped-call]
    return data


def settle(drawn: Any, chart: Chart, ink: Ink) -> None:
    """Give a chart its axes, colours and labels; it has no legend, since labels stand at points."""
    drawn.has_legend, drawn.has_title = False, False
    unframe(drawn._chartSpace)
    _settle_axes(drawn, chart, ink)
    if chart.kind == "line":
        _settle_lines(drawn, chart, ink)
    elif chart.kind == "dot":
        _settle_dots(drawn, chart, ink)
    else:
        _settle_bars(drawn, chart, ink)


def _months(names: Sequence[str]) -> list[date] | None:
    """Read names as months, so that an axis can name few of them.

    Examples
    --------
    >>> _months(["September 2023"]), _months(["Bedford"])
    ([datetime.date(2023, 9, 1)], None)
    """
    try:
        return [datetime.strptime(name, "%B %Y").replace(tzinfo=UTC).date() for name in names]
    except ValueError:
        return None


def _settle_axes(drawn: Any, chart: Chart, ink: Ink) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    values, names = drawn.value_axis, drawn.category_axis
    values.minimum_scale, top = _scale(chart)
    if top is not None:
        values.maximum_scale = top
    values.has_major_gridlines = chart.kind in {"line", "dot"}
    values.format.line.fill.background()
    if max(filter(None, chart.values), default=0) >= 1000:
        values.tick_labels.number_format, values.tick_labels.number_format_is_linked = _WHOLE, False
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = rgb(_HAIRLINE)
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    else:
        hide(values._element)
        names.reverse_order = chart.kind == "bar"
    if chart.kind == "line" and (months := _months(chart.names)):
        names.tick_labels.number_format = "mmm yyyy"
        names.tick_labels.number_format_is_linked = False
        name_every(names._element, max(1, round(len(months) / _NAMED)))
    for axis in (values, names):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size = Pt(ink.points)
        axis.tick_labels.font.color.rgb = rgb(_QUIET)
    names.format.line.color.rgb = rgb(_GREY)
    if chart.axis:
        title = names.axis_title.text_frame
        title.text = chart.axis
        font = title.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(ink.points), False, rgb(_QUIET)


def _scale(chart: Chart) -> tuple[float, float | None]:
    """Give the ends of the axis of values: zero at the lower one unless the chart says otherwise.

    Examples
    --------
    >>> made = Chart("dot", ("A", "B"), (50.0, 77.0), "Rate", cut=True, limits=((47, 53), (74, 81)))
    >>> _scale(made)
    (40, 90)
    """
    if not chart.cut:
        return 0, None
    low = min(lower for lower, _ in chart.limits)
    high = max(upper for _, upper in chart.limits)
    step = 10 ** math.floor(math.log10(high - low))
    return math.floor((low - step / 9) / step) * step, math.ceil((high + step / 9) / step) * step


def _settle_lines(drawn: Any, chart: Chart, ink: Ink) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    for series in drawn.plots[0].series:
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.NONE
        series.format.line.width = Pt(2.25)
        series.format.line.color.rgb = rgb(ink.colour)
    if chart.mean is not None:
        mean = drawn.plots[0].series[1]
        mean.format.line.width, mean.format.line.dash_style = Pt(1), MSO_LINE.DASH
    last = max((n for n, v in enumerate(chart.values) if v is not None), default=None)
    if last is not None:
        falls = last > 0 and (chart.values[last - 1] or 0) > (chart.values[last] or 0)
        _label(drawn, last, f"{chart.values[last]:,g}", ink, "BELOW" if falls else "ABOVE")


def _settle_dots(drawn: Any, chart: Chart, ink: Ink) -> None:
    """Draw values as dots with their intervals as whiskers, and write both beside them."""
    from pptx.enum.chart import XL_MARKER_STYLE

    (series,) = drawn.plots[0].series
    series.smooth = False
    series.format.line.fill.background()
    intervals(series._element, chart.values, chart.limits, colour=_GREY)
    for place, name in enumerate(chart.names):
        own = name in chart.focus
        marker = series.points[place].marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 8 if own else 7
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb(ink.colour if own else _GREY)
        marker.format.line.fill.background()
        _label(drawn, place, chart.said[place], ink, "RIGHT", strong=own)


def _settle_bars(drawn: Any, chart: Chart, ink: Ink) -> None:
    from pptx.util import Pt

    plot = drawn.plots[0]
    plot.gap_width = 60 if chart.kind == "bar" else 40
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = Pt(ink.points)
    whole = all(value is None or value % 1 == 0 for value in chart.values)
    form = _WHOLE if chart.kind == "column" and whole else _RATE
    labels.number_format, labels.number_format_is_linked = form, False
    for place, name in enumerate(chart.names):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(ink.colour if name in chart.focus else _OTHERS)


def _label(drawn: Any, place: int, text: str, ink: Ink, where: str, *, strong: bool = True) -> None:
    """Write a label at a point of the first series, so that no legend is needed."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = drawn.plots[0].series[0].points[place].data_label
    frame = label.text_frame
    frame.text, frame.word_wrap = text.replace(" ", "\N{NO-BREAK SPACE}"), False
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(ink.points), strong
    font.color.rgb = rgb(ink.colour if strong else _QUIET)
    label.position = getattr(XL_LABEL_POSITION, where)
