"""A ward as a part of its partnership: rates beside its own, small areas, hot spots that last."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.disclosure.plan import Plan
from cspanalysis.disclosure.rules import Rules
from cspanalysis.findings.places.beside import Beside, beside_of
from cspanalysis.findings.places.inside import inside_of, share_sentence
from cspanalysis.findings.places.lasting import Lasting, Span, lasting_of
from cspanalysis.findings.places.spots import HotSpots
from cspanalysis.findings.places.where import Where
from cspanalysis.vocabulary import Area, Measure, Period

CENTRAL, YEAR = Area.named("E05014739"), "2023-01..2023-12"
ALL = Measure.named("all-crime")


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def where(luton: Assessment) -> Where:
    return luton.where_of("all crime")


@pytest.fixture(scope="module")
def lasting(luton: Assessment, where: Where) -> Lasting:
    places = luton.store.people.small_areas(CENTRAL).index
    return lasting_of(luton.store, where, CENTRAL, places=[*places])


def test_rates_are_above_or_below_where_the_whole_interval_is(luton: Assessment) -> None:
    central = Assessment.open("E05014739", "2023").changes
    found = beside_of(central, luton.changes, area=CENTRAL, around=luton.facts.area)
    own, theirs = found.own["all-crime"].rate, found.theirs["all-crime"].rate
    assert own
    assert theirs
    assert own.lower > theirs.value
    assert found.word("all-crime") == "above"
    assert found.cells["all-crime"] == "above 77.6"
    for rate, word in (
        (replace(theirs, lower=70.0, upper=80.0), ""),
        (replace(theirs, lower=60.0, upper=70.0), "below"),
        (None, ""),
    ):
        other = {"all-crime": replace(found.own["all-crime"], rate=rate)}
        assert replace(found, own=other).word("all-crime") == word


def test_what_stands_apart_is_said_with_what_chance_would_give(luton: Assessment) -> None:
    dallow = Area.named("E05014741")
    own = Assessment.open(dallow, "2023").changes
    found = beside_of(own, luton.changes, area=dallow, around=luton.facts.area)
    assert found.sentence == (
        "Beside Luton, rates are above for shoplifting, other theft and drug offences; below for "
        "burglary and anti-social behaviour. Of 15 rates chance alone would set about one apart."
    )
    alike = replace(found, own=found.theirs)
    assert alike.sentence == "No rate can be told apart from that of Luton."
    nothing = Beside(area=dallow, around=luton.facts.area, own={}, theirs={})
    assert nothing.sentence == "There are no rates to set beside those of Luton."
    assert next(value.key for value in found.values()) == "around.all-crime.rate"


def test_a_rate_that_is_kept_back_leaves_the_partnership_its_own(luton: Assessment) -> None:
    central = Assessment.open("E05014739", "2023").changes
    found = beside_of(
        [replace(c, rate=None) for c in central],
        luton.changes,
        area=CENTRAL,
        around=luton.facts.area,
    )
    assert found.cells["all-crime"] == "77.6"
    assert found.sentence == "There are no rates to set beside those of Luton."
    assert next(value.key for value in found.values()) == "around.all-crime.rate"


def test_a_share_is_said_beside_that_of_the_residents() -> None:
    told = {"area": CENTRAL, "around": Area.named("luton"), "what": "all crime"}
    said = share_sentence(**told, counts=(17, 100), people=(3, 100))
    assert said == "Central has 17\xa0% of all crime in Luton and 3\xa0% of its residents."
    for counts in ((None, 100), (17, None), (17, 0)):
        assert share_sentence(**told, counts=counts, people=(3, 100)) == ""


def test_the_small_areas_of_a_ward_as_they_were_counted(luton: Assessment, where: Where) -> None:
    found = inside_of(luton.store, where, CENTRAL, plan=luton.facts.plan)
    assert found
    counts = luton.store.by_area("lsoa", within=luton.facts.area, period=Period.parse("2023"))
    assert found.places["after"].tolist() == [1068, 889, 697, 404]
    assert found.places["after"].to_dict() == counts["all-crime"][found.places.index].to_dict()
    assert found.busiest == 4
    assert found.sentences[0] == (
        "Central is made of four small areas (LSOAs), with 404 to 1,068 records of all crime each "
        "in 2023."
    )
    assert [name for name, _ in found.class_names.values()] == ["023A", "023C", "021G", "017B"]
    keys = {value.key for value in found.values()}
    assert {f"where.all-crime.{str(c).lower()}.count" for c in found.places.index} <= keys


def test_what_the_plan_hides_of_small_areas_is_in_no_value(luton: Assessment, where: Where) -> None:
    first = str(where.places.index[where.places["ward"] == CENTRAL.code][0])
    cell = (first, "all-crime", YEAR)
    plan = Plan(known=frozenset({cell}), hidden=frozenset({cell}))
    shown = {code for code in where.places.index if where.places["ward"][code] == CENTRAL.code}
    known = frozenset({(code, "all-crime", YEAR) for code in shown} | {cell})
    found = inside_of(luton.store, where, CENTRAL, plan=replace(plan, known=known))
    assert found
    assert found.kept_back == {(first, "after")}
    assert pd.isna(found.places["after"][first])
    assert pd.isna(found.places["rate"][first])
    assert not any(f".{first.lower()}.count" in value.key for value in found.values())
    assert "where it may be told" in found.sentences[0]
    rounded = replace(where, rules=Rules(rounding=10))
    told = inside_of(luton.store, rounded, CENTRAL, plan=luton.facts.plan)
    assert told
    assert told.places["after"].tolist() == [1070, 890, 700, 400]


def test_a_ward_without_small_areas_of_its_own_has_none(luton: Assessment, where: Where) -> None:
    elsewhere = Area.named("E05000932")
    assert inside_of(luton.store, where, elsewhere, plan=None) is None


def test_hot_spots_of_half_years_agree_with_those_of_each(
    luton: Assessment, where: Where, lasting: Lasting
) -> None:
    assert [str(span.period) for span in lasting.spans] == [
        *("2021-07..2021-12", "2022-01..2022-06", "2022-07..2022-12"),
        *("2023-01..2023-06", "2023-07..2023-12"),
    ]
    half = Assessment.open("luton", "2023-07..2023-12", edition="sensitive", store=luton.store)
    last = half.where_of("all crime")
    assert lasting.spans[-1].half == last.concentration
    assert lasting.now.half == where.concentration
    assert [span.here(lasting.places) for span in lasting.spans] == [3, 4, 4, 4, 4]
    assert sorted(lasting.times(place) or 0 for place in lasting.places) == [4, 5, 5, 5]
    assert "All four small areas of Central lie in clusters of high rates" in lasting.sentences[1]
    assert "nine did so in each" in lasting.sentences[2]


def by_hand(
    where: Where, *hot: tuple[str, ...], ward: str = "ax", missing: str = "", wards: str = "Central"
) -> Lasting:
    """Give a ward of some small areas, and those of Luton that are hot in each half-year."""
    halves = [Period.parse(p) for p in ("2022-07..2022-12", "2023-01..2023-06", "2023-07..2023-12")]
    counts = pd.Series({name: None if name in missing else 20 for name in "abcx"}, dtype="Int64")
    made = replace(where, places=where.places.iloc[:4].set_axis([*"abcx"]).assign(after=counts))
    spans = tuple(
        Span(
            period=period,
            half=where.concentration,
            spots=HotSpots(measure=ALL, places=places, wards=(wards,) if places else ()),
            open=True,
        )
        for period, places in zip(halves, hot, strict=False)
    )
    return Lasting(area=CENTRAL, places=tuple(ward), where=made, now=spans[-1], spans=spans)


def closed(found: Lasting) -> Lasting:
    """Give it where it may not be told which small areas lie in clusters."""
    spans = tuple(replace(span, open=False) for span in found.spans)
    return replace(found, now=spans[-1], spans=spans)


def test_how_long_hot_spots_last_by_hand(where: Where) -> None:
    found = by_hand(where, ("a", "b"), ("a", "c"), ("a",))
    assert [found.times(place) for place in "ax"] == [3, 0]
    assert (found.hot_now("a"), found.hot_now("x")) == (True, False)
    assert found.sentences[1].startswith("One of the two small areas of Central lies in clusters")
    assert found.sentences[2] == (
        "Of the three small areas of Luton that lay in clusters in any of three half-years, one "
        "did so in each."
    )
    values = {value.key: value.value for value in found.values()}
    assert values == {"spots.all-crime.here": 1, "spots.all-crime.always": 1}


@pytest.mark.parametrize(
    ("hot", "said"),
    [
        ((("a", "b"), ("a", "b")), "Of the two small areas of Luton that lay in clusters in either "
         "of two half-years, both did so in both."),
        ((("a", "b", "c"),) * 3, "Of the three small areas of Luton that lay in clusters in any of "
         "three half-years, all three did so in each."),
        ((("a",), ()), "The one small area of Luton that lay in a cluster in either of two "
         "half-years did not do so in both."),
        ((("a", "b"), ("c",)), "Of the three small areas of Luton that lay in clusters in either "
         "of two half-years, none did so in both."),
    ],
)  # fmt: skip
def test_how_many_stayed_reads_as_people_say_it(
    where: Where, hot: tuple[tuple[str, ...], ...], said: str
) -> None:
    assert by_hand(where, *hot).sentences[2] == said


@pytest.mark.parametrize(
    ("ward", "missing", "hot", "said"),
    [
        ("a", "", ("a",), "The one small area of Central lies in a cluster of high rates"),
        ("x", "", ("a",), "The one small area of Central lies in none of the clusters of high"),
        ("abx", "b", ("a",), "One of the two small areas of Central that have counts lies in"),
        ("ax", "a", ("b",), "The one small area of Central that has counts lies in none of the"),
        ("ax", "ax", ("b",), "One small area lies in a cluster of high rates"),
        ("acx", "x", ("a", "c"), "Both small areas of Central that have counts lie in clusters"),
    ],
)
def test_small_areas_without_counts_are_not_said_to_be_no_hot_spots(
    where: Where, ward: str, missing: str, hot: tuple[str, ...], said: str
) -> None:
    found = by_hand(where, hot, hot, ward=ward, missing=missing)
    assert found.sentences[1].startswith(said)
    assert all(found.hot_now(place) is found.times(place) is None for place in missing)


def test_where_counts_are_small_it_is_not_told_which_places(where: Where) -> None:
    found = closed(by_hand(where, ("a", "b"), ("a",)))
    assert found.times("a") is None
    assert found.hot_now("a") is None
    assert "Which small areas of Central they are is not told" in found.sentences[1]
    assert {value.key for value in found.values()} == {"spots.all-crime.always"}


@pytest.mark.parametrize(("hot", "wards"), [((), ""), (("b",), "Dallow")])
def test_nothing_is_kept_back_of_a_ward_in_which_none_are(
    where: Where, hot: tuple[str, ...], wards: str
) -> None:
    found = closed(by_hand(where, hot, hot, wards=wards))
    assert "not told" not in found.sentences[1]


def test_small_areas_divided_since_are_named_beside_those_that_have_counts(
    luton: Assessment, where: Where
) -> None:
    inside = inside_of(luton.store, where, CENTRAL, plan=luton.facts.plan)
    assert inside
    first = str(inside.places.index[0])
    lacking = inside.places.copy()
    lacking.loc[first, ["after", "rate"]] = None
    found = replace(inside, places=lacking)
    assert found.sentences[0].endswith("with 404 to 889 records of all crime each in 2023.")
    assert found.sentences[1] == (
        "One of them was divided in 2021 and has no count: what was recorded by the areas before "
        "can't be shared out."
    )
    assert "most" in inside.title
    assert found.title == "All crime in the small areas of Central"


@pytest.mark.parametrize(
    ("rules", "edition", "least", "told"),
    [
        (Rules(), "public", 5, True),
        (Rules(), "public", 4, False),
        (Rules(), "sensitive", 4, True),
        (Rules(rounding=5), "public", 5, False),
        (Rules(threshold=10), "public", 9, False),
    ],
)
def test_places_of_hot_spots_are_told_where_no_count_is_small(
    luton: Assessment, where: Where, rules: Rules, edition: str, least: int, told: bool
) -> None:
    counts = where.places["after"].clip(lower=20).astype("Int64")
    counts.iloc[-1] = least
    made = replace(where, places=where.places.assign(after=counts), rules=rules, edition=edition)
    found = lasting_of(luton.store, made, CENTRAL, places=[*where.places.index[:1]])
    assert (found.hot_now(str(where.places.index[0])) is not None) is told


def test_without_the_extra_no_hot_spot_is_told(
    luton: Assessment, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cspanalysis.findings.places.spots.find_spec", lambda _: None)
    found = lasting_of(luton.store, where, CENTRAL, places=[*where.places.index[:2]])
    assert len(found.sentences) == 1
    assert [*found.values()] == []
    assert found.told == ()
