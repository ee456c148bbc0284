"""Shapes of areas: those that are shipped, and what happens without."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cspanalysis.display.map_shapes import outline
from cspanalysis.errors import StoreError
from cspanalysis.paths import reference
from cspanalysis.store import Store
from cspanalysis.store.outlines import outlines_of
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area


def test_every_small_area_of_bedfordshire_has_a_closed_shape() -> None:
    codes = Store.open().people.small_areas(Area.named("bedfordshire-force")).index
    shapes = outlines_of(codes)
    assert set(shapes) == set(codes)
    for shape in shapes.values():
        for ring in (ring for polygon in shape for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(-1 < x < 0 and 51 < y < 53 for x, y in ring)


def test_areas_without_a_shape_are_left_out() -> None:
    assert outlines_of(["E00000001", "95AA01S1", "W99999999"]) == {}
    assert set(outlines_of(["E06000032", "nowhere"], kind="lad")) == {"E06000032"}


def test_a_file_that_is_absent_or_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    assert outlines_of(["E01015693"]) == {}
    folder = tmp_path / "reference" / "shapes"
    folder.mkdir(parents=True)
    (folder / "lsoa.zip").write_bytes(b"no archive")
    with pytest.raises(StoreError, match="the shapes are damaged"):
        outlines_of(["E01015693"])
    with zipfile.ZipFile(folder / "lsoa.zip", "w") as archive:
        archive.writestr("E01015600.json", "{")
    with pytest.raises(StoreError, match="the shapes are damaged"):
        outlines_of(["E01015694"])


@pytest.mark.parametrize(
    "name", ["northumbria-force", "city-of-london-force", "gwent-force", "devon-and-cornwall-force"]
)
def test_every_force_has_all_its_small_areas_and_their_outer_border_closes(name: str) -> None:
    codes = Places.shipped().within(Area.named(name), "lsoa")
    shapes = outlines_of(codes)
    assert set(shapes) == set(codes)
    ends = Counter(point for side in outline(shapes.values()) for point in side)
    assert ends
    assert all(times % 2 == 0 for times in ends.values())


def test_an_area_opens_fast_from_a_small_file() -> None:
    codes = Places.shipped().within(Area.named("newcastle-upon-tyne"), "lsoa")
    began = time.perf_counter()
    assert len(outlines_of(codes)) == len(codes)
    assert time.perf_counter() - began < 1  # a tenth of that on a quiet machine
    assert reference("shapes/lsoa.zip").stat().st_size < 2_500_000
    with zipfile.ZipFile(reference("shapes/lsoa.zip")) as archive:
        assert "Open Government Licence v3.0" in archive.comment.decode()


def test_small_areas_are_listed_with_their_ward_and_people() -> None:
    listed = Store.open().people.small_areas(Area.named("luton"))
    assert len(listed) == 125
    assert listed["ward"].nunique() == 20
    assert listed.loc["E01015693", "residents"] > 1000
    assert listed.index.is_monotonic_increasing
