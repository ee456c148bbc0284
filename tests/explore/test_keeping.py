"""Wards picked in a view, kept as a custom area, and custom areas in the view."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import UsageError
from cspanalysis.explore.keeping import area_lines, write_area
from cspanalysis.explore.view import chosen_first, view_of
from cspanalysis.partnership import read_partnership
from cspanalysis.paths import data_folder

HEAD = "area: luton  # ours\nname: Luton Community Safety Partnership\n"
OWN = "areas:  # of our own making\n    hill:\n        name: The hill\n        wards: [Wigmore]\n"
CENTRAL, SOUTH = "E05014739", "E05014750"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("reference", "counts"):
        (tmp_path / name).symlink_to(data_folder().resolve() / name)
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    home = tmp_path / "partnerships" / "luton"
    home.mkdir(parents=True)
    return home


def opened(folder: Path, text: str | None) -> Assessment:
    if text is not None:
        (folder / "partnership.yml").write_text(text, encoding="utf-8")
    return Assessment.open("luton", "2023")


@pytest.mark.parametrize("before", [HEAD, HEAD + OWN + "gaps: [x]\n"], ids=["none yet", "others"])
def test_picked_wards_are_written_beside_what_stands_there(folder: Path, before: str) -> None:
    report = opened(folder, before)
    path = write_area(report.facts, [CENTRAL, SOUTH], "Town: centre & station")
    text = path.read_text(encoding="utf-8")
    assert all(line in text for line in before.splitlines())
    held = read_partnership(folder)
    assert held
    assert held.areas["town-centre-and-station"].wards == (CENTRAL, SOUTH)
    assert len(held.areas) == before.count("hill:") + 1
    again = Assessment.open("luton", "2023", store=report.store)
    with pytest.raises(UsageError, match="'town-centre-and-station'"):
        write_area(again.facts, [CENTRAL], "Town centre and station")


@pytest.mark.parametrize(
    ("places", "name", "said"),
    [
        ([], "Centre", "no ward is picked: click one, with Ctrl several"),
        ([CENTRAL], "Dallow", "'Dallow' means a ward of Luton already"),
        ([CENTRAL], "", "name '-' has no letter"),
        ([CENTRAL], "The hill", "there is a custom area 'the-hill'|'The hill' means the custom"),
        (["E05008937"], "Centre", "is not known in Luton"),
    ],
)
def test_what_can_t_be_kept_is_told(folder: Path, places: list[str], name: str, said: str) -> None:
    report = opened(folder, HEAD + OWN)
    with pytest.raises(UsageError, match=said):
        area_lines(report.facts, places, name)


def test_nothing_is_written_where_it_can_t_be_put(folder: Path) -> None:
    flow = HEAD + "areas: {hill: {name: The hill, wards: [Wigmore]}}\n"
    with pytest.raises(UsageError, match="not written a line a key; paste there:\ncentre:"):
        write_area(opened(folder, flow).facts, [CENTRAL], "Centre")
    assert (folder / "partnership.yml").read_text(encoding="utf-8") == flow
    (folder / "partnership.yml").unlink()
    with pytest.raises(UsageError, match="make it with 'cspanalysis new luton'"):
        write_area(opened(folder, None).facts, [CENTRAL], "Centre")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_view_lists_custom_areas_and_offers_what_is_picked(folder: Path) -> None:
    pytest.importorskip("anywidget")
    from cspanalysis.explore.widget import LiveView

    report = opened(folder, HEAD + OWN)
    chosen = {**chosen_first(report.facts, "burglary"), "places": ["E22000010-HILL"]}
    view = view_of(report.facts, chosen)
    (row,) = view["custom"]
    assert row["name"] == "The hill"
    assert f"The hill. {row['before']} in 2022, {row['after']} in 2023: " in view["sentence"]
    assert view["line"] == 'report.look("burglary", at="The hill")'
    live = LiveView(report.facts, measure="burglary")
    live.chosen = {**live.chosen, "places": [CENTRAL]}
    told: list[dict[str, str]] = []
    live._keep(SimpleNamespace(), {}, [])
    told.append(live._offered("Centre"))
    told.append(live._offered("Dallow"))
    assert told[0]["lines"] == f"centre:\n  name: Centre\n  wards:\n  - {CENTRAL}\n"
    assert "view.keep_area('Centre')" in told[0]["kept"]
    assert (told[1]["lines"], told[1]["kept"][:8]) == ("", "'Dallow'")
