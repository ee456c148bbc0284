from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.store.completeness import statuses

MONTHS = pd.date_range("2018-01-01", periods=24, freq="MS")
SEASON = 1 + 0.1 * np.sin(2 * np.pi * np.arange(24) / 12)


def forces(number: int) -> pd.DataFrame:
    """Forces of different sizes with the same season."""
    return pd.DataFrame(
        {f"force-{i}": (5000 * (i + 1) * SEASON).round() for i in range(number)}, index=MONTHS
    )


def test_a_month_cut_to_three_quarters_is_in_part_and_no_other_is() -> None:
    rows = forces(6)
    rows.loc["2018-11-01", "force-2"] *= 0.75
    found = statuses(rows)
    assert found.loc["2018-11-01", "force-2"] == "part"
    assert (found == "part").to_numpy().sum() == 1


def test_two_months_in_a_row_do_not_hide_each_other() -> None:
    rows = forces(6).iloc[8:13]
    rows.loc["2018-11-01", "force-0"] *= 0.75
    rows.loc["2018-12-01", "force-0"] *= 0.45
    found = statuses(rows)
    assert list(found.index[found["force-0"] == "part"].strftime("%Y-%m")) == ["2018-11", "2018-12"]


def test_a_fall_that_all_forces_share_is_season_or_life_not_a_gap() -> None:
    rows = forces(6)
    rows.loc["2018-11-01"] *= 0.6
    assert (statuses(rows) == "present").to_numpy().all()


def test_a_force_alone_is_compared_with_the_same_month_of_its_other_years() -> None:
    months = pd.date_range("2018-01-01", periods=36, freq="MS")
    season = np.tile([1, 1, 1, 1, 1, 1, 1, 0.8, 1, 1, 1, 1], 3)
    rows = pd.DataFrame({"kent": 10_000 * season}, index=months)
    assert (statuses(rows) == "present").to_numpy().all()
    rows.loc["2019-05-01"] *= 0.7
    assert statuses(rows).loc["2019-05-01", "kent"] == "part"


def test_gaps_are_missing_and_a_month_without_rows_is_in_part() -> None:
    rows = forces(1)
    rows.iloc[3, 0] = np.nan
    rows.iloc[5, 0] = 0
    found = statuses(rows)["force-0"]
    assert (found.iloc[3], found.iloc[5], found.iloc[4]) == ("missing", "part", "present")


YEARS = pd.date_range("2018-07-01", "2022-08-01", freq="MS")


def alone(counts: dict[str, float], months: pd.DatetimeIndex = YEARS) -> pd.DataFrame:
    """A force of a thousand rows a month, but for what is given."""
    rows = pd.Series(1000.0, months)
    for span, count in counts.items():
        first, _, last = span.partition(" ")
        rows[first : last or first] = count
    return rows.to_frame("kent")


def in_part(rows: pd.DataFrame, *shares: pd.DataFrame, **named: pd.DataFrame) -> list[str]:
    found = statuses(rows, *shares, **named)["kent"]
    return list(found.index[found == "part"].strftime("%Y-%m"))


GONE = {"2019-07-01 2022-07-01": float("nan")}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"2022-08-01": 14, **GONE}, ["2022-08"]),  # a stray month after a gap of three years
        ({"2022-08-01": 700, **GONE}, ["2022-08"]),
        ({"2022-08-01": 900, **GONE}, []),
        ({"2022-08-01": 2000, **GONE}, ["2022-08"]),
        ({"2020-01-01 2020-08-01": 500}, [f"2020-{month:02}" for month in range(1, 9)]),
        ({"2022-01-01 2022-08-01": 500}, [f"2022-{month:02}" for month in range(1, 9)]),
        ({"2018-07-01 2018-10-01": 500}, ["2018-07", "2018-08", "2018-09", "2018-10"]),
        ({"2020-07-01 2022-08-01": 500}, []),  # for longer than a year: a new level
        ({"2020-01-01 2020-08-01": 800}, []),
    ],
)
def test_a_month_has_to_earn_its_place(counts: dict[str, float], expected: list[str]) -> None:
    assert in_part(alone(counts)) == expected


def test_rows_located_in_another_force_make_a_month_one_in_part() -> None:
    rows = alone({})
    outside = rows * 0 + 0.02
    assert in_part(rows, outside) == []
    outside.loc["2020-05-01"] = 1.0
    assert in_part(rows, outside) == ["2020-05"]
    assert in_part(rows, rows * 0 + 0.4) == []  # of a force whose months are all so, none is told


def test_rows_that_repeat_one_another_make_a_month_one_in_part() -> None:
    rows = alone({})
    repeated = rows * 0 + 0.02
    repeated.loc["2022-01-01"] = 0.044  # the most of any real month: Bedfordshire, January 2022
    repeated.loc[["2018-07-01", "2019-06-01"]] = np.nan  # noted by no earlier version
    assert in_part(rows, repeated=repeated) == []
    repeated.loc["2020-05-01"] = 12 / 14
    assert in_part(rows, repeated=repeated) == ["2020-05"]
    assert in_part(rows, repeated=rows * 0 + 0.4) == []  # of a force whose months are all so
    assert in_part(rows, repeated=rows * np.nan) == []


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_chance_alone_raises_no_alarm(seed: int) -> None:
    rows = forces(6)
    noisy = np.random.default_rng(seed).poisson(rows)
    found = statuses(pd.DataFrame(noisy, rows.index, rows.columns, dtype="float64"))
    assert (found == "present").to_numpy().all()


def test_chance_hardly_ever_raises_an_alarm_in_a_small_force() -> None:
    rows = forces(6) / 20
    alarms = 0
    for seed in range(20):
        noisy = np.random.default_rng(seed).poisson(rows)
        found = statuses(pd.DataFrame(noisy, rows.index, rows.columns, dtype="float64"))
        alarms += int((found == "part").to_numpy().sum())
    assert alarms <= 2  # of 2,880 months
