"""Months: what a force's file gave, as the parts of it that a store keeps."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cspanalysis.sources.police_uk import CRIME_TYPES, FORMER_TYPES
from cspanalysis.sources.police_uk_rows import TEXT, CountedMonth
from cspanalysis.store.parts import Part, source_of
from cspanalysis.store.places import Places
from cspanalysis.store.shapes import Shapes
from cspanalysis.vocabulary import Measure, Period

__all__ = ["LAST_OUTCOMES", "parts_of"]

LAST_OUTCOMES = "police-uk-last-outcomes"
"""Source of the last outcomes that street files give of their crimes."""


def parts_of(month: CountedMonth, vintage: str, places: Places) -> tuple[Part, ...]:
    """Make the parts of a file: of a street file its counts, and its last outcomes by CSP."""
    tables = {source_of(month.file.kind): month.counts}
    if month.file.kind == "stop-and-search":
        tables = {source_of(month.file.kind): _of_councils(month.counts, places)}
    if month.decided is not None:
        tables[LAST_OUTCOMES] = month.decided
    return tuple(
        Part(
            _row(month, table, places) | {"source": source, "vintage": vintage},
            _observed(month, table),
            month.file.member.shown,
        )
        for source, table in tables.items()
    )


def _of_councils(counts: pa.Table, places: Places) -> pa.Table:
    """Count searches by the CSP whose council their point lies in."""
    points = [counts[axis].to_numpy() for axis in ("longitude", "latitude")]
    csps = places.csps_of_councils
    placed = [csps.get(council or "") for council in Shapes.shipped().at(*points)]
    keys = ["csp", "object", "outcome"]
    table = counts.append_column("csp", pa.array(placed, TEXT)).group_by(keys, use_threads=False)
    return table.aggregate([("count", "sum")]).rename_columns([*keys, "count"])


def _area(table: pa.Table) -> pa.Array:
    """Give the code of the LSOA or CSP that each row was counted to."""
    column = table["csp" if "csp" in table.column_names else "lsoa"]
    return column.combine_chunks()


def _row(month: CountedMonth, table: pa.Table, places: Places) -> dict[str, Any]:
    """Give a part's row of the coverage table."""
    force, areas = month.file.force, _area(table).dictionary_encode()
    counts = table["count"].to_numpy()
    at = areas.indices.fill_null(len(areas.dictionary)).to_numpy()
    by_area = np.bincount(at, counts, len(areas.dictionary) + 1).astype(int)[:-1]
    inside = pc.is_in(areas.dictionary, places.codes_of_force(force.code)).to_numpy(False)
    rows, located = int(counts.sum()), int(by_area.sum())
    return {
        "force": force.slug,
        "period_start": month.file.month,
        "period_end": Period.of_months(month.file.month, month.file.month).end,
        "area_code": force.code,
        "lsoa_vintage": places.vintage_of(areas.dictionary),
        "rows": rows,
        "located": located,
        "without_location": rows - located,
        "outside": located - int(by_area[inside].sum()) if force.code else 0,
        "repeated": month.repeated,
        "sha256": month.sha256,
        "encoding": month.encoding,
    }


def _observed(month: CountedMonth, table: pa.Table) -> pa.Table:
    start = pa.repeat(pa.scalar(month.file.month, pa.date32()), len(table))
    columns = {"area_code": _area(table), "period_start": start}
    if "crime_type" in table.column_names:
        types = table["crime_type"].combine_chunks().dictionary_encode()
        codes = [_codes()[name] for name in types.dictionary.to_pylist()]
        columns["measure"] = pa.array(codes, TEXT).take(types.indices)
    columns |= {name: table[name] for name in ("object", "outcome") if name in table.column_names}
    return pa.table(columns | {"count": table["count"].cast(pa.int32())})


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {name: Measure.named(name).code for name in CRIME_TYPES + FORMER_TYPES}
