"""Similar areas: ONS statistical nearest neighbours of councils, told of councils and CSPs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

__all__ = ["MODEL", "MOST", "similar_table"]

MOST = 20
"""ONS names so many for each council."""

MODEL = "global-neighbours.csv"
"""The model that takes in all of the statistics: health, economy, education and people."""

_CODES_OF_2024 = {"E08000038": "E08000016", "E08000039": "E08000019"}
"""Barnsley and Sheffield bear codes of 2025 there, and those of 2024 in all the other tables."""


def similar_table(folder: Path, councils: pd.DataFrame) -> pd.DataFrame:
    """Give the areas most like each council and each CSP, the most similar first.

    Parameters
    ----------
    folder
        Folder of the published tables: one row a council, its twenty neighbours in order.
    councils
        ``lad_code`` and ``csp_code``, one row for each pair of council and CSP.

    Returns
    -------
    DataFrame
        ``code``, and ``similar``: codes of the same kind of area, separated by spaces.

    Notes
    -----
    Neighbours in Scotland and Northern Ireland, counties and combined authorities have no CSP and
    are left out. A CSP of several councils has the neighbours of all, by the mean of their places
    (21 where a council does not name one), the first twenty of them. CSPs that share a council of
    today have none: the statistics are of the whole council.
    """
    published = pd.read_csv(folder / MODEL, dtype=str, encoding="utf-8-sig").set_index("AREACD")
    published = published.replace(_CODES_OF_2024).rename(index=_CODES_OF_2024)
    known = set(councils["lad_code"])
    named = {
        str(code): [other for other in row.dropna() if other in known]
        for code, row in published.iterrows()
        if code in known
    }
    whole = councils.drop_duplicates("lad_code", keep=False).set_index("lad_code")["csp_code"]
    rows = dict(named)
    for csp, members in whole.groupby(whole):
        lists = [named[lad] for lad in members.index if lad in named]
        rows[str(csp)] = _merged(str(csp), [[whole[o] for o in n if o in whole] for n in lists])
    table = [(code, " ".join(similar)) for code, similar in sorted(rows.items()) if similar]
    return pd.DataFrame(table, columns=["code", "similar"])


def _merged(own: str, lists: list[list[str]]) -> list[str]:
    """Order what several lists name by the mean of its places, without the area itself."""
    firsts = [list(dict.fromkeys(each)) for each in lists]
    every = dict.fromkeys(_flat(firsts))
    places = {
        other: sum(each.index(other) if other in each else MOST for each in firsts)
        for other in every
        if other != own
    }
    return sorted(places, key=lambda other: places[other])[:MOST]


def _flat(lists: Iterable[list[str]]) -> Iterable[str]:
    return (other for each in lists for other in each)
