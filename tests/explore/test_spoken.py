"""Names as people say them."""

from __future__ import annotations

from datetime import date

import pytest

from cspanalysis import Area, Period
from cspanalysis.errors import UsageError
from cspanalysis.explore.spoken import baseline_named, measure_named, period_named, place_named
from cspanalysis.store import Store


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("asb", "anti-social-behaviour"),
        ("antisocial behaviour", "anti-social-behaviour"),
        ("bike theft", "bicycle-theft"),
        ("Burglaries", "burglary"),
        ("car crime", "vehicle-crime"),
        ("shop lifting", "shoplifting"),
        ("sexual offence", "sexual-offences"),
        ("theft from person", "theft-from-the-person"),
        ("thefts from cars", "theft-from-vehicle"),
        ("total crime", "all-crime"),
        ("weapons", "possession-of-weapons"),
    ],
)
def test_people_s_names_of_measures(said: str, code: str) -> None:
    assert measure_named(said).code == code


@pytest.mark.parametrize("said", ["knife crime", "domestic abuse", "crime", "", "the"])
def test_what_is_no_measure_of_ours_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="is not known"):
        measure_named(said)


def test_a_ward_is_found_by_its_name_inside_the_area_alone() -> None:
    store, luton = Store.open(), Area.named("luton")
    assert place_named("Dallow", within=luton, store=store).kind == "ward"
    assert place_named("dallow ward", within=luton, store=store).name == "Dallow"
    assert place_named("Luton 010A", within=luton, store=store).kind == "lsoa"
    assert place_named("bedford", within=luton, store=store).kind == "csp"
    with pytest.raises(UsageError, match="'Dalow' is not known in Luton; did you mean Dallow"):
        place_named("Dalow", within=luton, store=store)
    with pytest.raises(UsageError, match=r"not known in Luton; .* did you mean bedford"):
        place_named("bedfrod", within=luton, store=store)


def test_a_comparison_is_said_in_words_or_as_a_period() -> None:
    quarter = Period.parse("2023-01..2023-03")
    assert str(baseline_named("the period before", period=quarter)) == "2022-10..2022-12"
    assert baseline_named("2021-Q1", period=quarter) == Period.parse("2021-01..2021-03")
    assert baseline_named("", period=quarter) == Period.parse("2022-01..2022-03")
    with pytest.raises(UsageError, match="does not end before"):
        baseline_named("2023-Q1", period=quarter)
    with pytest.raises(UsageError, match="a comparison may also be a year before"):
        baseline_named("last week", period=quarter)
    with pytest.raises(UsageError, match="'last yeear' is not known; did you mean a year before"):
        baseline_named("last yeear", period=quarter)


def test_what_the_police_files_do_not_tell_is_said_in_place_of_a_wrong_guess() -> None:
    with pytest.raises(UsageError, match="do not tell whether an offence was domestic abuse") as e:
        measure_named("domestic violence")
    assert "burglary" not in str(e.value)
    with pytest.raises(UsageError, match="nearest is possession of weapons"):
        measure_named("Knife crime")


def test_since_a_month_reaches_to_the_newest_that_is_held() -> None:
    newest = date(2023, 2, 1)
    for said in ("since October 2022", "Since 2022-10", "from Oct 2022 onwards", "10/2022 on"):
        assert period_named(said, newest=newest) == Period.parse("2022-10..2023-02")
    with pytest.raises(UsageError, match="newest month that is held is 2023-02"):
        period_named("since March 2023", newest=newest)
    with pytest.raises(UsageError, match="is not in a form that is known"):
        period_named("since October 2022")


def test_the_quarter_before_is_the_period_before_of_a_quarter() -> None:
    quarter, year = Period.parse("2023-Q1"), Period.parse("2023")
    assert str(baseline_named("the previous quarter", period=quarter)) == "2022-10..2022-12"
    month = Period.parse("2023-01")
    assert baseline_named("the month before", period=month).months == (date(2022, 12, 1),)
    with pytest.raises(UsageError):
        baseline_named("the previous quarter", period=year)


def test_a_force_answers_to_its_bare_name() -> None:
    store, luton = Store.open(), Area.named("luton")
    assert place_named("bedfordshire", within=luton, store=store).kind == "force"


@pytest.mark.parametrize("said", ["a year ago", "last year", "The previous year", "FY2022-Q4"])
def test_a_year_before_is_said_in_many_ways(said: str) -> None:
    quarter = Period.parse("2024-Q1")
    assert baseline_named(said, period=quarter) == Period.parse("2023-Q1")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("October 2022", "2022-10"),
        ("Oct-Dec 2022", "2022-Q4"),
        ("Q4 2022", "2022-Q4"),
        ("2022/23", "FY2022"),
        ("year ending March 2022", "12m-to-2022-03"),
        ("10/2022", "2022-10"),
    ],
)
def test_periods_are_said_as_people_write_them(said: str, period: str) -> None:
    assert period_named(said) == Period.parse(period)
