"""Words within control charts of real series: where they are drawn, measured as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from cspanalysis import Assessment
from cspanalysis.blocks.style import COLOURS, drawing
from cspanalysis.display.chart_labels import label_chart
from cspanalysis.display.chart_months import ChartMonths
from cspanalysis.display.chart_scale import set_range, write_numbers
from cspanalysis.findings.finding import Trend

AREAS = ("bedford", "central-bedfordshire", "luton")
WIDE = 252.8
PLOTS = (62.0, 107.0, 172.0)
TOUCHING = 0.5
"""Pixels by which two may meet unseen."""


@cache
def trends_of(area: str) -> tuple[Trend, ...]:
    return tuple(Assessment.open(area, "2023").trends)


def drawn_words(trend: Trend, plot: float) -> tuple[Axes, pd.DataFrame, list[tuple[str, Bbox]]]:
    """Draw the words of a chart, and give what they are drawn upon."""
    with drawing(WIDE, plot) as figure:
        figure.set_dpi(96)
        axes = figure.add_axes((0, 0, 1, 1))
        set_range(axes, trend, ChartMonths.of(trend.chart), plot)
        label_chart(axes, trend, ChartMonths.of(trend.chart), (WIDE, plot))
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(text, text.get_window_extent(renderer)) for text in axes.texts]
    return axes, trend.chart, [(str(t.get_color()), box.padded(-TOUCHING)) for t, box in boxes]


def levels(axes: Axes, chart: pd.DataFrame) -> Iterator[Bbox]:
    """Give the averages and limits of each segment as boxes without height, in pixels."""
    place = {month: n for n, month in enumerate(chart.index)}
    for _, part in chart.groupby("segment"):
        ends = place[part.index[0]] - 0.5, place[part.index[-1]] + 0.5
        for height in part[["mean", "lower", "upper"]].iloc[0].dropna():
            yield Bbox(axes.transData.transform([(ends[0], height), (ends[1], height)]))


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("area", AREAS)
def test_words_of_months_lie_upon_no_line_of_a_real_chart(area: str, plot: float) -> None:
    named = 0
    for trend in trends_of(area):
        axes, chart, words = drawn_words(trend, plot)
        walls = [axes.transData.transform((line.get_xdata()[0], 0))[0] for line in axes.lines]
        signals = [box for colour, box in words if colour == COLOURS["ink"]]
        named += len(signals)
        for box in signals:
            assert not any(box.x0 < wall < box.x1 for wall in walls[: len(trend.marks)])
            assert not any(
                box.y0 < level.y0 < box.y1 and box.x0 < level.x1 and level.x0 < box.x1
                for level in levels(axes, chart)
            ), trend.measure.label
        assert not any(
            one.overlaps(other) for one, other in combinations([box for _, box in words], 2)
        )
    assert named


def test_two_breaks_close_together_keep_their_words_to_themselves() -> None:
    (trend,) = (t for t in trends_of("luton") if len(t.marks) == 2 and t.marks[0].ratio is None)
    for plot in PLOTS:
        axes, _, words = drawn_words(trend, plot)
        walls = [axes.transData.transform((line.get_xdata()[0], 0))[0] for line in axes.lines[:2]]
        marked = [box for colour, box in words if colour == COLOURS["muted"]]
        assert len(marked) == 2
        assert not any(box.x0 < wall < box.x1 for box in marked for wall in walls)


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("area", ["bedford", "luton"])
def test_no_words_lie_across_the_line_of_a_step(area: str, plot: float) -> None:
    steps = 0
    for trend in trends_of(area):
        axes, _, words = drawn_words(trend, plot)
        walls = [line for line in axes.lines if line.get_color() == COLOURS["orange"]]
        steps += len(walls)
        places = [axes.transData.transform((line.get_xdata()[0], 0))[0] for line in walls]
        assert not any(box.x0 < wall < box.x1 for _, box in words for wall in places)
    assert steps


def test_the_newest_average_stands_at_the_right_and_the_scale_in_round_numbers() -> None:
    (trend,) = (t for t in trends_of("luton") if t.measure.code == "public-order")
    with drawing(WIDE, PLOTS[2]) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        set_range(axes, trend, ChartMonths.of(trend.chart), PLOTS[2])
        write_numbers(axes, ChartMonths.of(trend.chart), (WIDE, PLOTS[2]))
    told = {side: [t.get_text() for t in axes.texts if t.get_ha() == side] for side in
            ("left", "right")}  # fmt: skip
    newest = trend.chart.dropna(subset=["mean"]).iloc[-1]
    assert told["left"] == [f"{newest[name]:.0f}" for name in ("mean", "upper", "lower")]
    assert told["right"] == ["100", "150", "200"]
