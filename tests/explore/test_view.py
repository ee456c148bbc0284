"""What `report.explore` shows for what is chosen."""

from __future__ import annotations

import json

import pytest

from cspanalysis import Assessment
from cspanalysis.explore.view import chosen_first, fixed_of, line_of, view_of


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def sensitive(luton: Assessment) -> Assessment:
    return Assessment.open("luton", "2023", edition="sensitive", store=luton.store)


def test_the_first_view_is_the_report_s_own_finding(luton: Assessment) -> None:
    chosen = chosen_first(luton, "burglaries")
    view = view_of(luton, chosen)
    change = luton["burglary"]
    assert f"{change.before:,} in 2022, {change.after:,} in 2023" in view["sentence"]
    assert {caveat.text for caveat in change.caveats} <= set(view["caveats"])
    assert sum(row["after"] for row in view["rows"] if row["after"]) <= change.after
    assert view["line"] == 'report.look("burglary")'
    assert view["months"][0]["chosen"][0] == "2023-01"
    json.dumps([view, fixed_of(luton), chosen])


def test_no_value_tells_a_count_that_is_kept_back(luton: Assessment, sensitive: Assessment) -> None:
    chosen = chosen_first(luton, "robbery")
    wards = luton.where_of("robbery").wards
    hidden = {str(code) for code in wards.index[wards["after"].isna()]}
    assert hidden
    view = view_of(luton, {**chosen, "show": "rate", "places": sorted(hidden)[:1]})
    for row in view["rows"]:
        if row["code"] in hidden:
            assert (row["after"], row["rate"], row["verdict"]) == (None, None, "")
    kept = next(one for one in view["classes"] if one["hatched"])
    assert set(kept["places"]) == hidden
    assert "kept back in 2023" in view["sentence"]
    assert [panel["name"] for panel in view["months"]] == ["Luton"]
    open_view = view_of(sensitive, {**chosen, "places": sorted(hidden)[:1]})
    assert all(row["after"] is not None for row in open_view["rows"])


def test_one_ward_has_the_verdict_of_its_family_and_several_have_none(luton: Assessment) -> None:
    chosen = chosen_first(luton, "shoplifting")
    wards = luton.where_of("shoplifting").wards
    south = str(wards.index[wards["name"] == "South"][0])
    central = str(wards.index[wards["name"] == "Central"][0])
    one = view_of(luton, {**chosen, "places": [south]})
    assert one["sentence"].endswith("The verdict, all wards tested together: clearly higher.")
    assert one["line"] == f'report.look("shoplifting", at="{south}")'
    both = view_of(luton, {**chosen, "places": [south, central]})
    total = int(wards["after"][[south, central]].sum())
    assert f"{total} in 2023" in both["sentence"]
    assert "Picked after looking, so no test is made" in both["sentence"]
    assert both["line"].startswith('report.look("shoplifting")  # the whole area: name the places')


def test_period_comparison_and_comparator_are_followed(luton: Assessment) -> None:
    chosen = chosen_first(luton, "burglary")
    asked = {**chosen, "period": "2023-05", "comparison": "the period before"}
    view = view_of(luton, {**asked, "comparator": "bedfordshire-force"})
    counts = luton.monthly["burglary"]
    before, after = counts["2023-04-01"], counts["2023-05-01"]
    assert f"{before} in April 2023, {after} in May 2023" in view["sentence"]
    assert [panel["name"] for panel in view["months"]] == [
        "Luton",
        "Bedfordshire (police force area)",
    ]
    # a plan of what is hidden in May would take minutes, and tell what the others keep back
    assert view["rows"] == view["classes"] == view["custom"] == []
    assert view["without"].startswith(
        "Places inside are told here for 2022, October to December 2022, 2023 and October to "
        "December 2023, which one plan protects together. For May 2023 ask "
        'report.by_ward("burglary", period="2023-05", comparison="2023-04'
    )
    planned = view_of(luton, {**chosen, "period": "2023-10..2023-12"})
    assert len(planned["rows"]) == len(luton.store.people.small_areas(luton.area)["ward"].unique())
    line = 'report.look("burglary", period="2023-05", comparison="the period before")'
    assert line_of(luton, asked) == line


def test_what_can_t_be_answered_is_said(luton: Assessment) -> None:
    view = view_of(luton, {**chosen_first(luton), "period": "1999"})
    assert "no figures for Luton in 1999" in view["error"]
    wycombe = Assessment.open("wycombe", "2017-04..2017-06")
    view = view_of(wycombe, chosen_first(wycombe))
    assert view["rows"] == view["months"] == []
    assert "don't tell where" in view["without"]
