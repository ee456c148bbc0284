"""Control charts of measures, and what they say at their last month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.trends import (
    no_trends,
    signals,
    trends,
    trends_subtitle,
    trends_title,
    uncharted,
)
from cspanalysis.vocabulary import Area

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
ORIGIN = Provenance("data.police.uk", "2024-02")


def monthly(values: list[float | None], code: str = "robbery") -> pd.DataFrame:
    index = pd.date_range("2021-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({code: pd.array(values, dtype="Int64")}, index=index)


def steady(last: list[int]) -> list[float | None]:
    pattern = [50, 54, 46, 52, 48, 55, 45, 51, 49, 53, 47, 50]
    return [*pattern, *pattern, *last]


def test_months_are_charted_per_30_days() -> None:
    trend = trends(monthly([31, 28] * 10), area=LUTON, provenance=ORIGIN)[0]
    assert trend.unit == "per 30 days"
    assert trend.chart["value"].iloc[0] == pytest.approx(30)
    assert trend.chart["value"].iloc[1] == pytest.approx(30)


def test_too_few_months_or_none_counted_make_no_chart() -> None:
    assert trends(monthly([5] * 12), area=LUTON, provenance=ORIGIN) == ()
    assert len(trends(monthly([5, 6] * 6 + [5]), area=LUTON, provenance=ORIGIN)) == 1
    assert trends(monthly([0] * 24), area=LUTON, provenance=ORIGIN) == ()


def test_a_missing_month_is_a_gap_and_is_said() -> None:
    trend = trends(monthly([*steady([]), None, 50]), area=LUTON, provenance=ORIGIN)[0]
    assert np.isnan(trend.chart["value"].iloc[24])
    assert trend.caveats[0].text == "No figures for January 2023."


@pytest.mark.parametrize(
    ("code", "last", "sentence", "variation"),
    [
        ("robbery", [50, 52], None, "common"),
        ("robbery", [52, 90], "Robbery was above its usual range in February 2023.", "concern"),
        ("robbery", [52, 8], "Robbery was below its usual range in February 2023.", "improvement"),
        (
            "drug-offences",
            [52, 90],
            "Drug offences were above their usual range in February 2023.",
            "neutral_high",
        ),
        (
            "robbery",
            [56, 57, 56, 55, 57, 56, 57],
            "Robbery has been above average for seven months in a row, up to July 2023.",
            "concern",
        ),
    ],
)
def test_the_last_month_speaks_only_where_it_signals(
    code: str, last: list[int], sentence: str | None, variation: str
) -> None:
    found = trends(monthly(steady(last), code), area=LUTON, provenance=ORIGIN)
    assert found[0].variation == variation
    assert signals(found) == ((sentence,) if sentence else ())


def test_titles_say_how_many_stand_out() -> None:
    quiet = trends(monthly(steady([50])), area=LUTON, provenance=ORIGIN)
    loud = trends(monthly(steady([95])), area=LUTON, provenance=ORIGIN)
    assert trends_title(quiet) == "In January 2023 every measure was within its usual range"
    assert trends_title(loud) == "In January 2023 robbery was outside the usual pattern"
    assert trends_title(()) == "There are too few months to chart"


def test_a_clear_season_is_taken_out_and_said() -> None:
    wave = np.round(100 + 40 * np.cos(2 * np.pi * (np.arange(36) % 12 - 6) / 12)).astype(int)
    found = trends(monthly([int(n) for n in wave]), area=LUTON, provenance=ORIGIN)
    assert found[0].unit == "per 30 days, seasonally adjusted"
    assert found[0].chart["value"].std() < 5
    assert trends_subtitle(found).endswith("The usual season is taken out.")
    plain = trends(monthly(steady([50])), area=LUTON, provenance=ORIGIN)
    assert trends_subtitle(plain).endswith("in Luton, by month.")
    assert trends_subtitle([*plain, *found]).endswith("is taken out of robbery.")


def test_what_is_counted_less_than_once_a_month_is_not_charted() -> None:
    rare = monthly([0, 0, 0, 1] * 6)
    both = rare.assign(burglary=monthly(steady([])).to_numpy())
    found = trends(both, area=LUTON, provenance=ORIGIN)
    assert [trend.measure.code for trend in found] == ["burglary"]
    assert uncharted(both, found) == "Not charted, since less than one a month is counted: robbery."
    assert uncharted(both[["burglary"]], found) == ""


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (None, "published for whole periods alone"),
        (monthly([5, 6])[[]], "This edition tells no counts by month."),
        (monthly([None, None, 5, 6]), "figures for two months. A control chart needs at least 13"),
        (monthly([5]), "figures for one month."),
        (monthly([0] * 24), "Less than one count a month"),
    ],
)
def test_the_reason_for_no_chart_is_the_true_one(months: pd.DataFrame | None, said: str) -> None:
    assert said in no_trends(months)
