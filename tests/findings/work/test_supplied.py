"""Figures that partners gave: counts, shares and intervals, worked by hand where they can be."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cspanalysis.display import supplied_table
from cspanalysis.findings.work.supplied import Supplied, supplied, supplied_title
from cspanalysis.partnership.supplied_figure import SuppliedFigure
from tests.reports.pages import cells


def _figure(**given: Any) -> SuppliedFigure:
    return SuppliedFigure(
        **{"key": "repeats", "what": "repeat cases", "source": "Annual report", **given}
    )


def _one(**given: Any) -> Supplied:
    return supplied([_figure(**given)])[0]


def test_a_share_of_a_known_number_gives_a_count_and_wilsons_interval() -> None:
    one = _one(share=27, of=107)
    assert (one.number, one.is_about, one.share) == (29, True, 27)
    assert (one.lower, one.upper) == pytest.approx((19.6, 36.2), abs=0.05)


def test_a_count_of_a_known_number_gives_its_share() -> None:
    one = _one(number=50, of=194)
    assert (one.number, one.is_about) == (50, False)
    assert one.share == pytest.approx(100 * 50 / 194)


def test_no_interval_where_nobody_says_of_how_many() -> None:
    one = _one(share=40)
    assert (one.number, one.share, one.lower, one.upper) == (None, 40, None, None)


def test_no_percentage_of_a_small_number() -> None:
    assert _one(number=1, of=4).share is None


def test_values_carry_what_there_is() -> None:
    held = {value.key: value for value in _one(share=27, of=107, of_what="cases").values()}
    assert held["supplied.repeats.number"].text == "about 29"
    assert held["supplied.repeats.of"].label == "Cases"
    assert held["supplied.repeats.share"].text == "27\xa0%"
    assert [v.key for v in _one(share=40).values()] == ["supplied.repeats.share"]


def test_the_table_says_what_is_not_known() -> None:
    block = supplied_table(
        supplied(
            [
                _figure(share=27, of=107, months="2019"),
                _figure(share=40, note="Of young people."),
                _figure(number=1, of=4),
            ]
        )
    )
    assert cells(block.html)[1:] == [
        ["Repeat cases, 2019", "about 29", "107", "27 % (20 to 36 %)"],
        ["Repeat cases", "[x]", "[x]", "40 %"],
        ["Repeat cases", "1", "4", "[z]"],
    ]
    assert "Of young people." in block.text
    assert "Source: Annual report." in block.text


def test_columns_that_nothing_fills_are_left_out() -> None:
    assert cells(supplied_table([_one(number=1746)]).html) == [
        ["Figure", "Number"],
        ["Repeat cases", "1,746"],
    ]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "One figure from partners, which this report did not test"),
        (2, "Two figures from partners, which this report did not test"),
    ],
)
def test_the_title_counts(number: int, title: str) -> None:
    found = [_one(number=1)] * number
    assert supplied_title(found) == title
    assert supplied_title(found, on="Drugs") == f"Drugs: {title[:1].lower()}{title[1:]}"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "either number or share"),
        ({"number": 1, "share": 2}, "either number or share"),
        ({"number": 5, "of": 4}, r"number \(5\) is more than of \(4\)"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        _figure(**given)
