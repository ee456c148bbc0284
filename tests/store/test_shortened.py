"""Short months: found between editions, counted, and confirmed by official totals."""

from __future__ import annotations

from datetime import date

import pytest

from cspanalysis.paths import shipped_store
from cspanalysis.store import Store
from cspanalysis.store.official import held_of_official, official_totals
from cspanalysis.store.shortened import lost, short_months
from cspanalysis.vocabulary import Area, Period

FORCE = Area.named("bedfordshire-force")
LUTON = Area.named("luton")


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.open(shipped_store())


def test_the_months_that_lost_a_tenth_are_short(store: Store) -> None:
    found = short_months(store, FORCE, store.held.months(FORCE))
    assert [one.month for one in found] == [
        date(2021, 9, 1),
        date(2021, 11, 1),
        date(2021, 12, 1),
        date(2022, 1, 1),
    ]
    december = found[2]
    assert (december.earlier, december.edition) == ("2022-03", "2023-12")
    assert (december.held, december.was) == (3096, 4084)


def test_an_area_s_loss_is_what_its_earlier_edition_held_more(store: Store) -> None:
    short = short_months(store, LUTON, [date(2022, 1, 1)])
    gone = lost(store, LUTON, short)
    months = [date(2022, 1, 1)]
    then = store.monthly(LUTON, months=months, as_of="2022-03")["all-crime"].iloc[0]
    assert (
        gone["all-crime"].iloc[0] == then - store.monthly(LUTON, months=months)["all-crime"].iloc[0]
    )
    assert "anti-social-behaviour" not in gone


def test_the_loss_of_a_force_is_that_of_its_areas(store: Store) -> None:
    short = short_months(store, FORCE, store.held.months(FORCE))
    whole = lost(store, FORCE, short)
    assert whole["all-crime"].tolist() == [one.was - one.held for one in short]


def test_official_totals_bear_the_short_months_out(store: Store) -> None:
    held = held_of_official(store, FORCE).xs("all-crime", level="measure")
    before, after = Period.parse("12m-to-2022-09"), Period.parse("12m-to-2023-09")
    assert list(held.index) == [before, after]
    # 52,733 and 49,399 crimes in the table of ONS, 49,821 and 49,395 in the street files
    assert held.loc[[before], "official"].item() == 52_733
    assert held.loc[[after], "files"].item() == 49_395
    share = held["files"] / held["official"]
    assert round(share.iloc[0], 3) == 0.945
    assert round(share.iloc[1], 3) == 1.0
    restored = (held["files"] + held["lost"]) / held["official"]
    assert restored.min() > 0.985


def test_official_totals_know_the_years_of_a_force(store: Store) -> None:
    totals = official_totals(store, FORCE)
    assert totals.index[0] == Period.parse("12m-to-2018-09")
    assert totals.loc[[Period.parse("12m-to-2023-09")], "shoplifting"].item() == 3896


def test_one_edition_tells_of_no_short_month(store: Store) -> None:
    assert short_months(store, FORCE, [date(2023, 1, 1)]) == ()
    assert lost(store, FORCE, ()).empty
