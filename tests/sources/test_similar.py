"""Similar areas: from the published neighbours of councils to those of CSPs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.sources.similar import MODEL, similar_table
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.similar import similar_areas

# Two councils make up the CSP P; the council d holds two CSPs.
COUNCILS = pd.DataFrame(
    [("a", "A"), ("b", "P"), ("c", "P"), ("d", "D1"), ("d", "D2"), ("e", "E")],
    columns=["lad_code", "csp_code"],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = ["AREACD,1,2,3", "a,S1,b,c", "b,e,d,a", "c,a,e,b", "d,a,b,c", "S1,a,b,c"]
    (tmp_path / MODEL).write_text("\n".join(rows), encoding="utf-8-sig")
    return tmp_path


def test_neighbours_of_councils_and_partnerships_by_hand(folder: Path) -> None:
    table = similar_table(folder, COUNCILS).set_index("code")["similar"].to_dict()
    assert table == {
        "a": "b c", "b": "e d a", "c": "a e b", "d": "a b c",
        # b and c are one partnership; d is no one partnership's; a and e tie: as they come
        "A": "P", "P": "E A",
    }  # fmt: skip


def test_every_council_of_today_has_its_neighbours() -> None:
    assert [area.name for area in similar_areas(Area.named("luton"))[:2]] == [
        "Leicester",
        "Wolverhampton",
    ]
    barnsley = similar_areas(Area.named("barnsley"))  # its code changed in 2025
    assert barnsley[0].name == "Wakefield"
    assert similar_areas(Area.named("wycombe")) == ()  # the council of today is all of the county


def test_a_place_without_table_has_no_neighbours() -> None:
    assert similar_areas(Area.named("bedfordshire-force")) == ()
