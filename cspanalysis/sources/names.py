"""Other names of areas: short ones, and councils and counties that are no one partnership."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from cspanalysis.vocabulary.area import slug_of

__all__ = ["names_table"]

_ENGLAND_AND_WALES = ("England", "Wales")
_SHORT = re.compile(r"^(?P<first>.+?)[ -](?:and|upon|on|under)[ -]")
_NO_NAMES = re.compile(r"(?: UA| london boro)$|^(?:city|county) of$|^ynys mn$")
"""Endings that a list of codes needs and nobody writes, and pieces of inverted names."""
_WRITTEN = {"Northern Devon": "E22000363"}
"""Names in the tables of the Home Office that no register of councils knows."""

Row = tuple[str, str, str]


def names_table(lookups: Path, councils: pd.DataFrame) -> pd.DataFrame:
    """Give the names by which people call areas, beside their official ones.

    Parameters
    ----------
    lookups
        Folder with the register of local authorities and the lookup of counties.
    councils
        Codes and names of councils (``lad_``) and CSPs (``csp_``), one row for each pair.

    Returns
    -------
    DataFrame
        ``slug`` and ``name``; ``relation``: ``same`` (another name of one CSP), ``within`` (a
        council that is part of a CSP) or ``several`` (a council or county that holds several CSPs);
        ``codes`` of the CSPs, separated by spaces.
    """
    register = pd.read_csv(lookups / "uk_local_authorities.csv", dtype=str, encoding="latin-1")
    register = register[register["nation"].isin(_ENGLAND_AND_WALES)].fillna("")
    taken = {slug_of(name) for name in councils["csp_name"]}
    rows: dict[str, Row] = {}
    found = (_of_today(councils), _counties(lookups, councils), _others(register, councils))
    for row in chain(*found):
        if (slug := slug_of(row[0])) not in taken:
            rows.setdefault(slug, row)
    columns = ["slug", "name", "relation", "codes"]
    return pd.DataFrame([(slug, *rows[slug]) for slug in sorted(rows)], columns=columns)


def _of_today(councils: pd.DataFrame) -> Iterator[Row]:
    """Councils whose CSP bears another name, or that hold several, or are a part of one."""
    members = councils.groupby("csp_code")["lad_code"].nunique()
    for name, group in councils.groupby("lad_name"):
        codes = sorted(group["csp_code"])
        alone = len(codes) == 1 and members[codes[0]] == 1
        relation = "same" if alone else "within" if len(codes) == 1 else "several"
        yield str(name), relation, " ".join(codes)


def _counties(lookups: Path, councils: pd.DataFrame) -> Iterator[Row]:
    table = pd.read_csv(lookups / "lookup_ltla23_utla23.csv", dtype=str)
    table = table[table["utla23_code"].str.startswith("E10")]
    csps = councils.groupby("lad_code")["csp_code"].agg(list)
    for name, group in table.groupby("utla23_name"):
        codes = sorted({c for lad in group["ltla23_code"] for c in csps.get(lad, ())})
        yield str(name), "several", " ".join(codes)


def _others(register: pd.DataFrame, councils: pd.DataFrame) -> Iterator[Row]:
    """Other names, and the first part of a name, of councils that are one CSP, where but one is."""
    same = {name: codes for name, relation, codes in _of_today(councils) if relation == "same"}
    of_lad = councils.set_index("lad_code")["lad_name"]
    listed = list(_WRITTEN.items())
    for row in register[["gss-code", "alt-names"]].itertuples(index=False):
        name = of_lad.get(row[0])
        if isinstance(name, str) and name in same:
            names = [n.strip() for n in (*row[1].split(","), *_firsts(name))]
            fit = [n for n in names if n and n.isascii() and not _NO_NAMES.search(n)]
            listed += [(n, same[name]) for n in fit]
    ours = Counter(slug for slug, _ in {(slug_of(name), code) for name, code in listed})
    for name, code in listed:
        if ours[slug_of(name)] == 1:
            yield name, "same", code


def _firsts(name: str) -> tuple[str, ...]:
    short = _SHORT.match(name)
    return (short["first"],) if short else ()
