"""Readers of monthly series, held against months missing at the start, in the middle, at the end.

The counts are the shipped ones of Luton; a store without some months is made from their coverage.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis import Assessment, StrategicAssessment, display
from cspanalysis.commentary.claims import check_claims
from cspanalysis.commentary.placeholders import fill
from cspanalysis.errors import UsageError
from cspanalysis.findings.changes.emerging import emerging_issues
from cspanalysis.findings.changes.patterns import patterns_of
from cspanalysis.findings.changes.trends import (
    first_signal,
    no_trends,
    positions_of,
    runs_of,
    signals,
    trends,
    trends_subtitle,
    trends_title,
    uncharted,
)
from cspanalysis.findings.changes.usual import usual_year
from cspanalysis.findings.places.area_profile import area_profile
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.neighbours import beside_neighbours, small_areas
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store, ingest
from cspanalysis.store.coverage import Coverage
from cspanalysis.vocabulary import Measure

GAPS = {
    "start": ["2021-04", "2021-05", "2021-07"],
    "middle": ["2022-07", "2023-02"],
    "end": ["2023-11", "2023-12"],
    "everywhere": ["2021-04", "2022-12", "2023-06", "2023-12"],
    "nearly all": [f"{m:%Y-%m}" for m in pd.date_range("2021-03-01", "2023-10-01", freq="MS")],
}
MEASURES = ["burglary", "robbery"]


def without(*months: str) -> Store:
    """Give the shipped store as if it lacked the street files of some months."""
    rows = Coverage.read(shipped_store()).rows
    gone = [date.fromisoformat(f"{month}-01") for month in months]
    return Store(Coverage(rows[~rows["period_start"].isin(gone)].reset_index(drop=True)))


@pytest.fixture(params=GAPS, scope="module")
def report(request: pytest.FixtureRequest) -> Assessment:
    return Assessment.open("luton", "2023", store=without(*GAPS[request.param]))


def series(report: Assessment) -> pd.DataFrame:
    assert report.monthly is not None
    return report.monthly[MEASURES]


def test_charts_end_with_the_last_month_that_is_known(report: Assessment) -> None:
    monthly, origin = series(report), report.evidence.comparison.provenance
    found = trends(monthly, area=report.area, provenance=origin, since=report.period.start)
    known = monthly.dropna().index
    assert [t.chart.index[-1] for t in found] == [known[-1]] * len(found)
    assert len(found) == (2 if len(known) >= 13 else 0)
    said = [trends_title(found), *signals(found), first_signal(found), uncharted(monthly, found)]
    said += [v.text for v in (*runs_of(found), *positions_of(found))]
    if found:
        said += [trends_subtitle(found), *(c.text for t in found for c in t.caveats)]
        said.append(display.control_charts(found, title="a", subtitle="b", source="c").html)
        assert all(t.variation in {"common", "improvement", "concern"} for t in found)
        gone = monthly.index.difference(known)
        assert f"{gone[-1]:%B %Y}".split()[0] in found[0].caveats[0].text
    else:
        assert "two months" in no_trends(monthly, since=report.period.start)
    assert not any("nan" in text.split() for text in said)


def test_nothing_is_charted_where_no_month_of_the_period_is_known(report: Assessment) -> None:
    monthly, origin = series(report), report.evidence.comparison.provenance
    later = date(2024, 6, 1)
    assert trends(monthly, area=report.area, provenance=origin, since=later) == ()
    assert no_trends(monthly, since=later).startswith("No month of the period has figures")
    found = patterns_of(monthly, places=None, area=report.area, provenance=origin, since=later)
    assert [pattern.outlook for pattern in found] == [None, None]


def test_patterns_outlooks_and_what_emerges(report: Assessment) -> None:
    monthly, origin = series(report), report.evidence.comparison.provenance
    patterns = patterns_of(monthly, places=None, area=report.area, provenance=origin)
    charts = trends(monthly, area=report.area, provenance=origin)
    issues = emerging_issues(
        report.changes,
        trends={t.measure.code: t for t in charts},
        patterns={p.measure.code: p for p in patterns},
        monthly=monthly,
        apart=(),
    )
    assert {i.measure.code for i in issues} <= {c.measure.code for c in report.changes}
    assert all(v.value == v.value for p in patterns for v in p.values())
    assert (patterns[0].outlook is None) == (len(monthly.dropna()) < 12)


def test_the_usual_year_knows_a_missing_month(report: Assessment) -> None:
    year = usual_year(
        series(report)["burglary"],
        measure=Measure.named("burglary"),
        area=report.area,
        period=report.period,
    )
    known = series(report)["burglary"]["2023-01-01":].notna()
    assert list(year.months["value"].notna()) == list(known)
    assert not any("nan" in text.split() for text in (year.title, *year.sentences))
    assert len([v for v in year.values() if v.key[-3] == "-"]) == (
        0 if year.reason else int(known.sum())
    )


def test_a_change_is_refused_where_a_month_of_it_is_missing_and_its_months_are_named(
    report: Assessment,
) -> None:
    monthly = series(report)["burglary"]
    change = next(c for c in report.changes if c.measure.code == "burglary")
    two = monthly.reindex(pd.DatetimeIndex([*report.baseline.months, *report.period.months]))
    assert (change.before is None) == bool(two[:12].isna().any())
    assert (change.after is None) == bool(two[12:].isna().any())
    assert bool(change.refused) == bool(two.isna().any())
    assert change.verdict is None or not change.refused
    levels = beside_neighbours(
        report.store, area=report.area, period=report.period, measure=Measure.named("all-crime")
    )
    assert bool(levels) == (change.after is not None)
    assert (small_areas(report.store, change) is None) == bool(change.refused)
    assert (where_of(report.store, change=change) is None) == (change.after is None)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Burglary had its highest month since July.", "supported"),
        ("Burglary fell for the second month running in June.", "supported"),
        ("Burglary fell for the second month running in October.", "contradicted"),
        ("In July burglary had its lowest month since July 2021.", "not traceable"),
        ("Burglary fell.", "not traceable"),
    ],
)
def test_months_that_are_held_bear_claims_though_the_year_before_lacks_some(
    text: str, verdict: str
) -> None:
    """April to October 2022: 63, 62, 56, 54, 54, 62 and 77; the figures begin in December 2021."""
    gone = [f"{month:%Y-%m}" for month in pd.date_range("2021-03-01", "2021-11-01", freq="MS")]
    report = Assessment.open("luton", "2022-05..2022-10", store=without(*gone))
    (claim,) = check_claims(
        text, report.changes, area=report.area, extra_values={}, monthly=report.monthly
    )
    assert claim.verdict == verdict


def test_a_strategic_assessment_of_months_that_are_not_all_there_says_what_it_can() -> None:
    """The shipped counts begin in March 2021."""
    report = StrategicAssessment.open("luton", "2021")
    assert report.facts.strategy.places == {}
    assert report.written  # its commentary asks for a share of crime that is not known
    assert (
        area_profile(
            report.store, area=report.area, period=report.period, crime=report.changes[0]
        ).share_of_crime
        is None
    )
    assert "area.share_of_crime" not in report.values


@pytest.mark.shared_data
def test_a_stray_month_of_rows_from_elsewhere_gets_no_verdict_no_icon_and_no_rate(
    shared: Path, tmp_path: Path
) -> None:
    archive = shared / "cases" / "gmp-2018-07-to-2019-06-and-2022-08.zip"
    ingest([archive], into=tmp_path / "store")
    store = Store.open(tmp_path / "store")
    report = Assessment.open("greater-manchester-force", "2022-08", store=store)
    assert {(c.after, c.rate, c.verdict) for c in report.changes} == {(None, None, None)}
    assert "files for August 2022 are there in part only" in report.changes[0].refused
    assert (report.trends, report.levels) == ((), ())
    states = store.coverage(source="police-uk").set_index("month")["status"]
    assert list(states.index[states == "part"].strftime("%Y-%m")) == ["2022-08"]


def test_a_value_that_months_would_give_is_not_available_and_a_wrong_key_is_refused() -> None:
    file = Path("background.md")
    text = "{{ area.share_of_crime }}, {{ concentration.robbery.places }}"
    assert fill(text, {}, file=file) == "not available, not available"
    for wrong in ("area.share_of_crimes", "concentration.robery.places", "change.robbery.counts"):
        with pytest.raises(UsageError, match="there is no value"):
            fill(f"{{{{ {wrong} }}}}", {}, file=file)
