"""Outlines of areas as the project ships them: rings of points, for maps."""

from __future__ import annotations

import gzip
import json
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Literal

from cspanalysis.errors import StoreError
from cspanalysis.paths import reference
from cspanalysis.sources.boundaries import PER_DEGREE
from cspanalysis.store.reads import tell_file

__all__ = ["Ring", "Shape", "outlines_of"]

Ring = tuple[tuple[float, float], ...]
"""Points (longitude, latitude in degrees) of a closed line, the first one again at the end."""
Shape = tuple[tuple[Ring, ...], ...]
"""Polygons of an area, each its outer ring and then its holes."""
_FILES = {"lsoa": "lsoa.zip", "lad": "lad.geojson.gz"}


def outlines_of(codes: Iterable[str], *, kind: Literal["lsoa", "lad"] = "lsoa") -> dict[str, Shape]:
    """Give the shapes of areas, as far generalised as the project ships them.

    Parameters
    ----------
    codes
        Codes of LSOAs of 2021 or of councils.
    kind
        Which of the two.

    Returns
    -------
    dict
        By code. Areas without a shape are left out: those of England and Wales are shipped.

    Raises
    ------
    StoreError
        If the file of shapes is damaged.
    """
    path = reference(f"shapes/{_FILES[kind]}")
    tell_file(path)
    if not path.is_file():
        return {}
    wanted = list(codes)
    try:
        held = _councils(path) if kind == "lad" else _small_areas(path, wanted)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise StoreError(f"{path}: the shapes are damaged ({error}); restore the file") from error
    return {code: held[code] for code in wanted if code in held}


@lru_cache(maxsize=4)
def _councils(path: Path) -> Mapping[str, Shape]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    return {one["properties"]["code"]: _shape(one["geometry"]) for one in features}


def _small_areas(path: Path, codes: Sequence[str]) -> Mapping[str, Shape]:
    """Give the shapes of the blocks in which some codes lie."""
    firsts = _blocks(path)
    places = {bisect_right(firsts, code) - 1 for code in codes}
    return _of_blocks(path, tuple(firsts[place] for place in sorted(places - {-1})))


@lru_cache(maxsize=4)
def _blocks(path: Path) -> Sequence[str]:
    """Give the first code of every block, in order."""
    with zipfile.ZipFile(path) as archive:
        return sorted(name.removesuffix(".json") for name in archive.namelist())


@lru_cache(maxsize=16)
def _of_blocks(path: Path, firsts: tuple[str, ...]) -> Mapping[str, Shape]:
    with zipfile.ZipFile(path) as archive:
        blocks = [json.loads(archive.read(f"{first}.json")) for first in firsts]
    return {
        code: tuple(tuple(_ring(steps) for steps in rings) for rings in parts)
        for block in blocks
        for code, parts in block.items()
    }


def _ring(steps: Sequence[int]) -> Ring:
    """Add up the steps of a ring, and close it."""
    x, y = accumulate(steps[::2]), accumulate(steps[1::2])
    points = [(a / PER_DEGREE, b / PER_DEGREE) for a, b in zip(x, y, strict=True)]
    return (*points, points[0])


def _shape(geometry: Mapping[str, object]) -> Shape:
    parts = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    return tuple(
        tuple(tuple((float(x), float(y)) for x, y in ring) for ring in part)
        for part in parts  # type: ignore[attr-defined]
    )
