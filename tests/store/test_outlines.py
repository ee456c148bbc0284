"""Shapes of areas: those that are shipped, and what happens without."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cspanalysis.errors import StoreError
from cspanalysis.store import Store
from cspanalysis.store.outlines import outlines_of
from cspanalysis.vocabulary import Area


def test_every_small_area_of_bedfordshire_has_a_closed_shape() -> None:
    codes = Store.open().small_areas(Area.named("bedfordshire-force")).index
    shapes = outlines_of(codes)
    assert set(shapes) == set(codes)
    for shape in shapes.values():
        for ring in (ring for polygon in shape for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(-1 < x < 0 and 51 < y < 53 for x, y in ring)


def test_areas_without_a_shape_are_left_out() -> None:
    assert outlines_of(["E01000001"]) == {}
    assert set(outlines_of(["E06000032", "nowhere"], kind="lad")) == {"E06000032"}


def test_a_file_that_is_absent_or_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    assert outlines_of(["E01015693"]) == {}
    folder = tmp_path / "reference" / "shapes"
    folder.mkdir(parents=True)
    with gzip.open(folder / "lsoa.geojson.gz", "wt") as file:
        file.write('{"features": [{}]}')
    with pytest.raises(StoreError, match="the shapes are damaged"):
        outlines_of(["E01015693"])


def test_small_areas_are_listed_with_their_ward_and_people() -> None:
    listed = Store.open().small_areas(Area.named("luton"))
    assert len(listed) == 125
    assert listed["ward"].nunique() == 20
    assert listed.loc["E01015693", "residents"] > 1000
    assert listed.index.is_monotonic_increasing
