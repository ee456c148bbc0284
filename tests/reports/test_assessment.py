"""The object that a notebook opens, on the data that the project ships."""

from __future__ import annotations

import json
from collections.abc import Iterator
from shutil import copytree

import pytest

from cspanalysis import Assessment, Period
from cspanalysis.display import COVER, FIGURES, TO_DO
from cspanalysis.errors import StoreError, UsageError
from cspanalysis.paths import data_folder


@pytest.fixture(scope="module")
def wycombe() -> Assessment:
    return Assessment.open("wycombe", "2017-04..2017-06")


@pytest.fixture(scope="module")
def wokingham() -> Assessment:
    return Assessment.open("wokingham", 2019)


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


def test_wycombe_is_the_table_of_its_report(wycombe: Assessment) -> None:
    counts = {c.measure.code: (c.before, c.after) for c in wycombe.changes}
    assert counts["all-crime"] == (2330, 2433)
    assert counts["robbery"] == (8, 17)
    assert counts["burglary"] == (196, 199)
    assert counts["burglary-dwelling"] == (73, None)
    assert counts["public-order"] == (82, 89)
    assert len(counts) == 17
    force = {c.measure.code: c.force.percent_change for c in wycombe.changes if c.force}
    assert force["robbery"] == 51
    assert force["drug-offences"] == -5
    assert len(force) == 11


def test_wokingham_is_the_table_of_its_report(wokingham: Assessment) -> None:
    counts = {c.measure.code: (c.before, c.after) for c in wokingham.changes}
    assert counts["all-crime"] == (6858, 7504)
    assert counts["asb-council-housing"] == (158, 144)
    assert counts["anti-social-behaviour"] == (None, None)
    assert [c.measure.code for c in wokingham.partner_changes] == ["marac-cases"]
    assert (wokingham.partner_changes[0].before, wokingham.partner_changes[0].after) == (59, 107)


def test_a_table_alone_has_no_months_to_chart(wycombe: Assessment) -> None:
    assert wycombe.monthly is None
    assert wycombe.trends == ()
    assert "published for whole periods alone" in wycombe.control_charts().text


def test_counts_by_month_add_up_to_the_period(luton: Assessment) -> None:
    monthly = luton.monthly
    assert monthly is not None
    assert len(monthly) == 34
    year = monthly.loc["2023", "all-crime"]
    total = next(c for c in luton.changes if c.measure.code == "all-crime")
    assert total.after == year.sum()
    parts = [c for c in luton.changes if c.measure.parent == "all-crime"]
    assert len(parts) == 13
    assert sum(c.after for c in parts) == total.after


def test_every_measure_of_luton_has_a_control_chart_and_a_rate(luton: Assessment) -> None:
    assert len(luton.trends) == 15
    assert all(trend.chart.index[-1].month == 12 for trend in luton.trends)
    assert all(change.rate is not None for change in luton.changes)


def test_the_area_is_set_beside_its_force_and_neighbours(luton: Assessment) -> None:
    names = {level.area.slug for level in luton.levels}
    assert names == {"luton", "bedford", "central-bedfordshire", "bedfordshire-force"}
    assert [level.area.slug for level in luton.levels if level.emphasis] == ["luton"]


def test_the_shortfall_of_located_rows_stands_beside_every_line(luton: Assessment) -> None:
    for change in luton.changes:
        assert any(
            caveat.kind == "location" and "carry no location" in caveat.text
            for caveat in change.caveats
        )


def test_months_after_the_period_are_not_looked_at() -> None:
    report = Assessment.open("luton", "2022-10..2022-12")
    assert report.monthly is not None
    assert f"{report.monthly.index[-1]:%Y-%m}" == "2022-12"


def test_a_month_that_is_missing_refuses_the_comparison() -> None:
    report = Assessment.open("luton", "2021-10..2021-12")
    assert {c.verdict for c in report.changes} == {None}
    assert all("no figures for October to December 2020" in c.refused for c in report.changes)
    assert report.lead.startswith(
        "4,220 crimes were recorded in Luton from October to December 2021. Luton's rate of all "
        "crime, 18.8 per 1,000 residents, is above that of Central Bedfordshire ("
    )
    assert report.summary().text.strip() == report.lead
    needs = "that needs the street files of Bedfordshire of October to December 2020."
    assert needs in report.one_page().text
    table = report.change_tables()
    assert needs in table.text
    assert "[x]" not in table.text
    assert "Ratio" not in table.text
    assert "Verdict" not in table.text
    assert table.records[TO_DO]["items"][0]["do"].startswith("Bring in the street files of Bed")
    assert report.changes[0].after is not None


