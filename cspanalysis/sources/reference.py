"""Reference tables: from the lookups and populations of ONS to the tables that the project ships.

Areas, wards and forces become small CSV files, and every LSOA of 2011 and of 2021 becomes a row of
``places.parquet``: its successors, its ward, council, CSP and force, its residents and households.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from cspanalysis.sources.boundaries import lsoa_outlines, outlines_file
from cspanalysis.sources.deprivation import deprivation_table, shapes_text
from cspanalysis.sources.names import names_table
from cspanalysis.sources.official import official_table
from cspanalysis.sources.similar import similar_table
from cspanalysis.sources.wider import wider_table
from cspanalysis.vocabulary.area import slug_of

__all__ = [
    "areas_table",
    "build_outlines",
    "build_reference",
    "build_shapes",
    "forces_table",
    "places_table",
    "residents_table",
    "wards_table",
]

# CSPs that outlived their council: where a council of today holds several CSPs, the district that
# an LSOA of 2011 bears in its name says which. Christchurch was always in the CSP of Dorset.
_DISTRICT_CSPS = {
    "Christchurch": "Dorset",
    "Daventry": "Daventry and South Northamptonshire",
    "South Northamptonshire": "Daventry and South Northamptonshire",
}
_POLICE_UK_SLUGS = {"Metropolitan Police": "metropolitan"}
# They publish street files but have no police force area of their own.
_NO_TERRITORY = (
    ("btp", "British Transport Police"),
    ("northern-ireland", "Police Service of Northern Ireland"),
)
_SOURCE = (
    "# Source: Office for National Statistics licensed under the Open Government Licence v3.0; "
    "contains OS data © Crown copyright and database right. Made by cspanalysis.store.rebuild."
)

_SOURCES = {
    "other-names.csv": (
        "# Source: Office for National Statistics licensed under the Open Government Licence v3.0; "
        "register of local authorities of mySociety, CC BY 4.0. Made by cspanalysis.store.rebuild."
    )
}


def build_reference(shared: Path, *, into: Path) -> tuple[Path, ...]:
    """Write all reference tables that derive from published lookups and populations.

    Parameters
    ----------
    shared
        Folder with ``lookups``, ``population``, ``deprivation``, ``wales``, ``similar_areas`` and
        ``ons_crime``.
    into
        Folder of the reference tables; made where it is missing.

    Returns
    -------
    tuple of Path
        The files written. The same inputs give the same bytes.
    """
    into.mkdir(parents=True, exist_ok=True)
    councils = _csps_of_councils(shared / "lookups")
    tables = {
        "areas.csv": areas_table(councils),
        "wider-areas.csv": wider_table(shared / "lookups", councils),
        "forces.csv": forces_table(councils),
        "wards.csv": wards_table(shared / "lookups"),
        "residents.csv": residents_table(shared),
        "similar-areas.csv": similar_table(shared / "similar_areas", councils),
    }
    stacked = shared / "ons_crime" / "20152024regionalcrimeFull.csv"
    tables["official-totals.csv"] = official_table(stacked)
    places = places_table(shared)
    named = councils.assign(csp_name=councils["csp_name"].map(_clean_name))
    tables["other-names.csv"] = names_table(shared / "lookups", named)
    for name, table in tables.items():
        _write_csv(table, into / name, source=_SOURCES.get(name, _SOURCE))
    places.to_parquet(into / "places.parquet", index=False, compression="zstd")
    index = deprivation_table(shared / "deprivation", wales=shared / "wales")
    index.to_parquet(into / "deprivation.parquet", index=False, compression="zstd")
    made = (*tables, "places.parquet", "deprivation.parquet")
    return tuple(into / name for name in made)


def build_outlines(shared: Path, *, into: Path) -> Path:
    """Write the outlines of the LSOAs of England and Wales, for maps.

    Parameters
    ----------
    shared
        Folder with ``boundaries``.
    into
        Folder of the reference tables.
    """
    path = into / "shapes" / "lsoa.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    outlines = lsoa_outlines(shared / "boundaries" / "boundaries_lsoa21.gpkg")
    path.write_bytes(outlines_file(outlines))
    return path


def build_shapes(shared: Path, *, into: Path) -> Path:
    """Write simplified shapes of all councils, which place points; this takes geopandas.

    Parameters
    ----------
    shared
        Folder with ``boundaries``.
    into
        Folder of the reference tables.
    """
    path = into / "shapes" / "lad.geojson.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = shapes_text(shared / "boundaries" / "boundaries_ltla24.gpkg", code="ltla24_code")
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def areas_table(councils: pd.DataFrame) -> pd.DataFrame:
    """Give the register of areas: code, name, kind and force of CSPs, councils and forces."""
    parts = [
        councils[[f"{kind}_code", f"{kind}_name", "pfa_code"]]
        .set_axis(["code", "name", "force"], axis=1)
        .assign(kind=label)
        .drop_duplicates("code")
        .sort_values("code")
        for kind, label in (("csp", "csp"), ("lad", "lad"), ("pfa", "force"))
    ]
    table = pd.concat(parts)
    table["name"] = table["name"].map(_clean_name)
    return table[["code", "name", "kind", "force"]]


def forces_table(councils: pd.DataFrame) -> pd.DataFrame:
    """Give the forces as data.police.uk names them: slug, code of the police force area, name."""
    forces = councils[["pfa_code", "pfa_name"]].drop_duplicates().sort_values("pfa_code")
    rows = []
    for code, name in forces.itertuples(index=False):
        clean = _clean_name(name)
        rows.append((_POLICE_UK_SLUGS.get(clean, slug_of(clean)), code, clean))
    rows += [(slug, "", name) for slug, name in _NO_TERRITORY]
    return pd.DataFrame(rows, columns=["slug", "code", "name"])


def wards_table(lookups: Path) -> pd.DataFrame:
    """Give the wards of 2024: code, name and code of their council."""
    wards = pd.read_csv(lookups / "lookup_lsoa21_ward24_ltla24.csv.gz", dtype=str)
    table = wards[["ward24_code", "ward24_name", "ltla24_code"]].drop_duplicates("ward24_code")
    table = table.set_axis(["code", "name", "lad"], axis=1).sort_values("code")
    return table.assign(name=table["name"].str.strip())


def residents_table(shared: Path) -> pd.DataFrame:
    """Give the residents of every council in the middle of each year: ``code``, ``2011``, ...

    Notes
    -----
    The published table bears names alone. A council that it calls otherwise ends the making, so
    that none is left out unseen.

    Raises
    ------
    ValueError
        If a council of the lookups is not in the table, or is there twice.
    """
    councils = pd.read_csv(shared / "lookups/lookup_ltla24_csp24_pfa24.csv.gz", dtype=str)
    names = councils.drop_duplicates("ltla24_code").set_index("ltla24_code")["ltla24_name"]
    published = pd.read_csv(
        shared / "population/mid_2011_to_2023_all_areas.csv", encoding="utf-8-sig"
    )
    wider = ("Country", "Region", "County", "Metropolitan County")
    published = published[~published["Geography"].isin(wider)]
    years = sorted(str(c) for c in published if re.fullmatch(r"Mid-\d{4}", str(c)))
    table = published.assign(key=published["Name"].str.strip()).set_index("key")[years]
    wanted = names.str.strip().tolist()
    twice = table.index[table.index.duplicated()].tolist()
    if wrong := [*sorted({*wanted} - {*table.index}), *twice]:
        raise ValueError(f"councils that the table of residents lacks, or has twice: {wrong}")
    found = table.loc[wanted].round().astype("int64")
    found.columns = pd.Index([year.removeprefix("Mid-") for year in years])
    return found.set_axis(names.index).rename_axis("code").sort_index().reset_index()


def places_table(shared: Path) -> pd.DataFrame:
    """Give one row for every LSOA of 2011 and of 2021.

    Returns
    -------
    DataFrame
        ``lsoa``; ``name``; ``in_2011`` and ``in_2021`` (whether the code exists in that vintage);
        ``successors`` (codes of 2021, separated by spaces); ``ward``, ``lad`` and ``csp`` (codes
        of 2024; the ward is empty where successors lie in several wards); ``force``; ``residents``
        (mid-2020) and ``households`` (Census 2021), both for LSOAs of 2021 only.

    Notes
    -----
    Populations of mid-2020 were published by LSOA of 2011. An LSOA that was split shares its
    residents among its successors in proportion to their households of 2021, in whole persons
    (largest remainders), so that sums stay what they were. Merged LSOAs add up.
    """
    lookups = shared / "lookups"
    chain = pd.read_csv(lookups / "lookup_lsoa11_lsoa21_ltla22.csv.gz", dtype=str)
    new = _places_2021(lookups, chain)
    new["households"] = _households(shared / "population").reindex(new.index).astype("int32")
    residents = _residents(shared / "population", chain, new["households"])
    new["residents"] = residents.reindex(new.index).astype("int32")
    old = _places_2011(lookups, chain, new)
    kept = old.index.intersection(new.index)
    new["in_2011"], new["in_2021"] = new.index.isin(kept), True
    gone = old.drop(index=kept).assign(in_2011=True, in_2021=False)
    table = pd.concat([new, gone]).sort_index().rename_axis("lsoa").reset_index()
    columns = "lsoa name in_2011 in_2021 successors ward lad csp force residents households"
    table["residents"] = table["residents"].astype("Int32")
    table["households"] = table["households"].astype("Int32")
    ordered: pd.DataFrame = table[columns.split()]
    return ordered


def _csps_of_councils(lookups: Path) -> pd.DataFrame:
    """Council, CSP and force of 2024: one row for each pair of council and CSP."""
    table = pd.read_csv(lookups / "lookup_ltla24_csp24_pfa24.csv.gz", dtype=str)
    names = ["lad_code", "lad_name", "csp_code", "csp_name", "pfa_code", "pfa_name"]
    for column in table:
        table[column] = table[column].str.strip()
    return table.set_axis(names, axis=1)


def _places_2021(lookups: Path, chain: pd.DataFrame) -> pd.DataFrame:
    wards = pd.read_csv(lookups / "lookup_lsoa21_ward24_ltla24.csv.gz", dtype=str)
    wards = wards.set_index("lsoa21_code")
    councils = _csps_of_councils(lookups)
    single = councils.drop_duplicates("lad_code", keep=False).set_index("lad_code")["csp_code"]
    by_name = councils.set_index(["lad_code", "csp_name"])["csp_code"]
    district = _district(chain.drop_duplicates("lsoa21_code").set_index("lsoa21_code"))
    wanted = pd.MultiIndex.from_arrays(
        [wards["ltla24_code"], district.reindex(wards.index).replace(_DISTRICT_CSPS)]
    )
    former = pd.Series(by_name.reindex(wanted).to_numpy(), index=wards.index)
    forces = councils.drop_duplicates("csp_code").set_index("csp_code")["pfa_code"]
    csp = wards["ltla24_code"].map(single).fillna(former)
    return pd.DataFrame(
        {
            "name": wards["lsoa21_name"].str.strip(),
            "successors": wards.index,
            "ward": wards["ward24_code"],
            "lad": wards["ltla24_code"],
            "csp": csp,
            "force": csp.map(forces),
        }
    )


def _places_2011(lookups: Path, chain: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Place LSOAs of 2011 where all their successors lie, or else with their old council."""
    places = chain[["lsoa11_code", "lsoa21_code"]].join(
        new[["ward", "lad", "csp", "force"]], on="lsoa21_code"
    )
    groups = places.sort_values("lsoa21_code").groupby("lsoa11_code", sort=True)
    wholes = groups[["ward", "lad", "csp", "force"]]
    common = wholes.first().where(wholes.nunique(dropna=False) < 2)
    common["successors"] = groups["lsoa21_code"].agg(" ".join)
    common["name"] = chain.drop_duplicates("lsoa11_code").set_index("lsoa11_code")["lsoa11_name"]
    council = pd.read_csv(lookups / "lookup_lsoa11_ltla19.csv.gz", dtype=str)
    council19 = council.set_index("lsoa11_code")["ltla19_code"].reindex(common.index)
    for level in ("lad", "csp", "force"):
        usual = common.groupby(council19)[level].agg(lambda codes: codes.mode().iloc[0])
        common[level] = common[level].fillna(council19.map(usual))
    return common


