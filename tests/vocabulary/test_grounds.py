"""Partnerships that outlived their council, and councils younger than what is counted of them."""

from __future__ import annotations

from datetime import date

import pytest

from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.grounds import added_up, outlived

LONG_AGO = date(2010, 12, 1)


def test_a_partnership_that_outlived_its_council_says_so() -> None:
    assert outlived(Area.named("wycombe")) == (
        "Wycombe was a council until 31 March 2020, when Buckinghamshire took its place; the "
        "partnership Wycombe outlived it and counts the area of that council alone"
    )
    two = outlived(Area.named("daventry-and-south-northamptonshire"))
    assert two.startswith("Daventry was a council until 31 March 2021")
    assert two.endswith("counts the area of those councils alone")
    assert "still bears the former name" in outlived(Area.named("shepway"))


@pytest.mark.parametrize("name", ["luton", "somerset", "dorset", "buckinghamshire-lad", "england"])
def test_whose_council_is_there_says_nothing(name: str) -> None:
    assert outlived(Area.named(name)) == ""


def test_a_council_formed_since_says_what_is_added_up() -> None:
    assert added_up(Area.named("somerset"), date(2022, 4, 1)) == (
        "Until 31 March 2023 the councils of Mendip, Sedgemoor, Somerset West and Taunton and "
        "South Somerset stood in place of Somerset: what is counted from before is that of the "
        "small areas of today's Somerset, added up."
    )
    assert added_up(Area.named("somerset"), date(2023, 4, 1)) == ""
    assert added_up(Area.named("wycombe"), LONG_AGO) == ""


def test_no_area_is_both() -> None:
    both = [a for a in AreaRegister.shipped() if outlived(a) and added_up(a, LONG_AGO)]
    assert both == []
