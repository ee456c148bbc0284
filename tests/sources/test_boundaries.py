"""Outlines of small areas: a package of three shapes by hand, and the one that is shipped."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.paths import reference
from cspanalysis.sources.boundaries import lsoa_outlines, outlines_file

SQUARE = [(0.0, 51.0), (0.0, 51.001), (0.001, 51.001), (0.001, 51.0), (0.0, 51.0)]
HOLE = [(0.0002, 51.0002), (0.0004, 51.0002), (0.0004, 51.0004), (0.0002, 51.0002)]
BESIDE = [(0.001, 51.0), (0.001, 51.001), (0.002000001, 51.001), (0.001, 51.0)]
SPECK = [(0.0, 51.0), (0.000001, 51.0), (0.000001, 51.000001), (0.0, 51.0)]


def geometry(parts: list[list[list[tuple[float, float]]]]) -> bytes:
    """A multipolygon as GeoPackages hold it, with an envelope of four numbers."""
    held = b"GP\x00\x03" + struct.pack("<i", 4326) + struct.pack("<4d", 0, 1, 51, 52)
    held += struct.pack("<BII", 1, 6, len(parts))
    for part in parts:
        held += struct.pack("<BII", 1, 3, len(part))
        for ring in part:
            held += struct.pack("<I", len(ring)) + b"".join(struct.pack("<2d", *p) for p in ring)
    return held


def package(path: Path, rows: dict[str, bytes], *, srs: int = 4326) -> Path:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE gpkg_contents (table_name TEXT, srs_id INTEGER)")
        made.execute("CREATE TABLE gpkg_geometry_columns (column_name TEXT)")
        made.execute("CREATE TABLE small (geom BLOB, lsoa21_code TEXT)")
        made.execute("INSERT INTO gpkg_contents VALUES ('small', ?)", (srs,))
        made.execute("INSERT INTO gpkg_geometry_columns VALUES ('geom')")
        made.executemany("INSERT INTO small VALUES (?, ?)", [(g, c) for c, g in rows.items()])
    made.close()
    return path


def test_shapes_are_set_on_the_grid_and_neighbours_keep_their_border(tmp_path: Path) -> None:
    rows = {"E2": geometry([[BESIDE], [SPECK]]), "E1": geometry([[SQUARE, HOLE]])}
    found = lsoa_outlines(package(tmp_path / "a.gpkg", rows))
    assert list(found) == ["E1", "E2"]
    square = [(0, 5100000), (0, 5100100), (100, 5100100), (100, 5100000), (0, 5100000)]
    assert found["E1"] == [[square, [(20, 5100020), (40, 5100020), (40, 5100040), (20, 5100020)]]]
    # a speck that falls together is left out; the border with its neighbour is the same line
    assert found["E2"] == [[[(100, 5100000), (100, 5100100), (200, 5100100), (100, 5100000)]]]


def test_a_ring_is_its_first_point_and_the_steps_between(tmp_path: Path) -> None:
    written = outlines_file(lsoa_outlines(package(tmp_path / "a", {"E1": geometry([[SQUARE]])})))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.namelist() == ["E1.json"]
        block = json.loads(archive.read("E1.json"))
        assert b"Open Government Licence v3.0" in archive.comment
    assert block == {"E1": [[[0, 5100000, 0, 100, 100, 0, 0, -100]]]}


def test_what_is_no_such_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").write_text("no package")
    with pytest.raises(SourceError, match="no GeoPackage of one table with a column lsoa21_code"):
        lsoa_outlines(tmp_path / "x.gpkg")
    metres = package(tmp_path / "y.gpkg", {}, srs=27700)
    with pytest.raises(SourceError, match="not in degrees"):
        lsoa_outlines(metres)


@pytest.mark.slow
@pytest.mark.shared_data
def test_what_is_shipped_derives_from_what_was_published(shared: Path) -> None:
    found = lsoa_outlines(shared / "data/boundaries/boundaries_lsoa21.gpkg")
    assert len(found) == 35_672
    assert outlines_file(found) == reference("shapes/lsoa.zip").read_bytes()
