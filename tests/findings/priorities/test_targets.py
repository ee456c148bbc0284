"""Targets: counts by hand, what can honestly be said of them, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.display import target_table
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.changes.trends import trends
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.target_counts import matched, targets
from cspanalysis.findings.priorities.target_words import (
    no_targets,
    target_in_short,
    targets_by_status,
    targets_title,
)
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.partnership import Partnership
from cspanalysis.partnership.work import Aim, Priority, Target
from cspanalysis.vocabulary import Area, Measure, Period
from tests.findings.summary.test_narrative import grade

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
YEAR = Period.parse("2023")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def held(
    aim: dict[str, object],
    *,
    before: int | None,
    after: int | None,
    period: Period = YEAR,
    dispersion: float = 1.0,
    asked: list[Period] | None = None,
    in_part: Sequence[date] = (),
    measure: str = "burglary",
) -> TargetFinding:
    """Hold one measure, with these counts whatever the baseline, against a target."""

    def against(baseline: Period) -> Sequence[Change]:
        if asked is not None:
            asked.append(baseline)
        line = Line(
            measure=Measure.named(measure),
            before=before,
            after=after,
            dispersion=dispersion,
            period_noise=dispersion,
        )
        comparison = Comparison(
            area=LUTON, period=period, baseline=baseline, provenance=Provenance("Test", "2024")
        )
        return changes([line], comparison=comparison)

    (found,) = targets(
        [priority({"measure": measure, **aim})],
        area=LUTON,
        period=period,
        baseline=period.baseline(),
        against=against,
        in_part=in_part,
    )
    return found


def priority(*aims: dict[str, object]) -> Priority:
    return Priority(
        key="theft",
        title="Theft",
        theme="crime-and-disorder",
        owner="Head of community safety",
        measures=tuple(Aim(**aim) for aim in aims),  # type: ignore[arg-type]
    )


# 900 less 10 % is 810. Byar's interval of 700 is 649 to 754, of 780 is 726 to 837, of 900 is 842
# to 961.
@pytest.mark.parametrize(
    ("after", "status", "gap"),
    [
        (700, "met", "110 below"),
        (780, "within chance of the target", "30 below"),
        (810, "within chance of the target", "on the target"),
        (830, "within chance of the target", "20 above"),
        (900, "not met", "90 above"),
    ],
)
def test_a_fall_of_a_tenth_from_900(after: int, status: str, gap: str) -> None:
    found = held({"target": {"change": -10}}, before=900, after=after)
    assert (found.value, found.way, found.status, found.gap) == (810, "at most", status, gap)
    assert plain(found.wanted) == "at most 810 (10 % fewer than the 900 in 2022)"


def test_more_ups_and_downs_make_the_same_count_less_telling() -> None:
    steady = held({"target": {"change": -10}}, before=900, after=900)
    uneven = held({"target": {"change": -10}}, before=900, after=900, dispersion=4)
    assert (steady.status, uneven.status) == ("not met", "within chance of the target")


# Of 900 without more noise than chance: (1.96 + 0.84) sqrt(1/900 + 1/(900 rho)) is 0.1365 at
# rho = 0.8724, so a fall of 13 % shows; a third of that log is 4.4 %.
@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (-3, "This count often swings by the 3 % asked for: one good year will prove little. "
             "Only a fall of 13 % or more is likely to show."),
        (-10, "This count can swing by the 10 % asked for: one good year will prove little. "
              "Only a fall of 13 % or more is likely to show."),
        (-13, ""),
        (0, ""),
        (10, "This count can swing by the 10 % asked for: one good year will prove little. "
             "Only a rise of 14 % or more is likely to show."),
    ],
)  # fmt: skip
def test_a_target_says_where_its_change_would_not_show(percent: float, said: str) -> None:
    found = held({"target": {"change": percent}}, before=900, after=880)
    assert plain(found.unseen) == said
    assert said in plain(found.sentence)


_DUE = {"by": date(2023, 12, 31)}
_AHEAD = {"by": date(2024, 12, 31)}


# A fall of 10 % can hide in the swings of 900 (see above); Byar's interval of 780 is 726 to 837.
@pytest.mark.parametrize(
    ("aim", "counts", "said"),
    [
        ({"target": {"change": -10}, **_AHEAD}, (900, 780), "Burglary: at most 810 by 31 December "
         "2024 (10 % fewer than the 900 in 2022). This count can swing by that much, so one "
         "good year will prove little."),
        ({"target": {"change": -10}, **_DUE}, (900, 780), "Burglary: at most 810 by 31 December "
         "2023 (10 % fewer than the 900 in 2022). The count is so near that chance can put it on "
         "either side. This count can swing by that much, so one good year will prove little."),
        ({"target": {"change": -10}, **_AHEAD}, (900, 900), "Burglary: at most 810 by 31 December "
         "2024 (10 % fewer than the 900 in 2022). The count is still above it, by more than chance "
         "alone would give."),
        ({"target": {"change": 20}, **_AHEAD}, (900, 900), "Burglary: at least 1,080 by 31 "
         "December 2024 (20 % more than the 900 in 2022). The count is still below it, by more "
         "than chance alone would give."),
        ({"target": {"at_most": 850}}, (None, 700), "Burglary: at most 850. It is met, by more "
         "than chance alone would give."),
        ({"target": {"change": -10}}, (None, 700), "Burglary: 10 % fewer than in 2022. There is "
         "no figure for 2022."),
    ],
)  # fmt: skip
def test_beside_its_chart_a_target_is_told_in_short(
    aim: dict[str, object], counts: tuple[int | None, int | None], said: str
) -> None:
    found = held(aim, before=counts[0], after=counts[1])
    assert plain(target_in_short(found)) == said


def test_no_fall_of_a_small_count_would_show() -> None:
    quarter = Period.parse("2023-10..2023-12")
    found = held({"target": {"change": -50}}, before=9, after=4, period=quarter)
    assert found.unseen == (
        "No fall of so small a count is likely to show: one good quarter will prove little."
    )
    assert found.power == (pytest.approx(4.5 / 9), 0.0)
    assert "no fall" in target_table([found], caption="Small").html


def test_a_count_in_twelve_months_asks_for_a_change_from_its_own_start_alone() -> None:
    aim = {"target": {"at_most": 850}, "baseline": "2022"}
    assert "swing" in held(aim, before=900, after=880).unseen
    assert held(aim, before=800, after=780).unseen == ""  # it asks to keep what is reached
    assert held({"target": {"at_most": 850}}, before=None, after=880).unseen == ""


def test_a_rise_is_wanted_at_least() -> None:
    found = held({"target": {"change": 20}}, before=100, after=160)
    assert (found.value, found.way, found.status) == (120, "at least", "met")
    assert held({"target": {"change": 20}}, before=100, after=80).status == "not met"


def test_a_count_in_twelve_months_is_shared_by_days() -> None:
    quarter = Period.parse("2023-10..2023-12")
    found = held({"target": {"at_most": 730}}, before=None, after=150, period=quarter)
    assert found.value == pytest.approx(730 * 92 / 365)
    assert "730 in twelve months, its share by days" in found.sentence
    assert found.status == "not met" or found.lower <= found.value  # type: ignore[operator]
    whole = held({"target": {"at_least": 730}}, before=None, after=730)
    assert whole.value == 730
    assert whole.wanted == "at least 730"
    leap = held({"target": {"at_most": 366}}, before=5, after=31, period=Period.parse("2024-01"))
    assert leap.value == pytest.approx(366 * 31 / 365)  # February 2023 to January 2024


def test_none_at_all_is_met_by_none() -> None:
    assert held({"target": {"at_most": 0}}, before=3, after=0).status == "met"
    assert held({"target": {"at_most": 0}}, before=3, after=1).status == "not met"


def test_the_target_starts_from_the_same_months_of_its_baseline() -> None:
    asked: list[Period] = []
    quarter = Period.parse("2023-10..2023-12")
    aim = {"baseline": "2021", "target": {"change": -10}}
    found = held(aim, before=100, after=90, period=quarter, asked=asked)
    assert asked == [Period.parse("2021-10..2021-12")]
    assert found.baseline == asked[0]


@pytest.mark.parametrize(
    ("baseline", "period", "start"),
    [
        ("2022", "2023", "2022"),
        ("FY2021", "2023", "FY2021"),
        ("FY2021", "2023-Q1", "2022-01..2022-03"),
        ("2022", "2023-11..2024-01", None),
        ("2021-01..2022-12", "2023", None),
        ("2021-01..2022-12", "2023-Q1", None),
        ("2022-Q2", "2023-Q1", None),
        ("2022-Q1", "2023", None),
        ("2022", "18m-to-2024-12", None),
        ("18m-to-2022-12", "18m-to-2024-12", "18m-to-2022-12"),
    ],
)
def test_months_are_matched(baseline: str, period: str, start: str | None) -> None:
    found = matched(Period.parse(baseline), Period.parse(period))
    assert found == (Period.parse(start) if start else None)


@pytest.mark.parametrize(
    ("aim", "before", "after", "reason"),
    [
        ({"target": {"change": -10}}, None, 80, "There is no figure for 2022."),
        ({"target": {"change": -10}}, 100, None, "There is no figure for 2023."),
        ({"target": {"at_most": 90}}, 100, None, "There is no figure for 2023."),
        ({"target": {"change": -10}, "baseline": "2022-Q1"}, 100, 80, "once each"),
        ({"target": {"change": -10}, "baseline": "2023"}, 100, 80, "does not lie before 2023"),
    ],
)
def test_what_cannot_be_said_says_why(
    aim: dict[str, object], before: int | None, after: int | None, reason: str
) -> None:
    found = held(aim, before=before, after=after)
    assert found.status == "cannot be said"
    assert found.distance is None
    assert found.reached is None
    assert reason in found.reason
    assert reason in found.sentence


def test_a_target_across_a_break_cannot_be_said() -> None:
    quarter = Period.parse("2017-04..2017-06")
    aim = {"target": {"change": -10}}
    found = held(aim, before=73, after=56, period=quarter, measure="residential-burglary-dwelling")
    assert found.status == "cannot be said"
    assert "changed on 1 April 2017" in found.reason
    assert found.value is None
    # A count of its own needs no baseline, unless the file names one across the break.
    count = {"target": {"at_most": 400}}
    across = {**count, "baseline": "2016-04..2016-06"}
    code = "residential-burglary-dwelling"
    assert held(count, before=None, after=56, period=quarter, measure=code).status == "met"
    refused = held(across, before=73, after=56, period=quarter, measure=code)
    assert refused.status == "cannot be said"


def test_months_that_are_there_in_part_only_are_named() -> None:
    aim = {"target": {"change": -10}}
    found = held(aim, before=100, after=50, in_part=[date(2023, 12, 1)])
    assert found.reason == "The figures of December 2023 are there in part only."
    before = held(aim, before=100, after=50, in_part=[date(2022, 3, 1), date(2022, 4, 1)])
    assert before.reason == "The figures of March to April 2022 are there in part only."
    count = {"target": {"at_most": 90}}
    assert held(count, before=100, after=50, in_part=[date(2022, 3, 1)]).status == "met"


def test_the_day_it_is_due_is_seen_from_the_end_of_the_period() -> None:
    aim = {"target": {"change": -10}}
    past = held({**aim, "by": "2023-12-31"}, before=100, after=200)
    ahead = held({**aim, "by": "2024-01-01"}, before=100, after=200)
    assert (past.passed, ahead.passed) == (True, False)
    assert "It was due by 31 December 2023." in past.sentence
    assert (past.status, ahead.status) == ("not met", "not yet due, not reached")
    assert held(aim, before=100, after=200).passed is None


# Every verdict there is: due, without a day or not yet due; reached, not reached, near, unknown.
@pytest.mark.parametrize("by", [None, "2023-12-31", "2024-12-31"])
@pytest.mark.parametrize(
    ("after", "due", "ahead", "said"),
    [
        (700, "met", "not yet due, reached", "The count is 110 below that already, by more than"),
        (900, "not met", "not yet due, not reached", "The count is still 90 above that, more than"),
        (
            830,
            "within chance of the target",
            "not yet due, within chance",
            "The count is 20 above that, so near that chance",
        ),
        (
            None,
            "cannot be said",
            "not yet due, no figure",
            "How it stands can't be said. There is no figure for 2023.",
        ),
    ],
)
def test_before_its_day_a_target_is_neither_met_nor_missed(
    by: str | None, after: int | None, due: str, ahead: str, said: str
) -> None:
    found = held({"target": {"change": -10}, "by": by}, before=900, after=after)
    early = by == "2024-12-31"
    assert found.status == (ahead if early else due)
    words = plain(found.sentence)
    assert (said in words) == early
    assert ("wanted by 31 December 2024: not yet due." in words) == early
    if early:
        assert " met" not in f"{words} {found.status} {targets_title([found])}"
        assert {value.verdict for value in found.values()} == {ahead}
    assert grade(words) <= 9


def test_what_is_not_yet_due_is_counted_apart() -> None:
    def one(after: int, by: str, measure: str = "burglary") -> TargetFinding:
        aim = {"target": {"change": -10}, "by": by}
        return held(aim, before=900, after=after, measure=measure)

    now, then = "2023-12-31", "2024-12-31"
    met, missed = one(700, now), one(900, now, "robbery")
    reached, short = one(700, then, "arson"), one(900, then, "shoplifting")
    assert targets_title([met, missed, reached]) == (
        "One of two targets that are due is clearly met; one is not yet due"
    )
    assert targets_title([missed, reached, short]) == (
        "The one target that is due is not met; two are not yet due"
    )
    assert targets_title([reached, short]) == (
        "None of two targets is due yet; one is clearly reached so far"
    )
    assert targets_title([short, short]) == (
        "None of two targets is due yet; none is clearly reached"
    )
    assert targets_title([reached]) == ("The one target is not yet due, and clearly reached so far")
    assert targets_by_status([met, missed, reached, short]) == (
        ("not met", "robbery"),
        ("met", "burglary"),
        ("not yet due, not reached", "shoplifting"),
        ("not yet due, reached", "arson"),
    )


@pytest.mark.parametrize("measure", ["drug-offences", "violence-with-injury", "marac-cases"])
def test_no_target_is_called_met_without_saying_what_that_means(measure: str) -> None:
    found = held({"target": {"change": -10}}, before=900, after=500, measure=measure)
    assert found.status == "met"
    told = Measure.named(measure).police_activity or Measure.named(measure).good == "none"
    assert bool(found.remark) == told
    assert (found.remark in found.sentence) == bool(found.sentence)
    ((_, named),) = targets_by_status([found])
    assert ("(" in named) == told


def test_a_measure_that_is_only_watched_has_no_target() -> None:
    found = held({}, before=100, after=80)
    assert found.status == "watched"
    assert (
        found.sentence
        == "Burglary: 80 in 2023, against 100 in 2022; it is watched and has no target."
    )
    assert targets_title([found]) == "No target is set"


def test_a_measure_without_figures_says_so() -> None:
    (found,) = targets(
        [priority({"measure": "robbery", "target": Target(at_most=5)})],
        area=LUTON,
        period=YEAR,
        baseline=YEAR.baseline(),
        against=lambda _: (),
    )
    assert found.reason == "There is no figure of robbery for Luton, 2023."
    assert "no count in 2023" in found.sentence


def test_values_stand_under_keys_with_the_status_as_verdict() -> None:
    values = {v.key: v for v in held({"target": {"change": -10}}, before=900, after=700).values()}
    assert {k.removeprefix("target.theft.burglary."): v.value for k, v in values.items()} == {
        "baseline_count": 900,
        "count": 700,
        "value": 810,
        "distance": -110,
        "wanted": -10,
    }
    assert {v.verdict for v in values.values()} == {"met"}
    assert values["target.theft.burglary.distance"].text == "−110"
    gone = {v.key: v for v in held({"target": {"change": -10}}, before=None, after=7).values()}
    assert gone["target.theft.burglary.value"].text == "not available"


# 24 months of about 100 per 30 days, with a range of 90 to 110 from month to month.
@pytest.mark.parametrize(
    ("target", "assurance"),
    [
        ({"at_most": 2400}, "consistently_meets"),
        ({"at_most": 1217}, "hit_or_miss"),
        ({"at_most": 600}, "consistently_fails"),
        ({"at_least": 600}, "consistently_meets"),
        ({"at_least": 2400}, "consistently_fails"),
        ({"change": -50}, "consistently_fails"),
        ({"change": 0}, "hit_or_miss"),
    ],
)
def test_assurance_holds_the_usual_range_against_the_target(
    target: dict[str, float], assurance: str
) -> None:
    months = pd.date_range("2022-01-01", periods=24, freq="MS", name="month")
    counts = [
        round((100 + (10, -10, 5, -5)[i % 4]) * m.days_in_month / 30) for i, m in enumerate(months)
    ]
    monthly = pd.DataFrame({"burglary": pd.array(counts, dtype="Int64")}, index=months)
    found = _charted(monthly, target)
    assert found.assurance == assurance
    assert found.variation == "common"


def test_twelve_months_are_too_few_for_icons() -> None:
    months = pd.date_range("2023-01-01", periods=12, freq="MS", name="month")
    monthly = pd.DataFrame({"burglary": pd.array([50] * 12, dtype="Int64")}, index=months)
    found = _charted(monthly, {"at_most": 900})
    assert (found.assurance, found.variation) == ("none", "none")


def _charted(monthly: pd.DataFrame, target: dict[str, float]) -> TargetFinding:
    charted = trends(monthly, area=LUTON, provenance=Provenance("Test", "2024"))
    years = monthly["burglary"].groupby(monthly.index.year).sum()  # type: ignore[attr-defined]
    before = int(years[2022]) if 2022 in years else None
    line = Line(
        measure=Measure.named("burglary"),
        before=before,
        after=int(years[2023]),
    )
    comparison = Comparison(
        area=LUTON, period=YEAR, baseline=YEAR.baseline(), provenance=Provenance("Test", "2024")
    )
    (found,) = targets(
        [priority({"measure": "burglary", "target": target})],
        area=LUTON,
        period=YEAR,
        baseline=YEAR.baseline(),
        against=lambda _: changes([line], comparison=comparison),
        monthly=monthly,
        trends=charted,
    )
    return found


@settings(deadline=None)
@given(
    before=st.integers(0, 3000),
    after=st.integers(0, 3000),
    change=st.integers(-100, 100),
    dispersion=st.floats(1, 8),
)
def test_met_and_not_met_are_never_said_of_what_chance_explains(
    before: int, after: int, change: int, dispersion: float
) -> None:
    found = held({"target": {"change": change}}, before=before, after=after, dispersion=dispersion)
    assert found.value == pytest.approx(before * (100 + change) / 100)
    assert found.value is not None
    assert found.lower is not None
    assert found.upper is not None
    inside = found.lower <= found.value <= found.upper
    if found.status == "within chance of the target":
        assert inside
    else:
        assert not inside or found.value == after == 0
        assert (found.status == "met") == found.reached
    assert found.distance == pytest.approx(after - found.value)
    assert np.isfinite([v.value for v in found.values() if v.value is not None]).all()


@settings(deadline=None)
@given(after=st.integers(0, 500), more=st.integers(1, 500), change=st.integers(-60, -1))
def test_a_higher_count_never_brings_a_fall_nearer(after: int, more: int, change: int) -> None:
    order = {"met": 0, "within chance of the target": 1, "not met": 2}
    low, high = (
        held({"target": {"change": change}}, before=400, after=n).status
        for n in (after, after + more)
    )
    assert order[low] <= order[high]


def test_titles_and_sums_tell_how_many_and_which() -> None:
    fall = {"target": {"change": -10}}
    found = [
        held(fall, before=900, after=700),
        held(fall, before=900, after=900, measure="robbery"),
        held(fall, before=900, after=810, measure="shoplifting"),
        held(fall, before=None, after=810, measure="arson"),
    ]
    assert targets_title(found) == "One of four targets is clearly met"
    assert targets_title(found[1:]) == "One of three targets is clearly missed; none is clearly met"
    assert targets_title(found[2:]) == "None of two targets can be called met or missed"
    assert targets_title(found[:1]) == "The one target is met"
    assert targets_by_status(found) == (
        ("not met", "robbery"),
        ("met", "burglary"),
        ("within chance of the target", "shoplifting"),
        ("cannot be said", "arson"),
    )
    assert grade(" ".join(plain(one.sentence) for one in found)) <= 9


def test_where_no_target_is_set_a_sentence_says_so() -> None:
    assert no_targets(None, LUTON) == "No targets were supplied for Luton."
    bare = Partnership(area=LUTON, name="Luton", priorities=(priority({"measure": "arson"}),))
    assert "sets no targets" in no_targets(bare, LUTON)
    aim = {"measure": "arson", "target": {"at_most": 9}}
    full = Partnership(area=LUTON, name="Luton", priorities=(priority(aim),))
    assert no_targets(full, LUTON) == ""
