"""A period's months against the range that they usually fall in."""

from __future__ import annotations

import pandas as pd

from cspanalysis.findings.changes.usual import UsualYear, usual_year
from cspanalysis.vocabulary import Area, Measure, Period


def made(period: str, *, first: str = "2020-01", last: str = "2023-12", **odd: int) -> UsualYear:
    """A hundred a month, but for the months that are named, as in ``m2023_07=200``."""
    months = pd.date_range(first, last, freq="MS")
    counts = pd.Series(100, index=months, dtype="Int64")
    for name, count in odd.items():
        counts[name[1:].replace("_", "-")] = count
    return usual_year(
        counts,
        measure=Measure.named("burglary"),
        area=Area.named("luton"),
        period=Period.parse(period),
    )


def test_a_month_above_and_one_below_are_named() -> None:
    year = made("2023", m2023_07=200, m2023_02=20)
    assert [f"{m:%Y-%m}" for m in (*year.above, *year.below)] == ["2023-07", "2023-02"]
    assert year.title == "Two of 12 months were outside the usual range for burglary"
    assert year.sentences[0] == (
        "July 2023 was above the usual range. February 2023 was below the usual range."
    )
    assert (year.drawn_from, year.own) == (36, False)
    assert "drawn from the 36 months before" in year.sentences[1]


def test_a_quiet_year_is_a_finding() -> None:
    assert made("2023").title == "Every month of 2023 was within its usual range for burglary"


def test_few_months_before_take_the_periods_own() -> None:
    year = made("2023", first="2021-03")
    assert (year.drawn_from, year.own) == (34, True)
    assert "this period's own among them" in year.basis


def test_too_few_months_have_no_range() -> None:
    year = made("2022", first="2021-03")
    assert year.reason == "22 known months, fewer than 24"
    assert year.title == "Burglary, month by month, 2022"
    assert year.sentences == ("No usual range can be drawn: 22 known months, fewer than 24.",)
    assert list(year.values()) == []


def test_twelve_positions_whatever_the_period() -> None:
    assert [f"{m:%Y-%m}" for m in made("FY2022").months.index[[0, -1]]] == ["2022-04", "2023-03"]
    quarter = made("2023-Q2").months
    assert [f"{m:%m}" for m in quarter.dropna().index] == ["04", "05", "06"]
    assert len(quarter) == 12
    assert made("2022-01..2023-12").months.index[0] == pd.Timestamp("2023-01")


def test_a_missing_month_is_a_gap_and_no_zero() -> None:
    months = pd.date_range("2020-01", "2023-12", freq="MS")
    counts = pd.Series(100, index=months, dtype="Int64").mask(months == "2023-05")
    year = usual_year(
        counts,
        measure=Measure.named("burglary"),
        area=Area.named("luton"),
        period=Period.parse("2023"),
    )
    assert year.months["value"].isna().sum() == 1
    assert year.below == ()
    assert len(list(year.values())) == 1 + 11
