"""Parts: what a source gave, as rows of the coverage table and the observations behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa

from cspanalysis.sources.figures import KEYS, FigureTable
from cspanalysis.sources.police_uk_files import forces
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import slug_of

__all__ = [
    "OFFICIAL",
    "Part",
    "by_force",
    "figure_parts",
    "file_name",
    "force_slug",
    "joined",
    "source_of",
]

OFFICIAL = ("ons", "home-office")
"""Sources whose tables give figures of areas all over the country, in the order in which they are
asked."""


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


def by_force(source: str) -> bool:
    """Tell a source of months of a force's files from one of tables by area and period."""
    return source.startswith("police-uk")


def source_of(kind: str) -> str:
    """Name the source of a kind of file: ``police-uk``, ``police-uk-outcomes``, ..."""
    return "police-uk" if kind == "street" else f"police-uk-{kind}"


def figure_parts(table: FigureTable, source: str, vintage: str, shown: str) -> list[Part]:
    """Make the parts of a table of figures, one for each area and period."""
    figures = table.figures.sort_values([*KEYS, "line"], kind="stable", ignore_index=True)
    texts = _texts(figures.drop(columns="line"))
    kept = figures.assign(vintage=vintage, licence=table.licence)
    whole = pa.Table.from_pandas(kept, preserve_index=False)
    parts = []
    for key, rows in figures.groupby(KEYS, sort=True).indices.items():
        digest = _digest("\n".join(texts[row] for row in rows))
        told = {"sha256": digest, "encoding": table.encoding}
        about = _figure_row(source, vintage, key, len(rows)) | told
        parts.append(Part(about, whole.slice(rows[0], len(rows)), shown))
    return parts


def _figure_row(source: str, vintage: str, key: Any, rows: int) -> dict[str, Any]:
    code, start, end = key
    counts = dict.fromkeys(["located", "without_location", "outside", "repeated"], 0)
    return {
        "source": source,
        "force": _force_of(code),
        "period_start": start,
        "period_end": end,
        "area_code": code,
        "vintage": vintage,
        "lsoa_vintage": "",
        "rows": rows,
    } | counts


@lru_cache(maxsize=1024)
def _force_of(code: str) -> str:
    return force_slug(Places.shipped().force_code(Area.named(code)))


def _texts(figures: pd.DataFrame) -> list[str]:
    """Write every row as one text, for its hash."""
    values = figures.astype(object).where(figures.notna(), "")
    return ["\x1f".join(map(str, row)) for row in values.itertuples(index=False, name=None)]


def joined(parts: Sequence[Part]) -> pa.Table:
    """Put parts together: counts sorted so that one area's rows lie together, figures by line."""
    table = pa.concat_tables([part.observations for part in parts])
    names = table.column_names
    order = ["area_code", "measure", "object", "outcome", "period_start"]
    keys = ["line"] if "line" in names else [name for name in order if name in names]
    return table.sort_by([(key, "ascending") for key in keys]).replace_schema_metadata(None)


def file_name(rows: Sequence[Mapping[str, Any]]) -> str:
    """Name the file of rows of the coverage table, inside the store, by what is in it."""
    source, vintage = rows[0]["source"], rows[0]["vintage"]
    digest = _digest("".join(row["sha256"] for row in rows))[:12]
    folder = f"observations/source={source}"
    if not by_force(source):
        return f"{folder}/{vintage}-{digest}.parquet"
    span = f"{rows[0]['period_start']:%Y-%m}-to-{rows[-1]['period_start']:%Y-%m}"
    return f"{folder}/force={rows[0]['force']}/{span}-{vintage}-{digest}.parquet"


def force_slug(code: str) -> str:
    """Give the slug of a force by the code of its police force area."""
    slugs = {force.code: slug for slug, force in forces().items() if force.code}
    return slugs.get(code, slug_of(code))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
