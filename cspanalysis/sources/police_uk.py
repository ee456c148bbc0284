"""data.police.uk: street-level crime archives, read month by month.

The publisher describes the columns at https://data.police.uk/about/#columns. A street file is kept
as counts by LSOA (as published) and crime type, and its crimes by CSP, type and last outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from cspanalysis.sources.police_uk_files import ForceFile
from cspanalysis.sources.police_uk_rows import (
    KIND,
    LSOA,
    NUMBER,
    REPORTED,
    TEXT,
    CountedMonth,
    check,
    each,
    grouped,
    month_rule,
    one_of,
    read_rows,
    stated,
    within,
)

__all__ = ["COLUMNS", "CRIME_TYPES", "FORMER_TYPES", "RULES", "read_months"]

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
    REPORTED,
    LSOA,
    one_of("Crime type", "crime type", CRIME_TYPES + FORMER_TYPES, CRIME_TYPES),
    within("Longitude", -9.0, 2.5),
    within("Latitude", 49.0, 61.5),
)
"""What the values of a street file must be."""
_DECIDED = ("LSOA code", "Crime type", "Last outcome category")
_WANTED = {
    **dict.fromkeys((*_DECIDED, "Month", "Reported by"), KIND),
    "Crime ID": TEXT,
    "Longitude": NUMBER,
    "Latitude": NUMBER,
}


def read_months(files: Sequence[ForceFile], csps: Mapping[str, str]) -> Iterator[CountedMonth]:
    """Read street files, hold them against `RULES` and count their rows.

    Parameters
    ----------
    files
        The files.
    csps
        The CSP of every LSOA, by which outcomes are counted.

    Raises
    ------
    SourceError
        At the first file that does not hold what it should, with line, column and reason.
    """
    return each(files, partial(_read, csps))


def _read(csps: Mapping[str, str], file: ForceFile) -> CountedMonth:
    rows, sha256, encoding = read_rows(file, COLUMNS, _WANTED)
    check(rows, file, RULES)
    lsoa, crime_type = (rows[name].combine_chunks() for name in ("LSOA code", "Crime type"))
    return CountedMonth(
        file,
        len(rows),
        sha256,
        grouped({"lsoa": lsoa, "crime_type": crime_type}),
        _repeated(rows["Crime ID"]),
        _decided(rows, csps),
        encoding,
    )


def _decided(rows: pa.Table, csps: Mapping[str, str]) -> pa.Table:
    """Count crimes by CSP, type and last outcome; anti-social behaviour has none."""
    lsoa, crime_type, outcome = (rows[name].combine_chunks() for name in _DECIDED)
    held = [csps.get(code) for code in lsoa.dictionary.to_pylist()]
    known = pa.array(held, TEXT).dictionary_encode()
    csp = pa.DictionaryArray.from_arrays(known.indices.take(lsoa.indices), known.dictionary)
    counted = grouped({"csp": csp, "crime_type": crime_type, "outcome": outcome})
    crimes = counted.filter(pc.not_equal(counted["crime_type"], CRIME_TYPES[0]))
    return crimes.set_column(2, "outcome", stated(crimes["outcome"]))


def _repeated(ids: pa.ChunkedArray) -> int:
    repeated: int = len(ids) - ids.null_count - pc.count_distinct(ids).as_py()
    return repeated
