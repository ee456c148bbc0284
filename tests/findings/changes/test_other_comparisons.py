"""Several comparisons of one period: real counts, and what a missing month bars."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.blocks.block import FIGURES
from cspanalysis.errors import UsageError
from cspanalysis.findings.changes.other_comparisons import Compared, other_comparisons
from cspanalysis.vocabulary.comparison import DEFAULTS, Comparison


@pytest.fixture(scope="module")
def report() -> Assessment:
    return Assessment.open("luton", "2023-07..2023-09")


def compared(report: Assessment, monthly: pd.DataFrame | None = None) -> dict[str, Compared]:
    assert report.monthly is not None
    found = other_comparisons(
        [Comparison(name) for name in DEFAULTS],
        monthly=report.monthly if monthly is None else monthly,
        changes=report.changes,
        sides=report.evidence.comparison,
    )
    return {one.comparison.name: one for one in found}


def test_the_year_before_says_what_the_report_says(report: Assessment) -> None:
    told = compared(report)["year before"].outcomes
    assert [(o.measure, o.word) for o in told] == [(c.measure, c.verdict) for c in report.changes]


def test_counts_and_percentages_are_of_the_two_sides(report: Assessment) -> None:
    assert report.monthly is not None
    crime = report.monthly["all-crime"]
    rolling = compared(report)["rolling 12 months"].outcomes[0]
    assert rolling.after == crime["2022-10":"2023-09"].sum()
    assert rolling.before == crime["2021-10":"2022-09"].sum()
    assert rolling.percent == pytest.approx(100 * (rolling.after / rolling.before - 1))
    assert compared(report)["mean of three years"].reason == (
        "There are no figures for July to September 2020."
    )


def test_the_period_before_allows_for_the_season(report: Assessment) -> None:
    found = {o.measure.code: o for o in compared(report)["period before"].outcomes}
    crime = found["all-crime"]
    assert crime.before is not None
    assert crime.after is not None
    assert crime.percent is not None
    raw = 100 * (crime.after / 92 / (crime.before / 91) - 1)
    assert abs(crime.percent - raw) > 0.5
    assert crime.word == "can't tell"
    assert found["bicycle-theft"].percent is None  # fewer than 50 before


def test_a_missing_month_bars_only_what_needs_it(report: Assessment) -> None:
    assert report.monthly is not None
    holed = report.monthly.copy()
    holed.loc["2022-12-01", "burglary"] = pd.NA
    found = {
        name: {o.measure.code: o for o in one.outcomes}
        for name, one in compared(report, holed).items()
    }
    assert found["rolling 12 months"]["burglary"].refused == (
        "There are no figures for December 2022."
    )
    assert found["rolling 12 months"]["robbery"].word is not None
    for name in ("year before", "period before", "financial year to date"):
        assert found[name]["burglary"].word is not None


def test_all_months_that_a_comparison_lacks_are_named(report: Assessment) -> None:
    """Three years: one is not held, and of another a month is missing."""
    assert report.monthly is not None
    holed = report.monthly.copy()
    holed.loc["2022-08-01", "burglary"] = pd.NA
    found = {o.measure.code: o for o in compared(report, holed)["mean of three years"].outcomes}
    assert found["burglary"].refused == (
        "There are no figures for July to September 2020 and August 2022."
    )


def test_a_doubling_is_told(report: Assessment) -> None:
    assert report.monthly is not None
    doubled = report.monthly.copy()
    doubled.loc["2023-07-01":"2023-09-01", "drug-offences"] *= 3
    found = compared(report, doubled)["period before"]
    words = {o.measure.code: o.word for o in found.outcomes}
    assert words["drug-offences"] == "higher"


def test_the_table_says_what_was_compared_and_records_it(report: Assessment) -> None:
    shown = report.other_comparisons("period before, rolling 12 months")
    assert "Period before: July to September 2023 against April to June 2023." in shown.text
    assert "Year before" not in shown.text.split("The measures of one")[0]
    recorded = {figure["id"] for figure in shown.records[FIGURES]["figures"]}
    assert "compared.rolling-12-months.burglary" in recorded
    with pytest.raises(UsageError, match="comparison 'sometime' is not known"):
        report.other_comparisons(["sometime"])


def test_without_months_one_comparison_is_all_there_is() -> None:
    wycombe = Assessment.open("wycombe", "2017-04..2017-06")
    assert "is compared with April to June 2016 alone" in wycombe.other_comparisons().text
