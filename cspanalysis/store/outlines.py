"""Outlines of areas as the project ships them: rings of points, for maps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cspanalysis.errors import StoreError
from cspanalysis.paths import reference
from cspanalysis.store.reads import tell_file

__all__ = ["Ring", "Shape", "outlines_of"]

Ring = tuple[tuple[float, float], ...]
"""Points (longitude, latitude in degrees) of a closed line, the first one again at the end."""
Shape = tuple[tuple[Ring, ...], ...]
"""Polygons of an area, each its outer ring and then its holes."""


def outlines_of(codes: Iterable[str], *, kind: Literal["lsoa", "lad"] = "lsoa") -> dict[str, Shape]:
    """Give the shapes of areas, simplified to about 60 metres.

    Parameters
    ----------
    codes
        Codes of LSOAs of 2021 or of councils.
    kind
        Which of the two.

    Returns
    -------
    dict
        By code. Areas without a shape are left out: LSOAs are shipped for Bedfordshire alone, and
        docs/sources.md says how to add those of another force.

    Raises
    ------
    StoreError
        If the file of shapes is damaged.
    """
    path = reference(f"shapes/{kind}.geojson.gz")
    tell_file(path)
    if not path.is_file():
        return {}
    held = _read_once(path)
    return {code: held[code] for code in codes if code in held}


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Mapping[str, Shape]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            features = json.load(file)["features"]
        return {one["properties"]["code"]: _shape(one["geometry"]) for one in features}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: the shapes are damaged ({error}); restore the file") from error


def _shape(geometry: Mapping[str, object]) -> Shape:
    parts = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    return tuple(
        tuple(tuple((float(x), float(y)) for x, y in ring) for ring in part)
        for part in parts  # type: ignore[attr-defined]
    )
