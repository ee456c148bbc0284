"""Searches that bear on a measure: by hand, and of the files that the project ships."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.findings.changes.searches import BEARS_ON, Searches, searches_of
from cspanalysis.findings.finding import Change
from cspanalysis.methods import wilson_interval
from cspanalysis.vocabulary import Area, Measure, Period


def made(rows: dict[str, tuple[int, int, int]], *, edition: str = "public") -> Searches:
    """Searches by object: before, after, with action."""
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after", "action"])
    return Searches(
        measure=Measure.named("burglary"),
        area=Area.named("luton"),
        period=Period.parse("2023"),
        baseline=Period.parse("2022"),
        edition=edition,
        objects=frame,
        unplaced=(1000, 60),
    )


def test_sentences_and_shares_by_hand() -> None:
    found = made({"Stolen goods": (40, 60, 15), "Article for use in theft": (60, 140, 35)})
    assert found.frame.index.tolist() == ["Article for use in theft", "Stolen goods"]
    assert found.frame["share"].tolist() == [25, 25]
    lower, upper = wilson_interval(50, 200)
    assert found._share == pytest.approx((25, 100 * lower, 100 * upper))
    assert found.sentences[0] == (
        "In Luton police searched 200 times for what bears on burglary in 2023, against 100 in "
        "2022. That is what police did, not how much crime there was."
    )
    assert found.sentences[1].startswith("Action, such as an arrest")
    assert (
        "Of the force's 1,000 searches of every kind, 60 could not be placed" in found.sentences[2]
    )
    keys = {v.key: v.value for v in found.values()}
    assert keys["searches.burglary.count"] == 200
    assert keys["searches.burglary.action_share"] == 25


def test_rare_objects_share_a_row_in_a_public_edition() -> None:
    rows = {"Controlled drugs": (668, 860, 221), "Psychoactive substances": (12, 2, 2)}
    found = made(rows)
    assert found.frame.index.tolist() == ["Controlled drugs and psychoactive substances"]
    assert found.frame.iloc[0, :3].tolist() == [680, 862, 223]
    assert len(made(rows, edition="sensitive").frame) == 2


def test_as_few_rows_as_need_be_are_pooled() -> None:
    rows = {"a": (50, 60, 20), "b": (9, 8, 7), "c": (6, 2, 1)}
    assert made(rows).frame.index.tolist() == ["a", "b and c"]


def test_what_is_small_even_together_is_kept_back() -> None:
    found = made({"a": (9, 2, 1), "b": (8, 1, 0)})
    assert found.frame[["after", "action"]].isna().to_numpy().all()
    assert found._share is None
    assert found.title == "Searches for what bears on burglary"


def test_no_search_is_said() -> None:
    found = made({"a": (9, 0, 0)})
    assert found.sentences == (
        "No search for what bears on burglary is recorded in Luton in 2023.",
    )


@pytest.fixture(scope="module")
def bedford() -> Assessment:
    return Assessment.open("bedford", "2023")


def change_of(report: Assessment, code: str) -> Change:
    return next(c for c in report.changes if c.measure.code == code)


def test_searches_for_drugs_in_bedford(bedford: Assessment) -> None:
    found = searches_of(bedford.store, change=change_of(bedford, "drug-offences"))
    assert found is not None
    assert found.area == Area.named("bedford")
    assert found.objects.loc["Controlled drugs", "after"] == 860
    assert found.objects.loc["Controlled drugs", "before"] == 668
    assert found.missing == ""


def test_a_measure_that_nothing_bears_on_has_none(bedford: Assessment) -> None:
    assert searches_of(bedford.store, change=change_of(bedford, "anti-social-behaviour")) is None


def test_months_without_files_are_told() -> None:
    report = Assessment.open("luton", "2021-04..2021-06")
    found = searches_of(report.store, change=change_of(report, "drug-offences"))
    assert found is not None
    assert found.missing == "April 2021"
    assert "against" not in found.sentences[0]
    assert found.sentences[-1] == (
        "There are no files of searches for April to June 2020 or April 2021."
    )


def test_searches_of_months_that_are_not_all_held_stand_beside_no_others(
    bedford: Assessment,
) -> None:
    found = searches_of(bedford.store, change=change_of(bedford, "drug-offences"))
    assert found is not None
    assert ", against " in found.sentences[0]
    short = replace(found, missing="May 2023 and June 2023")
    assert ", against " not in short.sentences[0]
    assert "in those months of 2023 that are held" in short.sentences[0]
    assert "searches.drug-offences.baseline_count" not in {v.key for v in short.values()}
    assert "There are no files of searches for May 2023 and June 2023." in short.sentences


def test_where_searches_cant_be_placed_the_force_is_looked_at(bedford: Assessment) -> None:
    change = change_of(bedford, "drug-offences")
    ward = replace(change, area=Area("E05014739", "Central", "ward", "E23000026"))
    found = searches_of(bedford.store, change=ward)
    assert found is not None
    assert found.area.slug == "bedfordshire-force"


def test_every_object_is_one_that_files_hold(bedford: Assessment) -> None:
    held = set(
        bedford.store.activity.searches(Area.named("bedfordshire-force"), bedford.period)["object"]
    )
    known = {name for names in BEARS_ON.values() for name in names}
    assert {"Controlled drugs", "Offensive weapons", "Stolen goods"} <= held & known
