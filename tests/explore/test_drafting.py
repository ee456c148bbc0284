"""Kept views as a draft of commentary: filled and checked by the next report, never lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cspanalysis import Assessment, paths
from cspanalysis.errors import UsageError
from cspanalysis.explore.drafting import write_draft
from cspanalysis.explore.view import chosen_first, line_of

ROBBERY = {
    "line": 'report.look("robbery")',
    "sentence": "There is no clear change in robbery.",
    "chosen": {"measure": "robbery"},
}
QUARTER = {
    "line": 'report.look("burglary", period="2023-10..2023-12")',
    "sentence": "Burglary of the last quarter.",
    "chosen": {"measure": "burglary"},
}


@pytest.fixture
def luton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    shutil.copytree(paths.data_folder(), tmp_path / "data")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path / "data"))
    return Assessment.open("luton", "2023")


def test_a_draft_is_filled_and_checked_by_the_next_report(luton: Assessment) -> None:
    chosen = {**chosen_first(luton.facts, "shoplifting"), "places": ["E05014739", "E05014750"]}
    said = "Shoplifting in Central and South, as was said of them."
    picked = {"line": line_of(luton.facts, chosen), "sentence": said, "chosen": chosen}
    path = write_draft(luton.facts, [ROBBERY, QUARTER, picked], "town-centre")
    assert path.parts[-5:] == ("partnerships", "luton", "commentary", "2023", "town-centre.md")
    assert "{{ change.robbery.count }} in 2023" in path.read_text(encoding="utf-8")
    (found,) = (
        one
        for one in Assessment.open("luton", "2023").facts.written
        if one.section.name == "town-centre"
    )
    assert found.section.status == "draft"
    assert "Robbery: 241 in 2023, against 257 in 2022 (can't tell)." in found.text
    assert "Burglary of the last quarter." in found.text
    assert said in found.text
    assert not [c for c in found.claims if str(c.verdict) == "contradicted"]


@pytest.mark.parametrize(
    ("kept", "name", "told"),
    [
        ([], "town-centre", "no view was kept yet"),
        ([ROBBERY], "../agreed", "name it in small letters"),
        ([ROBBERY], "", "name it in small letters"),
    ],
)
def test_what_can_t_be_drafted_is_told(
    luton: Assessment, kept: list[dict[str, Any]], name: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        write_draft(luton.facts, kept, name)


def test_what_somebody_wrote_is_never_written_over(luton: Assessment) -> None:
    path = write_draft(luton.facts, [ROBBERY], "town-centre")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        write_draft(luton.facts, [ROBBERY], "town-centre")
    assert path.read_text(encoding="utf-8") == "mine"
