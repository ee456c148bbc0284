"""Ranking: what matters most comes first."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis import Assessment
from cspanalysis.evidence.figures import ForceChange, Gap
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.headline import chosen
from cspanalysis.findings.summary.ranking import (
    CERTAINTY,
    DISCOUNT,
    DIVERGENCE,
    HARM,
    SIZE,
    Importance,
    importance,
    ranked,
)
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

SPAN = Period.parse("2023")
CODES = [m.code for m in MeasureTable.shipped()]
PARTS = st.tuples(*[st.floats(0, 1)] * 4)


def moved(
    code: str,
    *,
    p: float | None = 0.01,
    ratio: float | None = 1.5,
    force: ForceChange | None = None,
) -> Change:
    return Change(
        measure=Measure.named(code),
        area=Area.named("luton"),
        period=SPAN,
        baseline=SPAN.baseline(),
        before=100,
        after=150,
        p_value=p,
        p_adjusted=p,
        ratio=ratio,
        verdict="higher",
        force=force,
    )


def of_force(percent: float, gap: Gap) -> ForceChange:
    return ForceChange(name="Bedfordshire", percent_change=percent, p_value=0.01, gap=gap)


def test_the_four_parts_by_hand() -> None:
    found = importance(moved("robbery", p=0.01, ratio=1.5, force=of_force(20, "above")))
    assert found.certainty == pytest.approx(0.5)
    assert found.size == pytest.approx(math.log2(1.5))
    assert found.divergence == pytest.approx(math.log2(1.5 / 1.2))
    assert found.harm == 0
    expected = CERTAINTY * 0.5 + SIZE * math.log2(1.5) + DIVERGENCE * math.log2(1.25)
    assert found.score == pytest.approx(expected)
    assert pytest.approx(1) == CERTAINTY + SIZE + DIVERGENCE + HARM


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (moved("robbery", p=0.0, ratio=None), (1, 0, 0)),
        (moved("robbery", p=1e-9, ratio=0.0), (1, 1, 0)),
        (moved("robbery", p=1.0, ratio=4.0), (0, 1, 0)),
        (moved("robbery", p=1.0, ratio=2.0, force=of_force(0, "no clear difference")), (0, 1, 0)),
        (moved("robbery", p=1.0, ratio=2.0, force=of_force(-100, "above")), (0, 1, 1)),
        (moved("robbery", p=None, ratio=None), (0, 0, 0)),
    ],
)
def test_the_parts_at_their_ends(change: Change, parts: tuple[float, ...]) -> None:
    found = importance(change)
    assert (found.certainty, found.size, found.divergence) == parts


def test_police_activity_and_what_has_no_good_direction_are_discounted() -> None:
    discounts = {
        code: importance(moved(code)).discount
        for code in ("robbery", "possession-of-weapons", "sexual-offences", "marac-cases")
    }
    assert discounts == {
        "robbery": 1,
        "possession-of-weapons": DISCOUNT,
        "sexual-offences": DISCOUNT,
        "marac-cases": DISCOUNT,
    }
    order = [c.measure.code for c in ranked([moved("drug-possession"), moved("theft-of-vehicle")])]
    assert order == ["theft-of-vehicle", "drug-possession"]


def test_harm_decides_between_changes_that_are_else_alike() -> None:
    harm = Assessment.open("luton", "2023").harm
    assert harm is not None
    alike = [moved("bicycle-theft"), moved("robbery"), moved("shoplifting")]
    assert [c.measure.code for c in ranked(alike)] == ["bicycle-theft", "robbery", "shoplifting"]
    found = [c.measure.code for c in ranked(alike, harm=harm)]
    assert found == ["robbery", "shoplifting", "bicycle-theft"]
    share = next(line.share for line in harm.lines if line.measure.code == "robbery")
    assert importance(moved("robbery"), harm=harm).harm == pytest.approx((share or 0) / 100)


def test_wokingham_opens_with_possible_changes_of_vehicle_crime() -> None:
    report = Assessment.open("wokingham", "2019")
    expected = ["theft-of-vehicle", "theft-from-vehicle", "drug-possession"]
    assert not any(c.stands_out for c in report.changes)
    possible = [c for c in report.changes if c.possible and not c.total]
    assert [c.measure.code for c in ranked(possible, harm=report.harm)] == expected
    headlines = [c.measure.code for c in chosen(report.changes, harm=report.harm)]
    assert headlines == ["all-crime", *expected]
    lead = report.lead
    said = "Possibly higher: theft of vehicles, theft from vehicles and drug possession."
    assert said in lead
    counts = "theft of vehicles (141 to 208), theft from vehicles (404 to 534) and drug possession"
    assert counts in report.summary().text
    assert "No measure shows a clear change" in report.why().text


@settings(max_examples=60, deadline=None)
@given(
    rows=st.dictionaries(
        st.sampled_from(CODES),
        st.tuples(st.floats(1e-12, 1), st.one_of(st.none(), st.floats(0, 50))),
        min_size=2,
        max_size=12,
    ),
    shuffled=st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_plays_no_part(
    rows: Mapping[str, tuple[float, float | None]], shuffled
) -> None:
    found = [moved(code, p=p, ratio=ratio) for code, (p, ratio) in rows.items()]
    other = list(found)
    shuffled.shuffle(other)
    assert ranked(found) == ranked(other)
    scores = [importance(c).score for c in ranked(found)]
    assert scores == sorted(scores, reverse=True)


@given(one=PARTS, more=PARTS, discount=st.sampled_from([DISCOUNT, 1.0]))
def test_what_is_more_in_all_four_is_never_below(one, more, discount: float) -> None:
    names = ("certainty", "size", "divergence", "harm")
    low = dict(zip(names, one, strict=True))
    high = {name: max(low[name], x) for name, x in zip(names, more, strict=True)}
    less = Importance(**low, discount=discount).score
    assert 0 <= less <= Importance(**high, discount=discount).score <= 1
