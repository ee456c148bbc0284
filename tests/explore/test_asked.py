"""A report that one can ask, on the data that the project ships."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.blocks.block import FIGURES
from cspanalysis.errors import UsageError
from cspanalysis.store import Store, ingest


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def sensitive(luton: Assessment) -> Assessment:
    return Assessment.open("luton", "2023", edition="sensitive", store=luton.store)


def test_a_change_is_that_of_the_report_s_table(luton: Assessment) -> None:
    change = luton["burglaries"]
    assert change in luton.changes
    shown = luton.change("burglary")
    assert f"{change.before:,} in 2022, {change.after:,} in 2023" in shown.text
    assert change.verdict in shown.text
    for caveat in change.caveats:
        assert caveat.text in shown.text


def test_another_period_and_comparison_are_tested_anew(luton: Assessment) -> None:
    shown = luton.change("burglary", period="2023-Q4", comparison="the period before").text
    counts = luton.monthly["burglary"]
    before, after = counts["2023-07":"2023-09"].sum(), counts["2023-10":"2023-12"].sum()
    assert f"{before} from July to September 2023, {after} from October to December" in shown


def test_a_trend_stands_beside_that_of_another_area(luton: Assessment) -> None:
    shown = luton.trend("robbery", with_="bedfordshire-force")
    assert shown.text.startswith("Luton: Robbery was within the usual range in December 2023.")
    assert shown.html.count("<figure") == 2
    trend = next(t for t in luton.trends if t.measure.code == "robbery")
    assert f"Average {trend.chart['mean'].iloc[-1]:.1f}" in shown.text


def test_a_rate_is_compared_with_those_named_or_with_the_force_s(luton: Assessment) -> None:
    named = luton.compare("all crime", with_=["bedford"]).text
    assert "is much the same as in the other area" in named
    assert "Central Bedfordshire" not in named
    assert "Central Bedfordshire" in luton.compare("all crime").text


def test_similar_areas_are_compared_with_where_enough_are_held(luton: Assessment) -> None:
    with pytest.raises(UsageError, match="too few similar areas") as told:
        luton.compare("all crime", with_="similar areas")
    assert "those most like Luton are" in str(told.value)
    assert "Leicester, Wolverhampton" in str(told.value)


@pytest.mark.shared_data
def test_similar_areas_of_a_table_are_those_of_the_report(shared: Path, tmp_path: Path) -> None:
    table = shared / "data/home_office/ons_table_c2_csp_year_ending_june_2025.csv"
    ingest([table], into=tmp_path / "store")
    leeds = Assessment.open("leeds", "12m-to-2025-06", store=Store.open(tmp_path / "store"))
    asked = leeds.compare("burglary", with_="similar areas").text
    assert asked == leeds.compare("burglary").text
    assert "Leeds's rate of burglary, 7.9 per 1,000 residents, is the highest of 18" in asked


def test_the_map_of_rates_tells_no_rate_of_a_ward_whose_count_is_kept_back(
    luton: Assessment, sensitive: Assessment
) -> None:
    kept = luton.where_of("robbery").wards["after"].isna().sum()
    assert kept > 0
    assert "kept back" in luton.map("robbery", show="rate").text
    assert "kept back" in luton.map("robbery", show="change").text
    assert "kept back" not in sensitive.map("robbery", show="rate").text
    assert luton.by_ward("robbery").text.count("[c]") >= kept


def test_a_ward_is_told_as_it_stands_among_all_wards(luton: Assessment) -> None:
    wards = luton.where_of("burglary").wards
    dallow = wards[wards["name"] == "Dallow"].iloc[0]
    said = luton.look("burglary", at="Dallow").text
    assert f"{dallow['before']} in 2022, {dallow['after']} in 2023: can't tell" in said
    assert "kept back month by month in a public edition" in said


def test_small_counts_of_places_are_kept_back_in_public_alone(
    luton: Assessment, sensitive: Assessment
) -> None:
    wards = luton.where_of("robbery").wards
    name = wards["name"][wards["after"].isna()].iloc[0]
    assert "[c] in 2023" in luton.change("robbery", at=name).text
    assert "[c]" not in sensitive.change("robbery", at=name).text
    small = luton.change("burglary", at="Luton 010A").text
    assert re.search(r"\d+ to \d+ in 2023; exact counts of small areas are kept back", small)
    assert sensitive.trend("burglary", at="Dallow").html.count("<figure") == 1
    for ask in (luton.trend, luton.compare):
        with pytest.raises(UsageError, match="kept back in a public edition"):
            ask("burglary", with_="Dallow")


def test_what_is_not_known_is_told_with_the_nearest_name(luton: Assessment) -> None:
    with pytest.raises(UsageError, match="did you mean burglary"):
        luton.change("burglry")
    with pytest.raises(UsageError, match="there is no figure of arson for Luton, 2023; there are"):
        luton.change("arson")
    with pytest.raises(UsageError, match="does not lie in Luton"):
        luton.change("burglary", at="E05014908")
    with pytest.raises(UsageError, match="show 'rates' is not known; write rate, count or change"):
        luton.map("burglary", show="rates")  # type: ignore[arg-type]


def test_of_a_sum_of_measures_the_change_is_told_and_for_the_rest_its_parts_named(
    luton: Assessment,
) -> None:
    looked = luton.look("acquisitive crime").text
    assert "Acquisitive crime is a sum" in looked
    assert luton.change("acquisitive crime").text in looked
    for ask in (luton.trend, luton.compare, luton.map, luton.by_ward):
        with pytest.raises(UsageError, match=r"is a sum: .* ask for one of burglary, robbery"):
            ask("acquisitive crime")


def test_how_a_measure_gathers_is_told_then_and_before(luton: Assessment) -> None:
    pytest.importorskip("esda")
    where = luton.where_of("burglary")
    counts = where.places["before"].astype(int).sort_values(ascending=False)
    half = 1 + int((counts.cumsum() < counts.sum() / 2).sum())
    said = luton.places("burglaries").text
    assert f"{where.concentration.sentence} In 2022 it was {half} of 125." in said
    assert "11 small areas lie in clusters" in said
    assert "slope index of inequality" in said
    assert luton.places("burglary", at="Dallow").text == luton.by_ward("burglary", at="Dallow").text


def test_a_measure_without_figures_is_told_with_those_that_share_a_word(
    luton: Assessment,
) -> None:
    with pytest.raises(UsageError, match="for Luton, 2023; there are: Violence and sexual "):
        luton.trend("violence")


def test_months_that_are_asked_for_in_words_are_those_of_the_period(luton: Assessment) -> None:
    said = luton.change("burglary", period="October to December 2023")
    assert said.text == luton.change("burglary", period="2023-Q4").text


def test_one_line_alone_has_a_note_of_its_own_on_chance(luton: Assessment) -> None:
    possible = next(change for change in luton.changes if change.possible)
    assert "once in 20 lines" in luton.change(possible.measure).text


def test_what_a_report_holds_shows_itself_in_a_line_and_tells_no_count(luton: Assessment) -> None:
    held = (luton.evidence, luton.plan, luton.harm, luton.values, luton.standings)
    where = luton.where_of("robbery")
    assert repr(where) == "<Where: Robbery, Luton, 2022 to 2023, 20 wards, public edition>"
    for one in (*held, luton.further, where):
        assert len(repr(one)) < 200


def test_a_report_shows_itself_and_records_nothing(luton: Assessment) -> None:
    shown = luton._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert shown["text/plain"] == repr(luton)
    for part in (luton.cover().html, luton.change_tables().html, "report.explore()"):
        assert str(part) in shown["text/html"]


def test_completion_offers_measures_and_no_names_of_layout(luton: Assessment) -> None:
    assert "burglary" in luton._ipython_key_completions_()
    names = set(dir(luton))
    assert {"change", "trend", "compare", "map", "by_ward", "look", "changes"} <= names
    assert not names & {"kicker", "kind", "recorded_gaps", "slots"}


def test_a_figure_that_was_published_for_the_whole_alone_has_no_places() -> None:
    report = Assessment.open("wycombe", "2017-04..2017-06")
    with pytest.raises(UsageError, match="no places are known of burglary"):
        report.map("burglary")


def test_an_answer_records_what_it_tells_of_places_in_any_period(
    luton: Assessment, sensitive: Assessment
) -> None:
    wards = luton.where_of("robbery").wards
    told = luton.by_ward("robbery").records[FIGURES]["told"]
    counts = {(one["place"], one["months"]): one["count"] for one in told}
    assert counts == {
        (ward, f"{year}-01..{year}-12"): count
        for year, column in (("2022", "before"), ("2023", "after"))
        for ward, count in wards[column].dropna().items()
    }
    assert luton.map("robbery").records[FIGURES]["told"] == told
    shown = luton.change("burglary", at="Dallow", period="2023-Q4").records[FIGURES]["told"]
    assert [(one["place"], one["months"]) for one in shown] == [
        ("E05014741", "2022-10..2022-12"),
        ("E05014741", "2023-10..2023-12"),
    ]
    assert FIGURES not in sensitive.by_ward("robbery").records
