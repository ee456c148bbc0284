"""Checks: what stores hold in all, what the last ingest added, and whether files are whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cspanalysis.errors import StoreError
from cspanalysis.paths import way_back
from cspanalysis.store import manifest
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.kept import Kept, is_whole, read_table
from cspanalysis.vocabulary.listed import many

__all__ = ["added_last", "found_damaged", "held_inputs", "replaced_rows", "summed_up"]

_SUMMED = [
    *("source", "force", "first", "last", "months"),
    *("areas", "rows", "vintages", "part", "missing"),
]
_KEY = ["source", "force", "period_start", "period_end", "area_code"]


def summed_up(coverage: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Sum up a coverage table by source and force; see `Store.summary`."""
    by_file = rows["source"].str.startswith("police-uk")
    areas = rows[~by_file].groupby(["source", "force"])["area_code"].nunique()
    ends = rows[~by_file].groupby(["source", "force"])["period_end"].max()
    found = []
    for key, held in coverage.groupby(["source", "force"], sort=True):
        there = held[held["vintage"] != ""]
        newest = there.sort_values("vintage", kind="stable").drop_duplicates("month", keep="last")
        by_month = held.drop_duplicates("month")["status"].value_counts()
        found.append(
            {
                "source": key[0],
                "force": key[1],
                "first": there["month"].min(),
                "last": pd.Timestamp(ends.get(key, there["month"].max())).replace(day=1),
                "months": there["month"].nunique(),
                "areas": int(areas.get(key, 0)),
                "rows": int((newest if not areas.get(key, 0) else there)["rows"].sum()),
                "vintages": there["vintage"].nunique(),
                "part": int(by_month.get("part", 0)),
                "missing": int(by_month.get("missing", 0)),
            }
        )
    return pd.DataFrame(found, columns=_SUMMED)


def added_last(coverage: Coverage) -> pd.DataFrame:
    """List what the last ingest into each store added; see `Store.last_ingest`."""
    found = []
    for root, rows in coverage.rows.groupby("root", sort=False):
        before = manifest.read_before(Path(str(root)))
        if before.empty:
            continue
        known = set(before[[*_KEY, "vintage", "sha256"]].itertuples(index=False, name=None))
        keys = rows[[*_KEY, "vintage", "sha256"]].itertuples(index=False, name=None)
        fresh = rows[[key not in known for key in keys]]
        newest = before.sort_values("vintage", kind="stable").drop_duplicates(_KEY, keep="last")
        joined = fresh.merge(newest[[*_KEY, "rows"]], on=_KEY, how="left", suffixes=("", "_before"))
        found.append(joined)
    columns = ["source", "force", "month", "vintage", "input", "rows", "replaces"]
    if not found:
        return pd.DataFrame(columns=columns)
    names = {"period_start": "month", "rows_before": "replaces"}
    table = pd.concat(found, ignore_index=True).rename(columns=names)[columns]
    return table.astype({"rows": "Int64", "replaces": "Int64"})


def held_inputs(coverage: Coverage) -> pd.DataFrame:
    """List the inputs that rows which count came from; see `Store.inputs`."""
    keys = ["input", "input_sha256", "vintage"]
    held = coverage.rows.groupby(keys, sort=True)
    found = held.agg(
        sources=("source", lambda names: ", ".join(sorted(set(names)))),
        first=("period_start", "min"),
        last=("period_end", "max"),
        parts=("source", "size"),
        rows=("rows", "sum"),
        encodings=("encoding", lambda names: ", ".join(sorted({*names} - {""}))),
    )
    return found.reset_index()


def replaced_rows(coverage: Coverage, *, forgotten: bool) -> pd.DataFrame:
    """List the rows that were replaced, or forgotten; see `Store.replaced`."""
    columns = ["source", "force", "month", "area_code", "vintage", "rows"]
    columns += ["input", "input_sha256", *manifest.REPLACED]
    table = coverage.replaced.rename(columns={"period_start": "month"})
    table = table[(table["replaced_by"] == manifest.FORGOTTEN) == forgotten]
    return table[columns].reset_index(drop=True)


def found_damaged(coverage: Coverage) -> tuple[str, ...]:
    """Say which files of observations are damaged; see `Store.damage`.

    A file holds what was replaced since as well.
    """
    said: list[str] = []
    rows = pd.concat([coverage.rows, coverage.replaced], ignore_index=True)
    rows = rows[rows["file"] != ""].drop_duplicates(["root", "file", *_KEY, "sha256"])
    for _, held in rows.groupby(["root", "file"]):
        said += _damage(Kept.of(held.iloc[0].to_dict()), held)
    return tuple(said)


def _damage(kept: Kept, held: pd.DataFrame) -> Iterator[str]:
    try:
        table = read_table(kept)
    except StoreError as error:
        yield str(error)
        return
    way = way_back(kept.path, kept.input)
    if kept.sha256:
        if not is_whole(kept):  # since it was first read in this process
            yield f"{kept.path}: observations are damaged since they were read; {way}"
        return
    by_file = held["source"].iloc[0].startswith("police-uk")
    counted = int(table["count"].sum()) if by_file else len(table)
    expected = int(held["rows"].sum())
    if counted != expected:
        what = f"holds {many(counted, 'row')} where {expected:,} were counted"
        yield f"{kept.path}: {what}; {way}"
