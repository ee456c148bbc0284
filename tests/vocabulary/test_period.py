"""Periods as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Period

WRITTEN = [
    # written, first day, last day, slug, label, baseline
    ("2019", "2019-01-01", "2019-12-31", "2019", "2019", "2018"),
    (
        "2017-04..2017-06",
        "2017-04-01",
        "2017-06-30",
        "2017-04-to-2017-06",
        "April to June 2017",
        "2016-04..2016-06",
    ),
    (
        "2021-11..2022-02",
        "2021-11-01",
        "2022-02-28",
        "2021-11-to-2022-02",
        "November 2021 to February 2022",
        "2020-11..2021-02",
    ),
    ("2023-12", "2023-12-01", "2023-12-31", "2023-12", "December 2023", "2022-12"),
    ("2022-Q3", "2022-07-01", "2022-09-30", "2022-q3", "July to September 2022", "2021-Q3"),
    ("FY2022", "2022-04-01", "2023-03-31", "fy2022", "April 2022 to March 2023", "FY2021"),
    ("FY2022-Q1", "2022-04-01", "2022-06-30", "fy2022-q1", "April to June 2022", "FY2021-Q1"),
    ("FY2022-Q4", "2023-01-01", "2023-03-31", "fy2022-q4", "January to March 2023", "FY2021-Q4"),
    (
        "12m-to-2023-12",
        "2023-01-01",
        "2023-12-31",
        "12m-to-2023-12",
        "12 months to December 2023",
        "12m-to-2022-12",
    ),
    (
        "12m-to-2024-02",
        "2023-03-01",
        "2024-02-29",
        "12m-to-2024-02",
        "12 months to February 2024",
        "12m-to-2023-02",
    ),
]


@pytest.mark.parametrize(("written", "start", "end", "slug", "label", "baseline"), WRITTEN)
def test_reads_and_prints(
    written: str, start: str, end: str, slug: str, label: str, baseline: str
) -> None:
    period = Period.parse(written)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert str(period) == written
    assert period.slug == slug
    assert period.label == label
    assert str(period.baseline()) == baseline
    assert period.baseline() == Period.parse(baseline)


@pytest.mark.parametrize("row", WRITTEN)
def test_a_slug_reads_back_as_the_period(row: tuple[str, ...]) -> None:
    assert Period.parse(row[3]) == Period.parse(row[0])


def test_what_a_plan_gives_as_a_number_is_a_year() -> None:
    assert Period.parse(2019) == Period.parse("2019")


def test_a_period_is_read_as_itself() -> None:
    period = Period.parse("2019")
    assert Period.parse(period) is period


def test_months_and_days_count_leap_years() -> None:
    assert Period.parse("2020").days == 366
    assert Period.parse("2024-01..2024-03").days == 91
    assert Period.parse("2023-01..2023-03").days == 90
    months = Period.parse("2019-11..2020-02").months
    assert months == (date(2019, 11, 1), date(2019, 12, 1), date(2020, 1, 1), date(2020, 2, 1))


def test_equal_months_are_equal_periods_however_written() -> None:
    assert (
        Period.parse("2019") == Period.parse("2019-01..2019-12") == Period.parse("12m-to-2019-12")
    )
    assert len({Period.parse("2019"), Period.parse("2019-01..2019-12")}) == 1


@pytest.mark.parametrize(
    ("written", "baseline"),
    [
        ("18m-to-2023-12", "18m-to-2021-12"),
        ("2022-01..2023-12", "2020-01..2021-12"),
        ("25m-to-2023-12", "25m-to-2020-12"),
    ],
)
def test_the_baseline_of_a_long_period_ends_before_it_starts(written: str, baseline: str) -> None:
    period = Period.parse(written)
    assert str(period.baseline()) == baseline
    assert period.baseline().end < period.start


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2023/24", 2023), ("2023-24", 2023), ("FY23", 2023), ("FY2012/13", 2012), ("FY99/00", 2099)],
)
def test_a_financial_year_written_otherwise_is_put_right(written: str, meant: int) -> None:
    said = f"for April {meant} to March {meant + 1} write FY{meant}"
    with pytest.raises(UsageError, match=said):
        Period.parse(written)


def test_the_baseline_of_a_leap_february_ends_on_the_28th() -> None:
    assert Period.parse("2024-02").baseline().end == date(2023, 2, 28)
    assert Period.parse("2023-02").baseline(years=3).end == date(2020, 2, 29)


def test_periods_sort_by_time_and_hold_days() -> None:
    assert Period.parse("2018") < Period.parse("2019-01") < Period.parse("2019")
    assert date(2019, 12, 31) in Period.parse("2019")
    assert date(2020, 1, 1) not in Period.parse("2019")


def test_months_make_a_period() -> None:
    assert str(Period.of_months(date(2021, 3, 1), date(2023, 12, 1))) == "2021-03..2023-12"
    assert str(Period.of_months(date(2021, 3, 5), date(2021, 3, 9))) == "2021-03"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2017-13", "period '2017-13': month 13 does not exist; write 2017-04..2017-06, FY2017-Q1"),
        ("2017-00..2017-03", "month 0 does not exist"),
        ("2017-Q5", "quarter 5 does not exist; write Q1 to Q4"),
        ("FY2017-Q0", "quarter 0 does not exist"),
        ("2017-06..2017-04", "ends before it starts; write 2017-04..2017-06"),
        ("0m-to-2023-12", "has no months"),
        ("9999", "year 9999 is out of range"),
        ("last year", "is not in a form that is known; write 2019, 2017-04..2017-06"),
        ("", "is not in a form that is known"),
        ("2017-04..", "is not in a form that is known"),
    ],
)
def test_refuses_with_a_clear_message(written: str, message: str) -> None:
    with pytest.raises(UsageError, match=message.replace("..", r"\.\.")):
        Period.parse(written)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 60))
def test_a_span_of_months_survives_writing_and_reading(first: date, more: int) -> None:
    last = Period.parse(f"{more + 1}m-to-{first:%Y-%m}")
    period = Period.of_months(last.start, last.end)
    assert Period.parse(str(period)) == period
    assert len(period.months) == more + 1
    assert sum(Period.parse(f"{m:%Y-%m}").days for m in period.months) == period.days
    assert len(period.baseline().months) == len(period.months)
