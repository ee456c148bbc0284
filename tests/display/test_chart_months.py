"""A control chart's months as plain values: on an axis of more months, by segment."""

from __future__ import annotations

import math

import pandas as pd

from cspanalysis.display.chart_months import ChartMonths

AXIS = pd.date_range("2023-01-01", "2023-05-01", freq="MS")
FRAME = pd.DataFrame(
    {
        "value": [10.0, 30.0, math.nan, 12.0],
        "mean": [11.0, 11.0, 12.0, 12.0],
        "lower": [2.0, 2.0, math.nan, math.nan],
        "upper": [20.0, 20.0, math.nan, math.nan],
        "signal": ["common", "outside", None, None],
        "meaning": ["common", "concern", None, None],
        "segment": [0, 0, 1, 1],
    },
    index=AXIS[[0, 1, 3, 4]],  # March is not in the frame
)


def test_every_month_of_the_axis_is_there_and_what_lacks_is_missing() -> None:
    chart = ChartMonths.of(FRAME, AXIS)
    assert [month.place for month in chart.months] == [0, 1, 2, 3, 4]
    assert [month.place for month in chart.known] == [0, 1, 4]
    assert [month.place for month in chart.outside] == [1]
    assert chart.outside[0].high
    assert [month.place for month in chart.apart] == [4]  # a value without part in the average
    assert chart.months[2].signal is None


def test_segments_end_where_their_months_do() -> None:
    first, second = ChartMonths.of(FRAME, AXIS).segments
    assert first == (-0.5, 1.5, 11.0, 2.0, 20.0)
    assert first.limited
    assert second[:3] == (2.5, 4.5, 12.0)
    assert not second.limited


def test_without_an_axis_the_months_are_those_of_the_frame() -> None:
    assert [month.month.month for month in ChartMonths.of(FRAME).months] == [1, 2, 4, 5]
