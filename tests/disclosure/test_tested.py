"""Tests of projects tell no small count, beside each other or beside the wards of the pages."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis.disclosure.plan import plan_of
from cspanalysis.disclosure.tested import chosen_kept_back, effects_kept_back
from cspanalysis.partnership.work import Evaluation
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

COUNTS = pd.Series({"a": 12, "b": 9, "c": 2, "d": 20, "e": 30, "f": 11})
WARDS = pd.Series({"a": "x", "b": "x", "c": "x", "d": "y", "e": "z", "f": "z"})


@pytest.mark.parametrize(
    ("chosen", "told_with_wards", "kept"),
    [
        ({0: "ab", 1: "de"}, False, set()),
        ({0: "ab", 1: "abc"}, False, {0}),  # c is what is between them
        ({0: "ad", 1: "ade", 2: "acde"}, False, {1}),
        ({0: "ab"}, True, {0}),  # beside ward x, which is shown
        ({0: "e"}, True, set()),
    ],
)
def test_what_lies_between_choices_is_no_small_count(
    chosen: dict[int, str], told_with_wards: bool, kept: set[int]
) -> None:
    wards = WARDS if told_with_wards else None
    assert chosen_kept_back(chosen, COUNTS, wards=wards) == kept


def test_a_ward_that_is_kept_back_is_not_told_by_its_places() -> None:
    wards = pd.Series({"a": "x", "b": "x", "c": "w", "d": "y", "e": "z", "f": "z"})
    hidden = {"w", "y"}  # w holds two; y would tell them
    assert chosen_kept_back({0: "d"}, COUNTS, wards=wards, hidden=hidden) == {0}
    assert chosen_kept_back({0: "e"}, COUNTS, wards=wards, hidden=hidden) == set()


def test_a_ward_of_luton_that_its_pages_keep_back_is_not_told_by_a_project() -> None:
    store, luton, year = Store.open(), Area.named("luton"), Period.parse("2023")
    plan = plan_of(store, luton, [year, year.baseline()])
    wards = store.people.small_areas(luton)["ward"]
    counts = store.by_area("lsoa", within=luton, period=year)["robbery"].groupby(wards).sum()
    hidden = {w for w in counts.index if plan.hides(w, "robbery", year, count=int(counts[w]))}
    kept = max(hidden, key=lambda ward: counts[ward])
    assert counts[kept] >= 5  # kept back for others alone
    places = {w: list(wards.index[wards == w]) for w in counts.index}
    shown = [ward for ward in counts.nlargest(2).index if ward not in hidden]
    made = {
        n: Evaluation.model_validate(
            {"measure": "robbery", "before": "2022", "after": "2023"}
            | {"treated_places": places[ward], "control_places": places[shown[-1]]}
        )
        for n, ward in enumerate((kept, shown[0]))
    }
    asked = {"store": store, "area": luton, "plan": plan}
    assert 0 in effects_kept_back(made, **asked)
    assert effects_kept_back({1: made[1]}, **asked) == frozenset()