def _district(chain: pd.DataFrame) -> pd.Series:
    """District of 2011: the name of an LSOA of 2011 without its number."""
    return chain["lsoa11_name"].str.replace(r"\s+\d{3}[A-Z]$", "", regex=True)


def _households(folder: Path) -> pd.Series:
    table = pd.read_csv(
        folder / "household_type21_lsoa21.csv.gz", usecols=["lsoa21_code", "total_households"]
    )
    return table.drop_duplicates("lsoa21_code").set_index("lsoa21_code")["total_households"]


def _residents(folder: Path, chain: pd.DataFrame, households: pd.Series) -> pd.Series:
    people = pd.read_csv(
        folder / "population20_lsoa11.csv.gz", usecols=["lsoa11_code", "total_population"]
    ).set_index("lsoa11_code")["total_population"]
    pairs = chain[["lsoa11_code", "lsoa21_code"]].sort_values(["lsoa11_code", "lsoa21_code"])
    pairs = pairs.assign(weight=pairs["lsoa21_code"].map(households).to_numpy())
    whole = ~pairs["lsoa11_code"].duplicated(keep=False)
    shares = pairs["lsoa11_code"].map(people).astype("int64").where(whole, 0)
    for code, group in pairs[~whole].groupby("lsoa11_code"):
        parts = share_out(int(people[code]), group["weight"].tolist())
        shares.update(pd.Series(parts, index=group.index))
    return shares.groupby(pairs["lsoa21_code"]).sum()


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share a whole number out in proportion to weights, by largest remainders.

    Examples
    --------
    >>> share_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])
    for position in by_remainder[: total - sum(shares)]:
        shares[position] += 1
    return shares


def _clean_name(name: str) -> str:
    """Turn an inverted official name round; keep only the place where that is how it is called.

    Examples
    --------
    >>> _clean_name("London, City of"), _clean_name("Bristol, City of")
    ('City of London', 'Bristol')
    >>> _clean_name("Bournemouth, Christchurch and Poole")
    'Bournemouth, Christchurch and Poole'
    """
    place, comma, title = name.strip().partition(", ")
    if not comma or not title.endswith(" of"):
        return name.strip()
    return f"{title} {place}" if place == "London" else place


def _write_csv(table: pd.DataFrame, path: Path, *, source: str = _SOURCE) -> None:
    rows: Iterable[tuple[object, ...]] = table.itertuples(index=False, name=None)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(source + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(rows)
