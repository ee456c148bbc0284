"""Where: worked by hand on a few places, and on the counts that the project ships."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.disclosure.family import nests
from cspanalysis.disclosure.rules import THRESHOLD, Rules
from cspanalysis.display.place_table import busiest_table, ward_table
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.wards import busiest_tenth, by_rate_sentence, ward_counts
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.places.where_words import in_short
from cspanalysis.methods import audit
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

YEAR = Period.parse("2023")


def made(
    after: list[int],
    *,
    before: list[int] | None = None,
    wards: str = "",
    edition: str = "public",
    code: str = "burglary",
) -> Where:
    """Places a, b, c ... in wards named by one letter each."""
    ward = list(wards or "X" * len(after))
    frame = pd.DataFrame(
        {
            "name": [f"Luton 00{i}" for i in range(len(after))],
            "ward": ward,
            "ward_name": [f"{w} ward" for w in ward],
            "denominator": pd.Series([1000] * len(after), dtype="Int64"),
            "before": pd.Series(before or [pd.NA] * len(after), dtype="Int64"),
            "after": pd.Series(after, dtype="Int64"),
        }
    )
    frame.index = pd.Index([chr(97 + i) for i in range(len(after))], name="lsoa")
    return Where(
        measure=Measure.named(code),
        area=Area.named("luton"),
        period=YEAR,
        baseline=YEAR.baseline(),
        edition=edition,
        places=frame,
        per="residents, mid-2020",
    )


def test_wards_by_hand() -> None:
    where = made([30, 10, 12, 2], before=[20, 10, 12, 8], wards="AABB", edition="sensitive")
    assert where.wards["name"].tolist() == ["A ward", "B ward"]
    assert where.wards["before"].tolist() == [30, 20]
    assert where.wards["after"].tolist() == [40, 14]
    assert where.wards["rate"].tolist() == [20.0, 7.0]
    assert (
        where.sentences[1]
        == "The wards with the most were A ward (40) and B ward (14), of 54 in all."
    )
    assert where.sentences[2] == "No ward shows a clear change on 2022."


def test_beside_a_map_it_says_less() -> None:
    quiet = made([90, 40], before=[90, 40], wards="AB")
    moved = made([90, 40], before=[30, 40], wards="AB")
    assert in_short(quiet) == " ".join(s for s in in_short_of(quiet) if "clear change" not in s)
    assert "counts were clearly higher in A ward." in in_short(moved)
    assert "By rate" not in in_short(moved)


def in_short_of(where: Where) -> list[str]:
    """Give its sentences but for rates, up to where chance comes in."""
    told = [s.split("; chance alone")[0].rstrip(".") + "." for s in where.sentences]
    return [s for s in told if not s.startswith("By rate")]


def test_records_of_divided_small_areas_are_told_beside_the_total() -> None:
    where = made([30, 10, 12, 20], wards="AABB")
    assert not any("divided" in sentence for sentence in where.sentences)
    (said,) = (s for s in replace(where, divided=376).sentences if "divided" in s)
    assert said == (
        "376 more lie in wards that hold a part of a small area divided in 2021: what was recorded "
        "before in both parts together can't be shared out, so those are not available."
    )


def divided(edition: str) -> Where:
    """B and C hold a part each of what was c; what was e became two places of D."""
    counts = [30, 12, None, None, None, None, 20]
    where = made([0] * 7, before=[25, 10, 9, 8, 7, 5, 21], wards="ABBCDDD", edition=edition)
    where.places["after"] = pd.array(counts, "Int64")
    by_ward = pd.DataFrame(
        {"before": [25, 19, 8, 33], "after": pd.array([30, None, None, 41], "Int64")},
        index=list("ABCD"),
    )
    return replace(where, by_ward=by_ward, divided=23)


@pytest.mark.parametrize("edition", ["public", "sensitive"])
def test_places_divided_since_are_missing_and_not_nought(edition: str) -> None:
    where = divided(edition)
    assert where.wards["after"].dropna().to_dict() == {"A": 30, "D": 41}
    assert set(where.wards.index) == set("ABCD")
    assert where.total == 71
    assert not where.suppressed
    assert where.classes.isna().tolist() == [False, False, True, True, True, True, False]
    assert where.concentration is not None
    assert (where.concentration.places, where.concentration.holding_half) == (3, 2)  # 31 of 62
    text = ward_table(where).text
    assert text.count("[x]") == 2 * 5 + 1  # count, rate, place, chance, change; and what it means
    assert "[c]" not in text
    said = " ".join(where.sentences)
    assert "D ward (41) and A ward (30), of 71 that can be placed" in said
    assert "23 more lie in wards that hold a part of a small area divided in 2021" in said


def test_a_small_ward_is_kept_back_though_another_is_missing() -> None:
    where = replace(divided("public"), by_ward=None)
    where.places["after"] = pd.array([30, 12, None, None, 2, 0, 1], "Int64")
    assert where.sums["after"].isna().to_dict() == {"A": False, "B": True, "C": True, "D": False}
    assert where.wards["after"].isna().all()  # A alone would tell D, which has three
    assert where.suppressed


def test_a_clear_change_of_a_ward_is_named() -> None:
    where = made([90, 40], before=[30, 40], wards="AB")
    assert where.wards["verdict"].to_dict() == {"A": "higher", "B": "can't tell"}
    assert "Against 2022, counts were clearly higher in A ward." in where.sentences


def test_a_change_must_be_clear_allowing_for_locations_as_well() -> None:
    places = made([140], before=[100]).places
    plain = {"baseline": YEAR.baseline(), "period": YEAR, "public": True}
    assert ward_counts(places, **plain)["verdict"].tolist() == ["higher"]  # type: ignore[arg-type]
    allowed = ward_counts(places, **plain, located=(0.7, 0.98))  # type: ignore[arg-type]
    assert allowed["verdict"].tolist() == ["can't tell"]


def test_a_public_edition_keeps_small_wards_back_and_does_not_test_them() -> None:
    where = made([30, 3, 6], before=[20, 9, 9], wards="ABC")
    assert where.wards["after"].isna().to_dict() == {"A": False, "B": True, "C": True}
    assert where.wards["verdict"].to_dict() == {"A": "can't tell", "B": "", "C": ""}
    assert where.suppressed
    shown = {value.key for value in where.values()}
    assert "where.burglary.a.count" in shown
    assert "where.burglary.b.count" not in shown
    assert not made([30, 3, 6], wards="ABC", edition="sensitive").suppressed


def test_counts_are_rounded_where_the_partnership_agreed_to_it() -> None:
    rules = Rules(rounding=5)
    where = replace(made([32, 3, 16, 12], before=[20, 9, 9, 13], wards="ABCD"), rules=rules)
    # B is small, and D goes with it as the smallest that can hide it
    assert where.wards["after"].dropna().to_dict() == {"A": 30, "C": 15}
    assert where.wards["before"].to_dict() == {"A": 20, "B": 10, "C": 10, "D": 15}
    assert where.wards["rate"]["A"] == where.wards["after"]["A"]
    assert "rounded to the nearest 5" in ward_table(where).html
    assert where.busiest["after"].tolist() == [30]
    open_to_all = replace(where, edition="sensitive")
    assert open_to_all.wards["after"].to_dict() == {"A": 32, "B": 3, "C": 16, "D": 12}
    assert "rounded" not in ward_table(open_to_all).html


def test_the_same_places_by_hand() -> None:
    after = [50, 20, *[1] * 18]
    where = made(after, before=[40, 1, 30, *[1] * 17], edition="sensitive")
    assert where.busiest["stays"].tolist() == [True, False]
    assert where.sentences[-1] == (
        "Of the two busiest small areas in 2023, one was among the busiest in 2022 as well; chance "
        "alone would give about one. Many places change from year to year."
    )


def test_without_a_baseline_nothing_is_said_of_it() -> None:
    where = made([9, 8, 7, 6, 5], wards="ABCDE")
    assert where.busiest["stays"].isna().all()
    assert (where.wards["verdict"] == "").all()
    assert len(where.sentences) == 3
    assert not any("2022" in said for said in where.sentences)
    assert where.sentences[2].startswith("By rate, per 1,000, the highest are ")


def test_nothing_recorded_is_said() -> None:
    where = made([0, 0, 0], wards="ABC", code="drug-offences")
    assert where.sentences == ("No drug offences were recorded in Luton.",)
    assert where.busiest.empty
    assert where.breaks == ()


def test_a_class_that_gives_a_small_count_away_is_widened() -> None:
    # ward A holds 8: with "5 or more" shown, the other place would be known to hold 0 to 3
    counts = [5, 3, 40, 30, 20, 12, 9, 8]
    wards = "AABBBBBB"
    assert made(counts, wards=wards, edition="sensitive").breaks[0] > THRESHOLD
    sparse = [5, 3, *[0, 1] * 10, 9, 7]
    assert made(sparse, wards=f"AA{'B' * 22}", edition="sensitive").breaks[0] == 5
    assert made(sparse, wards=f"AA{'B' * 22}").breaks[0] > 5


def test_counts_of_the_busiest_are_kept_back_where_they_tell_of_another() -> None:
    counts = [30, 2, *[6] * 18]
    assert not made(counts, wards=f"AA{'B' * 18}").busiest_counts_shown
    assert made(counts, wards=f"AA{'B' * 18}", edition="sensitive").busiest_counts_shown


def test_the_busiest_tenth_leaves_out_those_that_tie_at_its_end() -> None:
    assert busiest_tenth(pd.Series([5] * 10)).sum() == 0
    assert busiest_tenth(pd.Series([5, *[1] * 19])).sum() == 1
    assert busiest_tenth(pd.Series([0] * 10)).sum() == 0


# the counts that the project ships


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


def change_of(report: Assessment, code: str) -> Change:
    return next(c for c in report.changes if c.measure.code == code)


def test_burglary_in_luton(luton: Assessment) -> None:
    change = change_of(luton, "burglary")
    where = where_of(luton.store, change=change)
    assert where is not None
    assert where.total == change.after == where.wards["after"].sum()
    assert where.places["before"].sum() == change.before
    assert [name for name, _ in where.named.values()] == ["Central", "South", "High Town"]
    assert where.wards.loc["E05014739", "after"] == 129


@pytest.mark.parametrize("area", ["luton", "central-bedfordshire"])
def test_no_small_count_can_be_worked_out_of_what_a_public_edition_shows(area: str) -> None:
    report = Assessment.open(area, "2023-10..2023-12")
    for code in ("burglary", "robbery", "bicycle-theft"):
        change = change_of(report, code)
        where = where_of(report.store, change=change)
        assert where is not None
        sums = where.places.groupby("ward")[["before", "after"]].sum()
        small = (sums > 0) & (sums < THRESHOLD)
        for column in ("before", "after"):
            shown = where.wards[column]
            assert shown[small.index[small[column]]].isna().all()
            if shown.notna().any():
                table = pd.DataFrame({"n": shown, "Total": shown})
                table.loc["Total"] = int(where.places[column].sum())
                audit(table, threshold=THRESHOLD)


def test_small_areas_and_forces_without_files_have_no_places(luton: Assessment) -> None:
    change = change_of(luton, "burglary")
    lsoa = replace(change, area=Area.named("e01015693"))
    assert where_of(luton.store, change=lsoa) is None
    assert where_of(luton.store, change=replace(change, area=Area.named("wycombe"))) is None


def test_small_areas_that_span_several_wards_are_not_named_as_one_ward() -> None:
    """City of London: 6 small areas for 25 wards, of which its best fit names 5."""
    frame = made([1213, 100, 60, 20, 30, 40]).places
    names = [f"City of London 00{i} around {w}" for i, w in enumerate("ABBCDE")]
    where = replace(
        made([1213, 100, 60, 20, 30, 40]),
        places=frame.assign(ward=frame.index, ward_name=names),
        nested=False,
    )
    assert where.sentences[1].startswith(
        "The small areas with the most were City of London 000 around A (1,213),"
    )
    assert not any("ward" in value.key for value in where.values())
    shown = ward_table(where)
    assert "Small area" in shown.html
    assert "The busiest of 6 small areas holds" in busiest_table(where).text
    assert "span several wards" in shown.text


@pytest.mark.parametrize(("name", "nested"), [("city-of-london", False), ("luton", True)])
def test_whether_small_areas_nest_is_told_by_their_number(name: str, nested: bool) -> None:
    assert nests(Store.open().people.small_areas(Area.named(name))["ward"]) is nested


def test_the_one_busiest_place_is_told_as_one() -> None:
    where = made([9, 8, 7, 6, 5], before=[9, 8, 7, 6, 5], edition="sensitive")
    assert where.sentences[-1] == "The busiest small area in 2023 was among the busiest in 2022."
    where = made([9, 8, 7, 6, 5], before=[5, 9, 8, 7, 6], edition="sensitive")
    assert where.sentences[-1].endswith("2023 was not among the busiest in 2022.")


def test_wards_that_had_nothing_are_not_called_the_highest_beside_hidden_ones() -> None:
    names = ["a", "b", "c", "d", "e"]
    wards = pd.DataFrame({"name": names, "rate": [9.0, 3.0, 2.0, 1.0, 0.0], "rank": range(1, 6)})
    wards["exceeds"] = 0.5
    assert "the highest are a (9.0), b (3.0) and c (2.0)" in by_rate_sentence(wards, part="ward")
    wards["rate"] = 0.0
    assert by_rate_sentence(wards, part="ward") == ""
