"""Where an area's rates stand among its comparators', on rates worked by hand and real counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.evidence.figures import MANY_COME, Rate
from cspanalysis.findings.finding import Level
from cspanalysis.findings.places.comparators import Standing, standings
from cspanalysis.findings.places.peers import comparators_of
from cspanalysis.methods import position
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

YEAR = Period.parse("2023")


def standing(
    own: tuple[float, float, float],
    others: Mapping[str, tuple[float, float, float]],
    *,
    force: bool = False,
    **more: object,
) -> Standing:
    """Set Luton's rate (with its limits) beside those of others, ranked as the method ranks."""
    import pandas as pd

    rates = {"luton": own, **others}
    place = position(pd.Series({name: rate[0] for name, rate in rates.items()}), "luton")
    if force:
        rates["bedfordshire-force"] = (5.0, 4.9, 5.1)
    levels = [
        Level(
            measure=Measure.named("burglary"),
            area=Area.named(name),
            period=YEAR,
            count=100,
            rate=Rate(value=value, lower=low, upper=high, per=1000, denominator="residents, 2020"),
            emphasis=name == "luton",
        )
        for name, (value, low, high) in rates.items()
    ]
    levels.sort(key=lambda level: -level.rate.value)
    return Standing(levels=tuple(levels), rank=int(place["rank"]), median=place["median"], **more)


FEW = {"bedford": (4.0, 3.5, 4.5), "slough": (2.0, 1.8, 2.2)}
MANY = {
    "bedford": (1.0, 0.9, 1.1),
    "slough": (2.0, 1.9, 2.1),
    "reading": (3.0, 2.9, 3.1),
    "wycombe": (4.0, 3.9, 4.1),
}


def test_few_comparators_are_named_with_their_rates() -> None:
    assert standing((6.0, 5.5, 6.5), FEW).sentence == (
        "Luton's rate of burglary, 6.0 per 1,000 residents, is the highest of three areas, against "
        "4.0 in Bedford and 2.0 in Slough."
    )


def test_the_others_are_listed_where_the_sentence_does_not_name_them() -> None:
    assert standing((4.4, 3.9, 4.9), MANY).company == (
        "The other four areas are Wycombe (4.0), Reading (3.0), Slough (2.0) and Bedford (1.0)."
    )
    assert standing((4.4, 3.9, 4.9), FEW).company == ""


def test_overlapping_intervals_can_not_be_told_apart() -> None:
    assert standing((4.4, 3.9, 4.9), MANY).sentence.endswith("It can't be told apart from Wycombe.")


def test_of_few_comparators_those_that_chance_tells_apart_are_named_with_their_rates() -> None:
    above = standing((4.4, 3.9, 4.9), FEW)
    assert above.place == "above that of Slough"
    assert above.sentence == (
        "Luton's rate of burglary, 4.4 per 1,000 residents, is above that of Slough (2.0). It "
        "can't be told apart from Bedford (4.0)."
    )
    assert above.title == "Luton's rate of burglary is above that of Slough"
    below = standing((2.1, 1.9, 2.3), FEW)
    assert below.place == "below that of Bedford"
    between = standing((3.0, 2.8, 3.2), {**FEW, "reading": (3.1, 2.9, 3.3)})
    assert between.place == "above that of Slough and below that of Bedford"


def test_many_comparators_are_told_by_their_middle() -> None:
    found = standing((3.5, 3.4, 3.6), MANY)
    assert found.median == 2.5
    assert found.sentence == (
        "Luton's rate of burglary, 3.5 per 1,000 residents, is the second highest of five areas, "
        "above the middle of the others, 2.5."
    )


def test_an_interval_that_holds_the_middle_is_much_the_same() -> None:
    assert standing((2.6, 2.4, 2.8), MANY).against_median == "much the same as"


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (9.0, "the highest of five areas"),
        (3.5, "the second highest of five areas"),
        (2.5, "number three, counted from the highest, of five areas"),
        (1.5, "the second lowest of five areas"),
        (0.5, "the lowest of five areas"),
    ],
)
def test_ranks_read_from_the_nearer_end(rate: float, words: str) -> None:
    assert standing((rate, rate - 0.1, rate + 0.1), MANY).place == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ((4.4, 3.9, 4.9), "among the highest two of five areas"),
        ((3.5, 2.95, 4.0), "among the highest three of five areas"),
        ((2.5, 1.95, 3.0), "between the highest and the lowest of five areas"),
        ((3.0, 1.6, 4.2), "not the lowest of five areas"),
        ((2.0, 0.9, 3.4), "not the highest of five areas"),
        ((1.5, 1.0, 2.0), "among the lowest three of five areas"),
        ((2.5, 0.5, 4.5), "much the same as in the other four areas"),
    ],
)
def test_no_rank_is_told_that_chance_may_have_given(
    rate: tuple[float, float, float], words: str
) -> None:
    assert standing(rate, MANY).place == words


