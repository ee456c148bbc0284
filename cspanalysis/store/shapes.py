"""Shapes: which council a point lies in, by the simplified shapes that the project ships."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cspanalysis.paths import reference

__all__ = ["Shapes"]

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]


class Shapes:
    """Tell which of several shapes a point lies in.

    Parameters
    ----------
    shapes
        By code the rings of each, outer and inner ones alike, closed, as points in degrees.
    """

    def __init__(self, shapes: Mapping[str, Sequence[Sequence[Point]]]) -> None:
        self._edges = {code: _edges(rings) for code, rings in shapes.items()}

    @classmethod
    def shipped(cls) -> Shapes:
        """Read the shapes of councils, once per file."""
        return _read_once(reference("shapes/lad.geojson.gz"))

    def at(self, longitude: Floats, latitude: Floats) -> list[str | None]:
        """Give the code of the shape that each point lies in; None where it lies in none.

        Notes
        -----
        A point lies inside where a line from it to the east crosses the borders of a shape an odd
        number of times. A point without coordinates (NaN) lies nowhere.

        Examples
        --------
        >>> square = [(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]
        >>> hole = [(0.5, 0.5), (0.5, 1), (1, 1), (1, 0.5), (0.5, 0.5)]
        >>> Shapes({"a": [square, hole]}).at(np.array([0.1, 0.7, 3.0]), np.array([1.0, 0.7, 1.0]))
        ['a', None, None]
        """
        found: list[str | None] = [None] * len(longitude)
        for code, edges in self._edges.items():
            near = np.flatnonzero(_near(edges, longitude, latitude))
            for position in near[_inside(edges, longitude[near], latitude[near])]:
                found[position] = code
        return found


def _edges(rings: Sequence[Sequence[Point]]) -> Floats:
    """Set out the edges of rings as ``x1, y1, x2, y2``; level ones are never crossed."""
    held = [np.asarray(ring, dtype=np.float64) for ring in rings]
    edges: Floats = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in held])
    sloping: Floats = edges[edges[:, 1] != edges[:, 3]]
    return sloping


def _near(edges: Floats, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
    low, high = edges.min(axis=0), edges.max(axis=0)
    inside: npt.NDArray[np.bool_] = (low[0] <= x) & (x <= high[0]) & (low[1] <= y) & (y <= high[1])
    return inside


def _inside(edges: Floats, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
    odd = np.zeros(len(x), dtype=np.bool_)
    for x1, y1, x2, y2 in edges if len(x) else ():
        beside = (y1 > y) != (y2 > y)
        odd ^= beside & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return odd


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Shapes:
    held = json.loads(gzip.decompress(path.read_bytes()))
    return Shapes({f["properties"]["code"]: _rings(f["geometry"]) for f in held["features"]})


def _rings(geometry: Mapping[str, Any]) -> list[list[Point]]:
    shapes = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        return [ring for shape in shapes for ring in shape]
    return list(shapes)
