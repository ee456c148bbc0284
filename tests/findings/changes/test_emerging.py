"""Emerging issues: signs outside the priorities, on months worked by hand and real ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from cspanalysis import StrategicAssessment
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.emerging import emerging_issues, emerging_title, outlook_reason
from cspanalysis.findings.changes.patterns import Outlook
from cspanalysis.findings.changes.watching import Watched
from cspanalysis.vocabulary import Area, Measure
from tests.findings.priorities.test_priorities import change, trend_of

FLAT = [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49]


def issues(*changes: Any, trends: Any = (), apart: Any = (), watched: Any = ()) -> Any:
    return emerging_issues(
        changes,
        trends={t.measure.code: t for t in trends},
        patterns={},
        monthly=None,
        apart=apart,
        watched=watched,
    )


def outlook(low: float, high: float) -> Outlook:
    months = pd.period_range("2024-01", periods=3, freq="M")
    ahead = pd.DataFrame(
        {"mean": (low + high) / 2, "lower_80": low, "upper_80": high}, index=months
    )
    return Outlook(
        measure=Measure.named("burglary"),
        area=Area.named("luton"),
        ahead=ahead,
        provenance=Provenance("by hand", "2024"),
    )


def year_before(*counts: int) -> pd.Series:
    return pd.Series(counts, index=pd.date_range("2023-01-01", periods=3, freq="MS"))


def test_nothing_unusual_is_said_so() -> None:
    found = issues(change("burglary", 90, 80), trends=[trend_of("burglary", [*FLAT, 50])])
    assert found == ()
    assert emerging_title(found) == "No measure outside the priorities shows anything unusual"


def test_an_alarm_of_the_watch_is_a_sign() -> None:
    found = issues(
        change("burglary", 90, 80),
        change("robbery", 90, 80),
        watched=[
            Watched(Measure.named("burglary"), (date(2023, 1, 1), date(2023, 12, 1))),
            Watched(
                Measure.named("robbery"),
                (date(2023, 1, 1), date(2023, 12, 1)),
                alarm="above",
                since=date(2023, 9, 1),
            ),
        ],
    )
    assert [(one.measure.code, one.direction, one.signs) for one in found] == [
        (
            "robbery",
            "worse",
            (
                "Robbery has been above what the months before led to expect since September 2023 "
                "(watch over the newest months).",
            ),
        )
    ]


def test_what_may_be_getting_worse_comes_first() -> None:
    low = trend_of("robbery", [*FLAT, 1])
    high = trend_of("shoplifting", [*FLAT, 99])
    found = issues(change("robbery", 90, 80), change("shoplifting", 90, 80), trends=[low, high])
    assert [(issue.measure.code, issue.direction) for issue in found] == [
        ("shoplifting", "worse"),
        ("robbery", "better"),
    ]
    assert found[0].signs == ("Shoplifting was above its usual range in December 2023.",)
    assert emerging_title(found) == "Shoplifting needs watching"
    assert emerging_title(found[1:]) == (
        "One measure outside the priorities shows a signal, none for the worse"
    )


def test_measures_of_priorities_and_totals_are_left_out() -> None:
    high = trend_of("shoplifting", [*FLAT, 99])
    assert issues(change("shoplifting", 9, 8), trends=[high], apart={"shoplifting"}) == ()
    assert issues(change("shoplifting", 9, 8, total=True), trends=[high]) == ()


def test_more_signs_are_stronger_and_police_activity_has_no_worse() -> None:
    risen = change("drug-offences", 100, 160, verdict="higher")
    (found,) = issues(risen, trends=[trend_of("drug-offences", [*FLAT, 99])])
    assert len(found.signs) == 2
    assert found.signs[0].startswith("Clearly higher than in 2022: 100 to 160")
    assert found.direction == "neither"
    assert "searching" in found.reading
    (single,) = issues(risen)
    assert single.strength < found.strength


@pytest.mark.parametrize(
    ("before", "words", "side"),
    [
        ((10, 10, 10), "will bring more than a year earlier (about 120 against 30)", 1),
        ((90, 90, 90), "will bring fewer than a year earlier (about 120 against 270)", -1),
        ((10, 40, 90), "", 0),
    ],
)
def test_an_outlook_is_news_where_every_month_lies_on_one_side(
    before: tuple[int, ...], words: str, side: int
) -> None:
    text, found = outlook_reason(outlook(30, 50), year_before(*before))
    assert words in text
    assert bool(text) == bool(words)
    assert found == side


def test_an_outlook_without_last_years_months_says_nothing() -> None:
    assert outlook_reason(outlook(30, 50), year_before(1, 2, 3).iloc[:2]) == ("", 0)
    assert outlook_reason(None, year_before(1, 2, 3)) == ("", 0)


def test_real_bedford_shows_falls_outside_its_priorities() -> None:
    found = {i.measure.code: i for i in StrategicAssessment.open("bedford", "2023").emerging}
    assert found["public-order"].direction == "better"
    assert "anti-social-behaviour" not in found  # a priority of the shipped example
