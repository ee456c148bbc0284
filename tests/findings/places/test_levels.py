"""Areas side by side."""

from __future__ import annotations

import pytest

from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.places.levels import levels, levels_title
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
BEDFORD = Area("E22000009", "Bedford", "csp", "E23000026")
FORCE = Area("E23000026", "Bedfordshire", "force")


def rate(value: float, width: float = 2) -> Rate:
    return Rate(
        value=value, lower=value - width, upper=value + width, per=1000, denominator="residents"
    )


def side_by_side(luton: float, force: float | None) -> tuple:
    rates = {LUTON: (100, rate(luton)), BEDFORD: (50, rate(60))}
    if force is not None:
        rates[FORCE] = (900, rate(force))
    return levels(
        rates, measure=Measure.named("all-crime"), period=Period.parse("2023"), emphasis=LUTON
    )


def test_the_highest_rate_comes_first_and_the_area_is_marked() -> None:
    found = side_by_side(80, 70)
    assert [level.area.slug for level in found] == ["luton", "bedfordshire-force", "bedford"]
    assert [level.emphasis for level in found] == [True, False, False]


@pytest.mark.parametrize(
    ("luton", "force", "words"),
    [
        (80, 70, "above that of Bedfordshire as a whole"),
        (60, 70, "below that of Bedfordshire as a whole"),
        (71, 70, "much the same as in Bedfordshire as a whole"),
        (71, None, "was 71.0 per 1,000"),
    ],
)
def test_the_title_holds_the_area_against_its_force(
    luton: float, force: float | None, words: str
) -> None:
    assert levels_title(side_by_side(luton, force)).endswith(words)


@pytest.mark.parametrize(("bedford", "words"), [(60, "differ"), (79, "are much the same")])
def test_a_force_is_not_held_against_itself(bedford: float, words: str) -> None:
    rates = {LUTON: (100, rate(80)), BEDFORD: (50, rate(bedford)), FORCE: (900, rate(70))}
    found = levels(
        rates, measure=Measure.named("all-crime"), period=Period.parse("2023"), emphasis=FORCE
    )
    title = f"Rates of all crime {words} among the partnerships of Bedfordshire"
    assert levels_title(found) == title
