"""Welsh names: beside the English ones, marked as Welsh, and of Wales alone."""

from __future__ import annotations

import csv

import pytest

from cspanalysis.blocks.block import COVER
from cspanalysis.display import cover
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.welsh import welsh_name


@pytest.mark.parametrize(
    ("area", "welsh"),
    [
        ("newport", "Casnewydd"),
        ("swansea-lad", "Abertawe"),
        ("south-wales-force", "De Cymru"),
        ("wales", "Cymru"),
        ("gwynedd", ""),
        ("gwent-force", ""),
        ("luton", ""),
    ],
)
def test_an_area_of_wales_has_its_welsh_name(area: str, welsh: str) -> None:
    assert welsh_name(Area.named(area)) == welsh


def test_every_welsh_name_is_of_an_area_that_is_known_and_leads_to_it() -> None:
    with reference("welsh-names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for row in rows:
        if row["name"] not in ("North Wales", "South Wales", "Wales", "Merthyr Tydfil"):
            assert Area.named(row["name"]).code.startswith("W14")
    assert len({row["welsh"] for row in rows}) == len(rows)


def test_the_cover_names_the_area_in_welsh_and_says_that_it_is() -> None:
    def first_screen(area: str) -> str:
        shown = cover(
            title="Report",
            area=Area.named(area),
            period=Period.parse("2025"),
            lead="x",
            facts={"Data to": "December 2025"},
            edition="public",
        )
        welsh = shown.records[COVER]["facts"].get("In Welsh", "")
        assert welsh == welsh_name(Area.named(area))
        return shown.html

    assert '<dt>In Welsh</dt><dd><span lang="cy">Casnewydd</span></dd>' in first_screen("newport")
    assert "Welsh" not in first_screen("luton")
