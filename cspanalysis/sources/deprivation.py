"""Deprivation and shapes: what the project ships of the English indices and of boundaries.

The English Indices of Deprivation (2019 by LSOA of 2011, 2025 by LSOA of 2021) rank every LSOA of
England: https://www.gov.uk/government/collections/english-indices-of-deprivation. Decile 1 is the
most deprived tenth. Wales has an index of its own, which does not compare.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from cspanalysis.errors import SourceError

__all__ = ["INDICES", "deprivation_table", "shapes_text"]

INDICES = {
    2019: ("imd2019_england_lsoa11.csv.gz", "lsoa11_code"),
    2025: ("imd2025_england_lsoa21.csv.gz", "lsoa21_code"),
}
# Metres; in a map of a force on a page a line is hardly thinner.
_TOLERANCE = 60


def deprivation_table(folder: Path) -> pd.DataFrame:
    """Give the index by LSOA: one row for each year and LSOA of England.

    Returns
    -------
    DataFrame
        ``year``, ``lsoa``, ``rank`` (1 is the most deprived) and ``decile`` (1 to 10) of the
        index as a whole, ``crime_decile`` of its domain of crime, and ``score`` (higher is more
        deprived; missing for 2019, of which the file holds none).

    Raises
    ------
    SourceError
        If a file lacks a column, an LSOA is there twice, or a decile is none.
    """
    return pd.concat([_index(folder, year) for year in INDICES], ignore_index=True)


def shapes_text(layer: Path, *, code: str) -> str:
    """Write shapes as GeoJSON: simplified, without gaps of note, in degrees to four places.

    Parameters
    ----------
    layer
        GeoPackage of areas; geopandas must be installed to read it.
    code
        Its column of codes.
    """
    import geopandas

    frame = geopandas.read_file(layer)
    frame = frame.sort_values(code).to_crs(27700)
    simple = frame.set_geometry(frame.geometry.simplify_coverage(_TOLERANCE)).to_crs(4326)
    features = [
        {"type": "Feature", "properties": {"code": str(name)}, "geometry": _rounded(shape)}
        for name, shape in zip(simple[code], simple.geometry, strict=True)
    ]
    held = {"type": "FeatureCollection", "features": features}
    return json.dumps(held, separators=(",", ":")) + "\n"


def _index(folder: Path, year: int) -> pd.DataFrame:
    name, key = INDICES[year]
    raw = pd.read_csv(folder / name)
    for column in (key, "IMD_rank", "IMD_decile", "Crime_decile"):
        if column not in raw:
            raise SourceError("the column is missing", file=folder / name, line=1, column=column)
    table = pd.DataFrame(
        {
            "year": pd.Series(year, index=raw.index, dtype="int16"),
            "lsoa": raw[key],
            "rank": raw["IMD_rank"].astype("int32"),
            "decile": raw["IMD_decile"].astype("int8"),
            "crime_decile": raw["Crime_decile"].astype("int8"),
            "score": raw.get("IMD_score", pd.Series(pd.NA, index=raw.index)).astype("Float32"),
        }
    )
    if table["lsoa"].duplicated().any() or not table["decile"].between(1, 10).all():
        reason = "an LSOA stands there twice, or a decile is not from 1 to 10"
        raise SourceError(f"{reason}; download it again", file=folder / name)
    return table.sort_values("lsoa", ignore_index=True)


def _rounded(shape: Any) -> Any:
    """Give a shape as GeoJSON with coordinates of about ten metres."""

    def trimmed(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [trimmed(part) for part in value]
        return round(float(value), 4)

    held = shape.__geo_interface__
    return {"type": held["type"], "coordinates": trimmed(held["coordinates"])}
