"""Months of small places: what is told of some must not tell a small month of another."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cspanalysis.disclosure.months import places_by_month, told_by_month
from cspanalysis.methods.protection import widths
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

EVERY = [*"abcdefuvw"]


def told(months: dict[str, list[int]], wards: str, threshold: int = 5) -> str:
    counts = pd.DataFrame(months)
    found = told_by_month(
        counts, pd.Series([*wards], index=counts.columns), may=EVERY, threshold=threshold
    )
    return "".join(sorted(found))


def test_a_small_month_is_not_what_is_left_of_a_ward() -> None:
    assert told({"a": [20, 20], "b": [9, 8], "c": [30, 30]}, "uuv") == "abcuv"
    assert told({"a": [3, 20], "b": [9, 8], "c": [30, 30]}, "uuv") == "cuv"
    # b is nought where a is small and hides nothing: c goes as well
    assert told({"a": [3, 20], "b": [0, 8], "c": [30, 30], "d": [40, 40]}, "uuuv") == "duv"


def test_two_small_months_hide_each_other_where_they_come_to_the_threshold() -> None:
    assert told({"a": [3, 20], "b": [3, 8], "c": [30, 30]}, "uuu") == "cu"
    assert told({"a": [2, 20], "b": [2, 8], "c": [30, 30], "d": [40, 40]}, "uuuu") == "du"


def test_a_small_ward_takes_another_with_it() -> None:
    # ward u is all that is left of the partnership: v goes, and c, which is all of v
    assert told({"a": [3, 20], "c": [30, 30], "d": [40, 40]}, "uvw") == "dw"
    assert told({"a": [3, 20], "b": [2, 30], "c": [30, 30]}, "uvw") == "cw"


def test_where_all_is_small_nothing_more_can_be_left_out() -> None:
    assert told({"a": [1, 1], "b": [2, 0]}, "uv") == ""


@pytest.fixture(scope="module")
def luton() -> Store:
    return Store.open()


def test_a_small_month_of_luton_is_not_told_by_its_neighbours(luton: Store) -> None:
    area, until = Area.named("luton"), date(2023, 12, 1)
    wards = luton.people.small_areas(area)["ward"]
    dallow = [str(place) for place in wards.index[wards == "E05014741"]]
    may = [(place, "all-crime") for place in (*dallow, "E05014741")]
    found = {p for p, _ in places_by_month(luton, area, until=until, may=may, threshold=5)}
    secret, beside = "E01015724", "E01015730"
    assert found == {"E05014741", *dallow} - {secret, beside}

    months = luton.monthly(Area.named(secret), measures=["all-crime"], months=Period.parse("2023"))
    own = months["all-crime"].astype(int)
    other = luton.monthly(Area.named(beside), months=Period.parse("2023"))["all-crime"].astype(int)
    assert (own < 5).any()
    counts = pd.Series({**{("own", m): n for m, n in own.items()},
                        **{("other", m): n for m, n in other.items()}}.values())  # fmt: skip
    size = len(own)
    sums = [{at: 1, size + at: 1} for at in range(size)]  # the ward's month less what is told
    sums += [dict.fromkeys(range(size), 1), dict.fromkeys(range(size, 2 * size), 1)]  # the years
    small = [at for at, n in enumerate(own) if n < 5]
    assert widths(counts, sums=sums, shown=[], of=small).min() == 5


def test_without_months_nothing_is_told(luton: Store) -> None:
    area = Area.named("luton")
    asked = {"may": [("E05014741", "all-crime")], "threshold": 5}
    assert not places_by_month(luton, area, until=date(2010, 1, 1), **asked)  # type: ignore[arg-type]
