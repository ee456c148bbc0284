"""Parts: what a source gave, as rows of the coverage table and the observations behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from cspanalysis.sources import police_uk, published
from cspanalysis.sources.police_uk_files import forces
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of

__all__ = ["Part", "file_name", "force_slug", "joined", "published_parts", "street_parts"]

_COUNTS = pa.schema(
    [
        ("area_code", pa.string()),
        ("period_start", pa.date32()),
        ("measure", pa.string()),
        ("count", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what is kept or left as one: a force's month, or an area's period in a table.

    Parameters
    ----------
    row
        Its row of the coverage table, but for ``file``, ``input`` and ``input_sha256``.
    observations
        Its observations.
    shown
        Path of the file it came from, for messages.
    """

    row: dict[str, Any]
    observations: pa.Table
    shown: str


def street_parts(months: Sequence[police_uk.StreetMonth], vintage: str) -> list[Part]:
    """Make the parts of a force's street files."""
    codes = pa.array([Measure.named(name).code for name in police_uk.CRIME_TYPES])
    return [
        Part(
            _street_row(month, vintage),
            _street_observations(month, codes),
            month.file.member.shown,
        )
        for month in months
    ]


def published_parts(table: published.PublishedTable, vintage: str, shown: str) -> list[Part]:
    """Make the parts of a table of published figures, one for each area and period."""
    parts = []
    for key, figures in table.figures.groupby(["area_code", "period_start", "period_end"]):
        area, start, end = Area.named(str(key[0])), *cast("tuple[Any, Any]", key[1:])
        row = {
            "source": "published",
            "force": force_slug(Places.shipped().force_code(area)),
            "period_start": start,
            "period_end": end,
            "area_code": area.code,
            "vintage": vintage,
            "lsoa_vintage": "",
            "rows": len(figures),
            "located": 0,
            "without_location": 0,
            "outside": 0,
            "sha256": _digest(figures.drop(columns="line").to_csv(index=False)),
        }
        kept = figures.assign(vintage=vintage, licence=table.licence)
        parts.append(Part(row, pa.Table.from_pandas(kept, preserve_index=False), shown))
    return parts


def joined(parts: Sequence[Part]) -> pa.Table:
    """Put parts together: counts sorted so that one area's rows lie together, figures by line."""
    table = pa.concat_tables([part.observations for part in parts])
    keys = ["line"] if "line" in table.column_names else ["area_code", "measure", "period_start"]
    return table.sort_by([(key, "ascending") for key in keys]).replace_schema_metadata(None)


def file_name(parts: Sequence[Part]) -> str:
    """Name the file of parts, inside the store, by what is in it."""
    rows = [part.row for part in parts]
    source, vintage = rows[0]["source"], rows[0]["vintage"]
    digest = _digest("".join(row["sha256"] for row in rows))[:12]
    folder = f"observations/source={source}"
    if source == "published":
        return f"{folder}/{vintage}-{digest}.parquet"
    span = f"{rows[0]['period_start']:%Y-%m}-to-{rows[-1]['period_start']:%Y-%m}"
    return f"{folder}/force={rows[0]['force']}/{span}-{vintage}-{digest}.parquet"


def force_slug(code: str) -> str:
    """Give the slug of a force by the code of its police force area."""
    slugs = {force.code: slug for slug, force in forces().items() if force.code}
    return slugs.get(code, slug_of(code))


def _street_row(month: police_uk.StreetMonth, vintage: str) -> dict[str, Any]:
    force, places = month.file.force, Places.shipped()
    located = month.counts.filter(pc.is_valid(month.counts["lsoa"]))
    inside = located.filter(pc.is_in(located["lsoa"], places.codes_of_force(force.code)))
    rows, within = _total(located), _total(inside)
    return {
        "source": "police-uk",
        "force": force.slug,
        "period_start": month.file.month,
        "period_end": Period.of_months(month.file.month, month.file.month).end,
        "area_code": force.code,
        "vintage": vintage,
        "lsoa_vintage": places.vintage_of(located["lsoa"]),
        "rows": month.rows,
        "located": rows,
        "without_location": month.rows - rows,
        "outside": rows - within if force.code else 0,
        "sha256": month.sha256,
    }


def _total(counts: pa.Table) -> int:
    return int(pc.sum(counts["count"]).as_py() or 0)


def _street_observations(month: police_uk.StreetMonth, codes: pa.Array) -> pa.Table:
    types = pc.index_in(month.counts["crime_type"], pa.array(police_uk.CRIME_TYPES))
    columns = {
        "area_code": month.counts["lsoa"],
        "period_start": pa.repeat(pa.scalar(month.file.month), len(types)),
        "measure": codes.take(types.combine_chunks()),
        "count": month.counts["count"],
    }
    return pa.table(columns).cast(_COUNTS)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
