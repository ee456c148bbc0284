"""Labels of an axis of time: none touches another, whatever months are held."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.display.axis_labels import named_places

WIDTH = 300.0
LETTER = 5.7  # of digits in Source Sans at 8.6 points: 0.497 of 11.5 pixels


def edges(marks: dict[int, str], *, last: int) -> list[tuple[float, float]]:
    """Left and right of every label in pixels; the ends stand inside."""
    boxes = []
    for place, text in marks.items():
        at, wide = place * WIDTH / last, LETTER * len(text)
        share = 0.0 if place == 0 else 1.0 if place == last else 0.5
        boxes.append((at - share * wide, at + (1 - share) * wide))
    return boxes


@given(first=st.integers(0, 119), length=st.integers(2, 190))
def test_no_label_touches_another(first: int, length: int) -> None:
    months = pd.date_range("2010-12-01", periods=first + length, freq="MS")[first:]
    years = {n: f"{month:%Y}" for n, month in enumerate(months) if month.month == 1}
    ends = (f"{months[0]:%b %Y}", f"{months[-1]:%b %Y}")
    last = length - 1
    marks = named_places(ends, years, last=last, width=WIDTH)
    assert [marks[0], marks[last]] == list(ends)
    assert all(marks[place] == years[place] for place in marks if 0 < place < last)
    boxes = edges(marks, last=last)
    assert all(before[1] + 4 <= after[0] for before, after in pairwise(boxes))


@pytest.mark.parametrize(
    ("first", "length", "between"),
    [
        # Gwent, October 2018 to December 2025: January 2020 would run into "Oct 2018".
        ("2018-10-01", 87, ["2021", "2022", "2023", "2024"]),
        # Fourteen years: every second January, or fewer.
        ("2010-12-01", 170, ["2015", "2017", "2019", "2021"]),
    ],
)
def test_januaries_are_named_where_they_have_room(
    first: str, length: int, between: list[str]
) -> None:
    months = pd.date_range(first, periods=length, freq="MS")
    years = {n: f"{month:%Y}" for n, month in enumerate(months) if month.month == 1}
    ends = (f"{months[0]:%b %Y}", f"{months[-1]:%b %Y}")
    marks = named_places(ends, years, last=length - 1, width=WIDTH)
    assert list(marks.values())[1:-1] == between
