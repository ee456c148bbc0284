"""Deprivation and shapes: what the project ships of the English indices and of boundaries.

The English Indices of Deprivation (2019 by LSOA of 2011, 2025 by LSOA of 2021) rank every LSOA of
England: https://www.gov.uk/government/collections/english-indices-of-deprivation. Decile 1 is the
most deprived tenth. The Welsh Index of Multiple Deprivation 2019 ranks the LSOAs of 2011 of Wales:
https://www.gov.wales/welsh-index-multiple-deprivation. The two do not compare.
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
_WALES = "wimd-2019-index-and-domain-scores.csv"
# Metres; in a map of a force on a page a line is hardly thinner.
_TOLERANCE = 60


def deprivation_table(folder: Path, *, wales: Path) -> pd.DataFrame:
    """Give the indices by LSOA: one row for each year and LSOA of England, and for Wales of 2019.

    Parameters
    ----------
    folder
        Folder with the two tables of England.
    wales
        Folder with the table of Wales.

    Returns
    -------
    DataFrame
        ``year``, ``lsoa``, ``rank`` (1 is the most deprived of its country) and ``decile`` (1 to
        10) of the index as a whole, ``crime_decile`` of its domain of crime (in Wales community
        safety), and ``score`` (higher is more deprived; missing for England in 2019, of which the
        file holds none). The table of Wales holds scores: ranks are made from them, and LSOAs of
        one score share a rank.

    Raises
    ------
    SourceError
        If a file lacks a column, an LSOA is there twice, or a decile is none.
    """
    tables = [*(_index(folder, year) for year in INDICES), _welsh_index(wales)]
    return pd.concat(tables, ignore_index=True).sort_values(["year", "lsoa"], ignore_index=True)


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


def _welsh_index(folder: Path) -> pd.DataFrame:
    raw = pd.read_csv(folder / _WALES, encoding="utf-8-sig").rename(columns=str.strip)
    for column in ("lsoa", "WIMD 2019", "Community Safety"):
        if column not in raw:
            raise SourceError("the column is missing", file=folder / _WALES, line=1, column=column)
    if raw["lsoa"].duplicated().any() or raw[["WIMD 2019", "Community Safety"]].isna().any(
        axis=None
    ):
        reason = "an LSOA stands there twice, or has no score"
        raise SourceError(f"{reason}; download it again", file=folder / _WALES)
    ranks = raw["WIMD 2019"].rank(ascending=False, method="min")
    safety = raw["Community Safety"].rank(ascending=False, method="min")
    table = pd.DataFrame(
        {
            "year": pd.Series(2019, index=raw.index, dtype="int16"),
            "lsoa": raw["lsoa"],
            "rank": ranks.astype("int32"),
            "decile": _tenths(ranks),
            "crime_decile": _tenths(safety),
            "score": raw["WIMD 2019"].astype("Float32"),
        }
    )
    return table.sort_values("lsoa", ignore_index=True)


def _tenths(ranks: pd.Series) -> pd.Series:
    """Give the tenth in which each rank lies.

    Examples
    --------
    >>> _tenths(pd.Series([1, 2, 3, 11, 20] + [9] * 15)).tolist()[:5]
    [1, 1, 2, 6, 10]
    """
    return ((ranks * 10 - 1) // len(ranks) + 1).astype("int8")


def _rounded(shape: Any) -> Any:
    """Give a shape as GeoJSON with coordinates of about ten metres."""

    def trimmed(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [trimmed(part) for part in value]
        return round(float(value), 4)

    held = shape.__geo_interface__
    return {"type": held["type"], "coordinates": trimmed(held["coordinates"])}