def test_one_comparator_makes_higher_or_lower() -> None:
    other = {"bedford": (4.0, 3.5, 4.5)}
    assert standing((6.0, 5.5, 6.5), other).place == "the higher of two areas"
    assert standing((1.0, 0.5, 1.5), other).place == "the lower of two areas"
    assert standing((4.2, 3.7, 4.7), other).place == "much the same as in the other area"


def test_the_force_is_beside_but_is_no_comparator() -> None:
    found = standing((6.0, 5.5, 6.5), FEW, force=True)
    assert found.force is not None
    assert "bedfordshire-force" not in {level.area.slug for level in found.others}
    assert found.place == "the highest of three areas"


def test_a_funnel_says_what_size_lets_one_expect() -> None:
    high = standing((6.0, 5.5, 6.5), FEW, funnel="high")
    assert "That is high even allowing for how much such areas differ" in high.sentence
    within = standing((6.0, 5.5, 6.5), FEW, funnel="within")
    assert within.sentence.endswith("that is nothing unusual.")


def test_a_funnel_never_contradicts_the_words_before_it() -> None:
    alike = standing((2.9, 2.6, 4.5), dict.fromkeys(MANY, (2.5, 1.0, 4.0)), funnel="high")
    assert alike.sentence == (
        "Luton's rate of burglary, 2.9 per 1,000 residents, is much the same as in the other four "
        "areas, whose middle is 2.5."
    )
    below = standing((1.5, 1.4, 1.6), MANY, funnel="high")
    assert "even allowing" not in below.sentence


def test_a_rate_where_many_come_and_few_live_is_compared_with_none() -> None:
    found = standing((331.0, 303.0, 361.0), MANY, funnel="high")
    levels = [
        replace(
            level,
            rate=replace(level.rate, denominator=f"residents ({MANY_COME}), mid-2018"),
        )
        if level.emphasis
        else level
        for level in found.levels
    ]
    visited = replace(found, levels=tuple(levels))
    assert visited.sentence == (
        "Luton's rate of burglary, 331 per 1,000 residents (many more people come than live "
        "here), is not comparable with those of other areas."
    )
    assert visited.title.endswith("is not comparable with those of other areas")


@given(st.lists(st.floats(0.1, 50), min_size=2, max_size=4), st.floats(0.1, 50))
def test_a_higher_rate_never_ranks_lower(rates: list[float], own: float) -> None:
    others = {name: (r, r, r) for name, r in zip(MANY, rates, strict=False)}
    low, high = standing((own, own, own), others), standing((own + 1, own + 1, own + 1), others)
    assert high.rank <= low.rank


def test_real_counts_of_luton_stand_among_bedfordshire() -> None:
    luton = Area.named("luton")
    found = standings(
        Store.open(), area=luton, comparators=comparators_of(luton).areas, period=YEAR
    )
    crime = found["all-crime"]
    assert {level.area.slug: level.count for level in crime.levels} == {
        "luton": 17917,
        "bedford": 13599,
        "central-bedfordshire": 15434,
        "bedfordshire-force": 49764,
    }
    assert crime.rank == 1
    assert found["bicycle-theft"].rank == 2
    keys = {value.key: value.text for value in crime.values()}
    assert keys["rate.all-crime.bedford"] == "71.6"
    assert keys["comparators.all-crime.median"] == "60.8"
    assert (keys["comparators.all-crime.lowest"], keys["rate.all-crime.central-bedfordshire"]) == (
        "50.1",
        "50.1",
    )
    assert crime.first is not None
    assert crime.first == pytest.approx(0.98, abs=0.01)
    assert float(keys["comparators.all-crime.first"].removesuffix("\xa0%")) == 98


def test_without_figures_of_any_comparator_there_is_nothing_to_stand_among() -> None:
    found = standings(
        Store.open(),
        area=Area.named("luton"),
        comparators=[Area.named("slough")],
        period=YEAR,
    )
    assert found == {}
