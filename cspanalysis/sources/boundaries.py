"""Boundaries: the outlines of all LSOAs of 2021, from a GeoPackage to the file that is shipped.

Points are set on a grid of a hundred-thousandth of a degree (about a metre). Neighbours share the
points of their border in what ONS publishes, so they share them on the grid: no gap opens and no
border is drawn twice. The file is a zip of blocks of codes, each named by its first code, so that
the outlines of an area are found without reading those of the country.
"""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from cspanalysis.errors import SourceError

__all__ = ["BLOCK", "PER_DEGREE", "lsoa_outlines", "outlines_file"]

PER_DEGREE = 100_000
"""Steps of the grid in a degree."""
BLOCK = 64
"""LSOAs in a block."""
_LICENCE = (
    "Source: Office for National Statistics, boundaries of LSOAs of December 2021, licensed under "
    "the Open Government Licence v3.0; contains OS data (c) Crown copyright and database right. "
    "Made by cspanalysis.store.rebuild."
)
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the envelope before a geometry, by what the flags of its header say."""
Points = list[tuple[int, int]]
Outline = list[list[Points]]


def lsoa_outlines(layer: Path, *, code: str = "lsoa21_code") -> dict[str, Outline]:
    """Read the outlines of a GeoPackage in degrees, set on the grid.

    Parameters
    ----------
    layer
        The GeoPackage, with one table of areas.
    code
        Its column of codes.

    Returns
    -------
    dict
        By code the polygons of each area: rings of points in steps of the grid, closed, the outer
        ring first.

    Raises
    ------
    SourceError
        If the file is no such GeoPackage.
    """
    try:
        with sqlite3.connect(f"{layer.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as held:
            ((table, srs),) = held.execute("SELECT table_name, srs_id FROM gpkg_contents")
            ((geometry,),) = held.execute("SELECT column_name FROM gpkg_geometry_columns")
            asked = f'SELECT "{code}", "{geometry}" FROM "{table}"'  # noqa: S608 # nosec B608
            rows = held.execute(asked).fetchall()
    except (sqlite3.Error, ValueError) as error:
        reason = f"this is no GeoPackage of one table with a column {code} ({error})"
        raise SourceError(f"{reason}; download it again", file=layer) from error
    if srs != 4326:
        raise SourceError(
            f"its points are not in degrees (reference system {srs}); write it anew in 4326",
            file=layer,
        )
    return {
        str(name): [rings for part in _parts(shape) if (rings := _on_grid(part))]
        for name, shape in sorted(rows)
    }


def outlines_file(outlines: Mapping[str, Outline]) -> bytes:
    """Write outlines as a zip of blocks; the same outlines give the same bytes.

    A block is a JSON object by code: polygons of rings, a ring as one list of numbers, its first
    point and then the step from each point to the next. The point that closes it is left out.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = _LICENCE.encode()
        known = sorted(outlines)
        for first in range(0, len(known), BLOCK):
            codes = known[first : first + BLOCK]
            block = {
                one: [[_steps(ring) for ring in part] for part in outlines[one]] for one in codes
            }
            entry = zipfile.ZipInfo(f"{codes[0]}.json")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, json.dumps(block, separators=(",", ":")))
    return held.getvalue()


def _parts(shape: bytes) -> Iterator[list[list[tuple[float, float]]]]:
    """Read the polygons of a geometry: well-known binary, little-endian, after its header."""
    at = 8 + _ENVELOPES[shape[3] >> 1 & 7]
    kind, number = struct.unpack_from("<II", shape, at + 1)
    at, parts = (at + 9, number) if kind == 6 else (at, 1)
    for _ in range(parts):
        (rings,) = struct.unpack_from("<I", shape, at + 5)
        at += 9
        part = []
        for _ in range(rings):
            (points,) = struct.unpack_from("<I", shape, at)
            flat = struct.unpack_from(f"<{2 * points}d", shape, at + 4)
            part.append(list(zip(flat[::2], flat[1::2], strict=True)))
            at += 4 + 16 * points
        yield part


def _on_grid(part: list[list[tuple[float, float]]]) -> list[Points]:
    """Set rings on the grid; points that fall together are one, a ring without extent is none."""
    rings = []
    for ring in part:
        points = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in ring]
        apart = [points[0], *(b for a, b in pairwise(points) if a != b)]
        if len(set(apart)) > 2:
            rings.append(apart)
    return rings


def _steps(ring: Points) -> list[int]:
    flat, before = [], (0, 0)
    for x, y in ring[:-1]:
        flat += [x - before[0], y - before[1]]
        before = x, y
    return flat
