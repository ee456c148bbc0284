"""data.police.uk: street-level crime archives, read month by month.

The publisher describes the columns at https://data.police.uk/about/#columns. A street file is kept
as counts by LSOA (as published) and crime type. Rows without LSOA count for the force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cspanalysis.sources.police_uk_files import ForceFile
from cspanalysis.sources.police_uk_rows import (
    LSOA,
    NUMBER,
    TEXT,
    check,
    each,
    grouped,
    month_rule,
    one_of,
    read_rows,
    within,
)

__all__ = ["COLUMNS", "CRIME_TYPES", "FORMER_TYPES", "RULES", "StreetMonth", "read_months"]

COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
# Used until April 2013, when the categories became those above.
FORMER_TYPES = ("Public disorder and weapons", "Violent crime")
RULES = (
    month_rule("Month", lambda months, file: pc.equal(months, f"{file.month:%Y-%m}")),
    LSOA,
    one_of("Crime type", "crime type", CRIME_TYPES + FORMER_TYPES, CRIME_TYPES),
    within("Longitude", -9.0, 2.5),
    within("Latitude", 49.0, 61.5),
)
"""What the values of a street file must be."""
_KEYS = {"LSOA code": "lsoa", "Crime type": "crime_type"}
_WANTED = dict.fromkeys((*_KEYS, "Month", "Crime ID"), TEXT) | dict.fromkeys(
    ("Longitude", "Latitude"), NUMBER
)


@dataclass(frozen=True, slots=True)
class StreetMonth:
    """Hold the counts of one street file.

    Parameters
    ----------
    file
        The file they came from.
    rows
        Number of rows read.
    sha256
        Hash of the file's bytes.
    repeated
        Rows whose crime ID stands in the file already. They count: the publisher counts them too.
    counts
        Columns ``lsoa`` (missing where the row had none), ``crime_type`` and ``count``.
    """

    file: ForceFile
    rows: int
    sha256: str
    repeated: int
    counts: pa.Table


def read_months(files: Sequence[ForceFile]) -> Iterator[StreetMonth]:
    """Read street files, hold them against `RULES` and count their rows.

    Raises
    ------
    SourceError
        At the first file that does not hold what it should, with line, column and reason.
    """
    return each(files, _read)


def _read(file: ForceFile) -> StreetMonth:
    rows, sha256 = read_rows(file, COLUMNS, _WANTED)
    check(rows, file, RULES)
    counts = grouped(rows, list(_KEYS)).rename_columns([*_KEYS.values(), "count"])
    return StreetMonth(file, len(rows), sha256, _repeated(rows["Crime ID"]), counts)


def _repeated(ids: pa.ChunkedArray) -> int:
    repeated: int = len(ids) - ids.null_count - pc.count_distinct(ids).as_py()
    return repeated
