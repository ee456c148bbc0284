"""Who is affected, as far as places tell; hot spots; partners' figures; the focus of a profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import UsageError
from cspanalysis.evidence.comparability import Comparison
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.indicators import given_changes, indicators_of
from cspanalysis.findings.places.affected import Affected, affected, to_ask_for
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.spots import HotSpots, hot_spots_of, no_spots, stayed_sentence
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.priorities.focus import focus_of
from cspanalysis.partnership.partnership import Partnership
from cspanalysis.sources.indicators import COLUMNS
from cspanalysis.store import Store
from cspanalysis.store.ingest import ingest
from cspanalysis.vocabulary import Area, Measure, Period


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def burglary(luton: Assessment) -> Where:
    change = next(c for c in luton.changes if c.measure.code == "burglary")
    found = where_of(luton.store, change=change)
    assert found is not None
    return found


def test_the_most_deprived_places_by_hand(luton: Assessment, burglary: Where) -> None:
    found = affected(luton.store, burglary)
    assert found is not None
    index = luton.store.people.deprivation(burglary.area)
    people, _ = luton.store.people.residents_of_small_areas(burglary.area, period=burglary.period)
    deprived = index.index[index["decile"] <= 2]
    there, living = burglary.places["after"][deprived].sum(), people[deprived].sum()
    assert found.recorded == pytest.approx(100 * there / 806)
    assert found.living == pytest.approx(100 * living / people.sum())
    odds = (there / living) / ((806 - there) / (people.sum() - living))
    assert found.ratio == pytest.approx(odds)
    assert "This tells of places, not of their victims." in found.sentence


def test_a_lower_rate_there_is_not_told_as_a_higher_one() -> None:
    made = Affected(
        measure=Measure.named("drug-offences"),
        area_name="Luton",
        period=Period.parse("2023"),
        recorded=10,
        living=20,
        ratio=0.44,
    )
    assert made.sentence.startswith("10\xa0% of drug offences were recorded in small areas")
    assert "times the rate" not in made.sentence


def test_few_records_and_areas_without_deprived_places_say_nothing(
    luton: Assessment, burglary: Where
) -> None:
    few = burglary.places.assign(after=0)
    few.iloc[0, few.columns.get_loc("after")] = 49
    assert affected(luton.store, replace(burglary, places=few)) is None


def test_what_to_ask_for_fits_the_measure() -> None:
    assert "Whether homes or businesses were entered" in to_ask_for(Measure.named("burglary"))[0]
    assert to_ask_for(Measure.named("burglary-dwelling"))[0].startswith("Whether homes")
    assert len(to_ask_for(Measure.named("other-crime"))) == 2


def test_the_centre_of_luton_is_a_hot_spot(burglary: Where) -> None:
    found = hot_spots_of(burglary)
    assert found is not None
    assert {"Central", "South", "High Town"} <= set(found.wards)
    assert set(found.places) <= set(burglary.places.index)
    assert found.sentence.startswith("11 small areas lie in clusters of high rates")


def test_how_many_hot_spots_stayed_is_told_of_those_found(luton: Assessment) -> None:
    where = luton.where_of("shoplifting")
    swapped = where.places.rename(columns={"before": "after", "after": "before"})
    now, then = hot_spots_of(where), hot_spots_of(replace(where, places=swapped))
    assert now
    assert then
    stayed = {*now.places} & {*then.places}
    assert (len(now.places), len(stayed)) == (8, 5)
    told = stayed_sentence(where, now)
    assert told == "Of these eight, five were in such clusters in 2022 as well."
    some, gone = sorted(stayed), sorted({*now.places} - stayed)
    for places, said in (
        (some[:1], "It was in such clusters in 2022 as well."),
        (some, "All of them were in such clusters in 2022 as well."),
        (gone[:1], "It was not in such clusters in 2022."),
        (gone, "None of them was in such clusters in 2022."),
        ((), ""),
    ):
        assert stayed_sentence(where, replace(now, places=tuple(places))) == said
    before = where.places.assign(before=0)
    assert stayed_sentence(replace(where, places=before), now) == ""


def test_hot_spots_need_shapes_and_enough_records(burglary: Where) -> None:
    elsewhere = burglary.places.set_axis([f"E09{i:06}" for i in range(len(burglary.places))])
    assert hot_spots_of(replace(burglary, places=elsewhere)) is None
    few = burglary.places.assign(after=0)
    assert hot_spots_of(replace(burglary, places=few)) is None


def test_without_the_extra_the_profile_says_what_was_not_looked_for(
    burglary: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert no_spots(burglary) == ""
    monkeypatch.setattr("cspanalysis.findings.places.spots.find_spec", lambda _: None)
    assert hot_spots_of(burglary) is None
    assert "not installed where this report was made" in no_spots(burglary)
    assert "pip" not in no_spots(burglary)
    assert no_spots(replace(burglary, places=burglary.places.assign(after=0))) == ""


def test_no_hot_spot_is_a_finding() -> None:
    none = HotSpots(measure=Measure.named("burglary"), places=(), wards=())
    assert none.sentence.startswith("No group of neighbouring small areas")


def test_partners_figures_are_read_and_small_ones_kept_back(tmp_path: Path) -> None:
    rows = [
        "marac-cases,luton,2023,59,,,final,MARAC coordinator,",
        "marac-repeat-cases,luton,2023,3,,59,final,MARAC coordinator,Few",
    ]
    file = tmp_path / "partner.csv"
    file.write_text("\n".join(["# vintage: 2024-02", ",".join(COLUMNS), *rows]) + "\n")
    ingest([file], into=tmp_path / "store")
    store, area, year = Store.open(tmp_path / "store"), Area.named("luton"), Period.parse("2023")
    public = indicators_of(store, area=area, period=year, edition="public")
    assert [(one.measure.code, one.number, one.kept_back) for one in public] == [
        ("marac-cases", 59, False),
        ("marac-repeat-cases", None, True),
    ]
    assert [value.key for one in public for value in one.values()] == ["partner.marac-cases"]
    whole = indicators_of(store, area=area, period=year, edition="sensitive")
    assert whole[1].number == 3
    assert indicators_of(store, area=area, period=year.baseline(), edition="public") == ()


PARTNERSHIP = {
    "area": "luton",
    "name": "Luton",
    "priorities": [
        {
            "key": "night-time",
            "title": "The night-time economy",
            "theme": "crime-and-disorder",
            "owner": "Licensing manager",
            "measures": [{"measure": "violence-and-sexual-offences"}, {"measure": "marac-cases"}],
        }
    ],
}


def test_a_priority_is_found_by_key_and_a_measure_by_code() -> None:
    held, year = Partnership.model_validate(PARTNERSHIP), Period.parse("2023")
    focus = focus_of("night-time", partnership=held, period=year)
    assert (focus.title, focus.priority) == ("The night-time economy", held.priorities[0])
    assert [m.code for m in focus.measures] == ["violence-and-sexual-offences", "marac-cases"]
    burglary = focus_of("burglary", partnership=held, period=Period.parse("2016"))
    assert burglary.priority is None
    assert [m.code for m in burglary.parts] == ["burglary-dwelling", "burglary-non-dwelling"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("night-tme", "did you mean night-time.*Its priorities are night-time"),
        ("burglry", "did you mean burglary"),
        ("zzz", "priority 'zzz' is not known; Its priorities are night-time"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(text: str, words: str) -> None:
    held = Partnership.model_validate(PARTNERSHIP)
    with pytest.raises(UsageError, match=words):
        focus_of(text, partnership=held, period=Period.parse("2023"))


def test_without_a_file_there_are_no_priorities() -> None:
    with pytest.raises(UsageError, match="It has recorded no priorities"):
        focus_of("zzz", partnership=None, period=Period.parse("2023"))


def test_the_last_part_of_a_year_stands_for_it_and_is_held_against_its_like(
    tmp_path: Path,
) -> None:
    rows = [
        "homelessness-relief-duties,luton,2018-Q4,183,,,final,MHCLG,",
        "homelessness-relief-duties,luton,2023-Q3,310,,,final,MHCLG,",
        "homelessness-relief-duties,luton,2023-Q4,298,,,final,MHCLG,",
        "marac-cases,luton,2022,310,,,final,MARAC coordinator,",
        "marac-cases,luton,2023,502,,,final,MARAC coordinator,",
        "marac-repeat-cases,luton,2022,3,,,final,MARAC coordinator,",
        "marac-repeat-cases,luton,2023,40,,,final,MARAC coordinator,",
    ]
    file = tmp_path / "partner.csv"
    file.write_text("\n".join(["# vintage: 2024-02", ",".join(COLUMNS), *rows]) + "\n")
    ingest([file], into=tmp_path / "store")
    store, area, year = Store.open(tmp_path / "store"), Area.named("luton"), Period.parse("2023")
    found = {
        one.measure.code: one
        for one in indicators_of(store, area=area, period=year, edition="public")
    }
    relief = found["homelessness-relief-duties"]
    assert (relief.told, relief.part) == ("298, October to December 2023", True)
    assert relief.change is not None
    assert (relief.change.before, str(relief.change.baseline)) == (183, "2018-10..2018-12")
    assert found["marac-repeat-cases"].change is None  # the year before is kept back
    sides = Comparison(
        area=area, period=year, baseline=year.baseline(), provenance=Provenance("", "")
    )
    (change,) = given_changes(store, sides, "public", without=())
    assert (change.measure.code, change.before, change.after) == ("marac-cases", 310, 502)
    whole = given_changes(store, sides, "sensitive", without={change.measure})
    assert [(one.measure.code, one.before) for one in whole] == [("marac-repeat-cases", 3)]
