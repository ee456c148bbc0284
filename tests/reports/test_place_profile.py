"""The place profile: wards of Luton, one of Wales, and little to show."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from cspanalysis import Assessment, PlaceProfile
from cspanalysis.disclosure.told import told
from cspanalysis.display import FIGURES, TO_DO
from cspanalysis.errors import UsageError
from cspanalysis.store import Store
from cspanalysis.store.ingest import ingest
from cspanalysis.vocabulary import Area, Period

BLOCKS = (
    *("cover", "beside_partnership", "police_activity", "small_areas", "hot_spots"),
    *("deprivation", "not_told"),
)


@pytest.fixture(scope="module")
def central() -> PlaceProfile:
    return PlaceProfile.open("Central, Luton", "2023")


def test_every_part_of_a_ward_is_shown(central: PlaceProfile) -> None:
    shown = {name: getattr(central, name)() for name in BLOCKS}
    for name, words in {
        "cover": "Place profile",
        "beside_partnership": "All 15 rates are above those of Luton. Many more people come",
        "police_activity": "3,122 outcomes were decided in 2023 of crimes in Central",
        "small_areas": "Central is made of four small areas (LSOAs)",
        "hot_spots": "All four small areas of Central lie in clusters of high rates",
        "deprivation": "Four of its 4 small areas are among the most deprived fifth of England",
        "not_told": "Of small areas all crime alone is told.",
    }.items():
        assert words in shown[name].text, name
    assert "slope index of inequality" in shown["deprivation"].text
    assert "Central has 17\xa0% of all crime in Luton" in shown["beside_partnership"].text
    assert shown["small_areas"].html.count("<figure") == 2


def test_its_figures_tell_of_its_small_areas_what_the_plan_shows(central: PlaceProfile) -> None:
    """What is recorded is what the last look before a report lands reads."""
    records = central.beside_partnership().records[FIGURES]["figures"]
    periods = {"period": Period.parse("2023"), "baseline": Period.parse("2022")}
    counts = dict(told(records, area=central.facts.area, **periods))
    plan = central.facts.plan
    assert plan
    places = {place for place, _, _ in counts}
    assert places == {central.facts.area.code, *central.inside.places.index}
    assert not any(cell in plan.hidden for cell in counts)
    assert not any(0 < count < plan.threshold for count in counts.values())


def test_a_ward_and_its_partnership_tell_alike(central: PlaceProfile) -> None:
    report = Assessment.open("luton", "2023")
    where = report.where_of("all crime")
    assert central.where.breaks == where.breaks
    assert central.where.classes.equals(where.classes)
    assert central.total.after == where.wards["after"][central.facts.area.code]
    assert central.slope.sentence in report.places("all crime").text


def test_a_quarter_keeps_small_counts_back() -> None:
    public = PlaceProfile.open("E05014747", "2023-10..2023-12")
    whole = PlaceProfile.open("E05014747", "2023-10..2023-12", edition="sensitive")
    small = {c.measure.label for c in whole.changes if 0 < (c.after or 0) < 5}
    assert small
    lines = public.beside_partnership().text.splitlines()
    for label in small:
        line = next(row for row in lines if row.startswith(label))
        assert "[c]" in line
        assert not re.search(r" [1-4] ", line)
    shown = public.small_areas().text + public.hot_spots().text
    assert "[c]" not in whole.small_areas().text
    for place, count in whole.inside.places["after"].items():
        if 0 < count < 5:
            assert f" {count} " not in shown.split(whole.inside.places["name"][place])[-1][:60]


def test_a_profile_is_of_a_ward() -> None:
    with pytest.raises(UsageError, match=r"of a ward, not of Luton; write one such as Barnfield"):
        PlaceProfile.open("luton", "2023")
    with pytest.raises(UsageError, match=r"not of E01015744 \(LSOA\); write one such as \w+"):
        PlaceProfile.open("E01015744", "2023")


def test_without_outlines_searches_and_the_extra_it_says_so(
    central: PlaceProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("findings.places.spots", "display.place_map"):
        monkeypatch.setattr(import_module(f"cspanalysis.{module}"), "outlines_of", lambda _: {})
    bare = PlaceProfile.open("Central, Luton", "2023")
    block = bare.small_areas()
    assert "There is no map: the outlines of Luton's small areas are not held." in block.text
    assert "Hot spot" not in block.text
    assert block.records[TO_DO]["items"][0]["do"].endswith("see docs/sources.md.")
    gathers = bare.hot_spots().text
    assert gathers.startswith("Half of all crime in Luton was recorded in 26 of 125 small areas")
    assert "Hot spots" not in gathers
    bare.facts.placed.searched = bare.facts.placed.decided = None
    assert bare.police_activity().text == (
        "No outcomes of crimes in this place are held for these months.\n\n"
        "No files of stops and searches are held for these months."
    )


def test_without_the_extra_hot_spots_were_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cspanalysis.findings.places.spots.find_spec", lambda _: None)
    bare = PlaceProfile.open("Central, Luton", "2023")
    assert "not installed where this report was made" in bare.hot_spots().text
    assert "Hot spot" not in bare.small_areas().text


def test_months_that_are_missing_are_told_of() -> None:
    """The shipped counts begin in March 2021."""
    early = PlaceProfile.open("Dallow", "2021-01..2021-06")
    for name in BLOCKS:
        assert getattr(early, name)().text
    assert "Not all months of January to June 2021 are held" in early.small_areas().text
    assert "Without counts of small areas" in early.hot_spots().text


@pytest.mark.shared_data
def test_a_ward_of_wales(
    shared: Path, tmp_path: Path, write_zip: Callable[[Path, Mapping[str, str | bytes]], Path]
) -> None:
    members = {}
    archive = shared / "data/police_uk/gwent-2018-10-to-2025-12-with-gaps.zip"
    with zipfile.ZipFile(archive) as whole:
        for name in whole.namelist():
            if re.search(r"2025-\d\d-gwent-street\.csv$", name):
                members[name] = whole.read(name)
    ingest([write_zip(tmp_path / "gwent.zip", members)], into=tmp_path / "store")
    report = PlaceProfile.open("Stow Hill, Newport", "2025", store=Store.open(tmp_path / "store"))
    shown = {name: getattr(report, name)() for name in BLOCKS}
    assert "3,169 crimes were recorded in Stow Hill in 2025" in shown["cover"].text
    assert "Newport 014D  1,556" in shown["small_areas"].text
    assert "among the most deprived fifth of Wales" in shown["deprivation"].text
    assert "No outcomes of crimes in this place are held" in shown["police_activity"].text
    head = shown["beside_partnership"].text.splitlines()[3]
    assert "Ratio" not in head  # there is no year before
    assert "Newport" in head


def test_its_records_are_plain(central: PlaceProfile) -> None:
    """They go into JSON files as they are."""
    for name in BLOCKS:
        json.dumps(dict(getattr(central, name)().records))
    assert Area.named("luton") == central.around.area