def test_no_figures_at_all_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(StoreError, match="months run from 2021-03 to 2023-12"):
        _ = Assessment.open("luton", "2019").changes
    with pytest.raises(StoreError, match="holds no figures for this area"):
        _ = Assessment.open("reading", "2019").changes


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"area": "wycomb", "period": "2019"}, "did you mean wycombe"),
        ({"area": "wycombe", "period": "2017-13"}, "month 13"),
        ({"area": "wycombe", "period": "2019", "baseline": "2020"}, "does not end before"),
        ({"area": "luton", "period": "2023", "baseline": "12m-to-2023-06"}, "before it are '2022'"),
        ({"area": "luton", "period": "winter 2022"}, "write winter 2021/22 or"),
        ({"area": "wycombe", "period": "2019", "edition": "secret"}, "edition 'secret'"),
    ],
)
def test_wrong_words_are_refused(call: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Assessment.open(**call)  # type: ignore[arg-type]


def test_another_baseline_is_used_and_its_season_is_warned_of() -> None:
    report = Assessment.open("luton", "2023-10..2023-12", baseline="2023-07..2023-09")
    assert report.baseline == Period.parse("2023-Q3")
    caveats = [caveat.kind for caveat in report.changes[0].caveats]
    assert "season" in caveats


def test_the_cover_and_the_figures_are_recorded_for_machines(luton: Assessment) -> None:
    cover = luton.cover()._repr_mimebundle_()[COVER]
    assert cover["area"]["slug"] == "luton"  # type: ignore[index]
    assert cover["lead"] == luton.lead  # type: ignore[index]
    record = luton.headlines()._repr_mimebundle_()[FIGURES]
    ids = [figure["id"] for figure in record["figures"]]  # type: ignore[index]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "headline.all-crime"
    assert "change.robbery.percent_change" in ids
    assert {i["source"] for i in record["inputs"]} == {"police-uk"}  # type: ignore[index]
    json.dumps(record)


PLAN = """\
area: luton
name: Luton Community Safety Partnership
example: true
priorities:
  - key: theft
    title: Theft and burglary
    theme: crime-and-disorder
    owner: Head of community safety
    measures:
      - {measure: burglary, baseline: 2022, target: {change: -10}, by: 2024-12-31}
      - {measure: shoplifting, target: {change: -5}}
      - {measure: robbery, target: {at_most: 300}}
      - {measure: theft-from-the-person, baseline: FY2020, target: {change: -10}}
      - {measure: drug-offences}
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessment]:
    data = tmp_path_factory.mktemp("planned") / "data"
    for name in ("reference", "counts"):
        copytree(data_folder() / name, data / name)
    folder = data / "partnerships" / "luton"
    folder.mkdir(parents=True)
    (folder / "partnership.yml").write_text(PLAN, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSPANALYSIS_DATA", str(data))
        yield Assessment.open("luton", "2023")


def test_targets_of_luton_are_held_against_its_counts(planned: Assessment) -> None:
    counts = {c.measure.code: (c.before, c.after) for c in planned.changes}
    found = {f.measure.code: f for f in planned.target_findings}
    for code in ("burglary", "shoplifting", "robbery"):
        assert (found[code].before, found[code].after) == counts[code]
        assert found[code].assurance == "hit_or_miss"
    assert found["burglary"].value == pytest.approx(0.9 * counts["burglary"][0])
    assert [f.status for f in found.values()] == [
        "not yet due, within chance", "not met", "met", "cannot be said", "watched",
    ]  # fmt: skip
    assert "no figures for April 2020 to February 2021" in found["theft-from-the-person"].reason
    assert found["theft-from-the-person"].variation == "common"
    assert planned.targets().text.startswith(
        "One of three targets that are due is clearly met; one is not yet due"
    )


def test_targets_are_placeholders_and_figures_once(planned: Assessment) -> None:
    assert planned.values["target.theft.robbery.value"].text == "300"
    assert planned.values["change.theft.count"].text == "5,906"  # the composite
    ids = [f["id"] for f in planned.one_page().records[FIGURES]["figures"]]
    assert "target.theft.burglary.distance" in ids
    assert len(set(ids)) == len(ids)


def test_a_summary_on_one_page_stands_alone(planned: Assessment) -> None:
    text = planned.one_page().text
    assert "Not met: shoplifting.\nMet: robbery." in text
    assert "every measure with a firm range was within its usual range." in text
    assert text.count("measures may have moved; chance alone would give about") == 1
    wokingham = Assessment.open("wokingham", 2019)  # in this folder it has no file of its own
    published = wokingham.one_page().text
    assert "Possibly higher: all crime (6,858 to 7,504)" in published
    assert "No targets were supplied for Wokingham." in published
    (item,) = wokingham.targets().records[TO_DO]["items"]
    assert "cspanalysis new wokingham" in item["do"]


def test_page_one_says_how_the_area_compares_with_others(luton: Assessment) -> None:
    assert luton.standings["all-crime"].sentence in luton.one_page().text
    force = Assessment.open("bedfordshire-force", 2023).one_page().text
    assert "Rates of all crime differ among the partnerships of Bedfordshire." in force
    alone = Assessment.open("E01015695", 2023, edition="sensitive")
    assert "Against others" not in alone.one_page().text


def test_page_one_says_where_as_far_as_the_report_tells_of_places(
    luton: Assessment, wokingham: Assessment
) -> None:
    said = luton.one_page().text
    assert "Where\nHalf of all crime was recorded in 26 of 125 small areas" in said
    assert "Half of public order offences was recorded in" in said  # its one piece of news
    assert "wards with the most" not in said  # that would ask for what the family keeps back
    named = Assessment.open("luton", 2023, edition="sensitive").one_page()
    assert "The wards with the most were Central (3,058)" in named.text
    told = {figure["text"] for figure in named.records[FIGURES]["figures"]}
    assert "3,058" in told  # what is said of places is recorded, so that runs can vet it
    assert "3,058" not in {f["text"] for f in luton.one_page().records[FIGURES]["figures"]}
    assert "Where\n" not in wokingham.one_page().text


def test_every_part_of_a_report_shows_something(luton: Assessment, wokingham: Assessment) -> None:
    for report in (luton, wokingham):
        parts = [
            report.summary(),
            report.change_tables(),
            report.composites(),
            report.control_charts(),
            report.comparisons(),
            report.caveats(),
            report.sources(),
        ]
        assert all(part.text and part.html for part in parts)


def test_eighteen_months_are_held_against_the_eighteen_before() -> None:
    report = Assessment.open("bedford", "18m-to-2023-12")
    assert str(report.baseline) == "18m-to-2021-12"
    assert "a year earlier" not in report.one_page().text


def test_a_small_area_is_not_said_to_be_unusual_for_having_none() -> None:
    report = Assessment.open("E01015695", "2023", edition="sensitive")
    assert all(trend.chart["value"].mean() > 0.9 for trend in report.trends)
    assert "usual range in December" not in report.lead
    assert "Not charted" in report.control_charts().text
    assert "every measure with a firm range was within" in report.one_page().text
    assert "they are set for whole partnerships" in report.targets().text
    assert "this area is neither" in report.comparisons().text
    assert report.harm is not None
    assert report.harm.change is None


def test_months_without_a_baseline_say_what_is_held() -> None:
    report = Assessment.open("bedford", "2021")
    assert "There are figures for 10 months" in report.control_charts().text
    assert report.comparisons().text.strip() == (
        "No figures of Bedford itself are held for all of this period to set beside others."
    )
    assert "No measure can be compared" in report.why().text


def test_periods_of_other_length_are_set_side_by_side_by_the_day() -> None:
    report = Assessment.open("bedford", "2023", baseline="2022-Q4")
    assert report.lead.startswith(
        "All crime shows no clear change day for day on October to December 2022 (13,599"
    )


def test_an_area_known_from_tables_alone_names_their_periods() -> None:
    said = "tables hold figures for 2016-04..2016-06 and 2017-04..2017-06"
    with pytest.raises(StoreError, match=said):
        _ = Assessment.open("wycombe", "2017").lead


def test_a_table_without_its_baseline_gives_levels() -> None:
    report = Assessment.open("wycombe", "2016-04..2016-06")
    crime = report.changes[0]
    assert (crime.before, crime.after) == (None, 2330)
    assert crime.refused == "There are no figures for April to June 2015."


def test_what_is_explored_says_what_it_is(luton: Assessment) -> None:
    assert repr(luton) == "<Assessment: Luton, 2023 against 2022, public edition>"
    robbery = next(c for c in luton.changes if c.measure.code == "robbery")
    assert repr(robbery) == "<Change: Robbery, Luton, 2022 to 2023: 257 to 241, can't tell>"
    assert repr(robbery.measure) == "Measure.named('robbery')"
    assert repr(luton.trends[0]) == "<Trend: All crime, Luton, 2021-03 to 2023-12: none>"
    assert repr(luton.levels[0]) == "<Level: All crime, Luton, 2023: 77.6 per 1,000 residents>"
    assert "police-uk (bedfordshire)" in repr(luton.store)
