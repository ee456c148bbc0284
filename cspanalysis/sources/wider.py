"""Wider areas: the counties, combined authorities, regions and countries made of councils."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

__all__ = ["wider_table"]

_LOOKUPS = (
    ("county", "lookup_ltla23_utla23.csv", "utla23"),
    ("combined", "lookup_ltla23_cauth23.csv", "cauth23"),
    ("region", "lookup_ltla23_region23.csv", "region23"),
)
_COUNTRIES = (
    ("E92000001", "England", "E"),
    ("W92000004", "Wales", "W"),
    ("K04000001", "England and Wales", "EW"),
)


def wider_table(lookups: Path, councils: pd.DataFrame) -> pd.DataFrame:
    """Give the areas that are made of whole councils: code, name, kind, force and their councils.

    Parameters
    ----------
    lookups
        Folder of the lookups of ONS.
    councils
        Council and force, one row a pair: ``lad_code`` and ``pfa_code``.

    Returns
    -------
    DataFrame
        ``code``, ``name``, ``kind``, ``force`` (empty where they lie in several), ``councils``
        (codes, separated by spaces). A county that is one council is none of them.

    Raises
    ------
    ValueError
        If a lookup names a council that is not among them.
    """
    rows = []
    for kind, file, column in _LOOKUPS:
        table = pd.read_csv(lookups / file, dtype=str)
        table = table[table[f"{column}_code"] != table["ltla23_code"]]
        if unknown := {*table["ltla23_code"]} - {*councils["lad_code"]}:
            raise ValueError(f"{file} names councils that are not known: {sorted(unknown)}")
        for code, part in table.groupby(f"{column}_code"):
            name = str(part[f"{column}_name"].iloc[0]).strip()
            rows.append((str(code), name, kind, set(part["ltla23_code"])))
    for code, name, letters in _COUNTRIES:
        inside = councils["lad_code"].str[0].isin([*letters])
        rows.append((code, name, "country", {*councils.loc[inside, "lad_code"]}))
    return pd.DataFrame(
        [
            (code, name, kind, _force(councils, inside), " ".join(sorted(inside)))
            for code, name, kind, inside in rows
        ],
        columns=["code", "name", "kind", "force", "councils"],
    )


def _force(councils: pd.DataFrame, inside: set[str]) -> str:
    """Give the police force area that all of some councils lie in; empty where they are several."""
    found = {*councils.loc[councils["lad_code"].isin(inside), "pfa_code"]}
    return found.pop() if len(found) == 1 else ""
