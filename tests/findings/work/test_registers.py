"""Registers: every year in its row, the law's numbers always, small counts of deaths never."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.disclosure.rules import THRESHOLD
from cspanalysis.findings.work.registers import CaseRegister, DeathRegister
from cspanalysis.partnership.people import CaseReviews, DeathReviews


def cases(year: str, *numbers: int) -> CaseReviews:
    names = ("applications", "threshold_not_met", "reviews", "with_recommendations")
    return CaseReviews.model_validate({"year": year, **dict(zip(names, numbers, strict=True))})


def deaths(year: str, *numbers: int) -> DeathReviews:
    names = ("open", "closed", "recommendations", "completed")
    return DeathReviews.model_validate({"year": year, **dict(zip(names, numbers, strict=True))})


def test_a_year_without_an_entry_is_missing_and_said() -> None:
    found = CaseRegister((cases("2018/19", 3, 0, 3, 3), cases("2020/21", 1, 0, 1, 1)))
    assert list(found.rows) == ["2018/19", "2019/20", "2020/21"]
    assert set(found.rows["2019/20"].values()) == {None}
    assert found.sentences[0] == "No numbers are recorded for 2019/20."
    values = {v.key: v for v in found.values()}
    assert values["asb-case-reviews.2019-20.reviews"].text == "not available"
    assert values["asb-case-reviews.2018-19.applications"].value == 3


@pytest.mark.shared_data
def test_the_published_example_of_four_numbers_is_shown_whole(shared: Any) -> None:
    import csv

    path = shared / "reference_values" / "asb_case_review_example.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    numbers = [
        (r["year"], r["applications"], r["threshold_not_met"], r["reviews"],
         r["reviews_with_recommendations"]) for r in rows
    ]  # fmt: skip
    found = CaseRegister(tuple(cases(year, *map(int, row)) for year, *row in numbers))
    assert [tuple(row.values()) for row in found.rows.values()] == [
        tuple(map(int, row)) for _, *row in numbers
    ]
    assert (
        found.title == "Three applications for an ASB case review in 2023/24 led to three reviews"
    )


def test_small_counts_of_deaths_are_left_out_of_a_public_edition_alone() -> None:
    entries = (deaths("2022", 1, 0, 12, 9), deaths("2023", 2, 1, 20, 11))
    public, sensitive = (DeathRegister(entries, public=p) for p in (True, False))
    assert {("2022", "open"), ("2023", "open"), ("2023", "closed")} <= public.hidden
    assert ("2023", "recommendations") not in public.hidden
    assert sensitive.hidden == frozenset()
    assert sensitive.title == ("Two domestic homicide reviews were open in 2023")
    assert "small numbers are left out" in public.title
    values = {v.key: v for v in public.values()}
    assert values["death-reviews.2023.open"].value is None
    assert values["death-reviews.2023.open"].text == "suppressed"
    later = "related death reviews (DARDR); from when is to be confirmed."
    assert later in " ".join(public.sentences)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=5))
def test_no_small_count_of_deaths_is_ever_public(rows: list[tuple[int, ...]]) -> None:
    entries = tuple(deaths(str(2015 + i), *row) for i, row in enumerate(rows))
    shown = [v.value for v in DeathRegister(entries, public=True).values() if v.value is not None]
    assert not [n for n in shown if 0 < n < THRESHOLD]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (0, "No domestic homicide reviews were open in 2023"),
        (1, "One domestic homicide review was open in 2023"),
    ],
)
def test_none_and_one_are_said_rightly(number: int, title: str) -> None:
    assert DeathRegister((deaths("2023", number, 0, 0, 0),), public=False).title == title
