"""data.police.uk: street-level crime archives, read month by month.

The publisher describes the columns at https://data.police.uk/about/#columns. A street file is read
in blocks and kept as counts by LSOA (as published) and crime type, so that memory stays small
whatever the size of the archive. Rows without LSOA count for the force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cspanalysis.errors import SourceError
from cspanalysis.sources.checking import Failure, failures_of, report
from cspanalysis.sources.files import GuardedReader, Member
from cspanalysis.sources.police_uk_files import ForceFile
from cspanalysis.sources.police_uk_lines import first_line, header_of, misfit

__all__ = [
    "COLUMNS",
    "CRIME_TYPES",
    "FORMER_TYPES",
    "StreetMonth",
    "read_months",
    "schema",
]

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
_KEYS = ["LSOA code", "Crime type"]
_AXES = ("Longitude", "Latitude")
# Codes of England, Wales and Scotland; data zones and output areas of Northern Ireland.
_CODE = r"^(?:[EWS]01\d{6}|N\d{8}|95\w{6})$"
_BLOCK = 1 << 20
# Unpacking and parsing release Python's lock, so that two files are read at a time.
_READERS = 2


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


def read_months(files: Sequence[ForceFile]) -> list[StreetMonth]:
    """Read street files, count their rows and check them against `schema`.

    Raises
    ------
    SourceError
        At the first file that does not hold what it should, with line, column and reason.
    """
    months, kinds = [], []
    with ThreadPoolExecutor(_READERS) as pool:
        read = list(pool.map(_read, [file.member for file in files]))
    for number, (file, rows) in enumerate(zip(files, read, strict=True)):
        kinds.append(_kinds(rows, file, number))
        counts = rows.groups.rename_columns(["lsoa", "crime_type", "count"])
        total = pc.sum(counts["count"]).as_py()
        months.append(StreetMonth(file, total, rows.sha256, rows.repeated, counts))
    frame: pd.DataFrame = pa.concat_tables(kinds).to_pandas()
    if failures := failures_of(frame, schema()):
        first = min(int(frame["file"].iloc[failure.row]) for failure in failures)
        raise _located([f for f in failures if frame["file"].iloc[f.row] == first], files[first])
    return months


@lru_cache(maxsize=1)
def schema() -> Any:
    """Give the schema of street data: one row for each kind of row in a file.

    A rule that holds for all distinct values of a column holds for all rows, and there are a
    thousand times fewer of them. ``Month`` and ``LSOA code`` hold what does not fit only: the
    months that differ from the file's name, the codes that have not the form of one.
    """
    import pandera.pandas as pa_

    def within(low: float, high: float, what: str) -> pa_.Column:
        error = f"{what} lies outside the United Kingdom; are columns swapped?"
        return pa_.Column(float, pa_.Check.in_range(low, high, error=error), nullable=True)

    def nothing(error: str) -> pa_.Column:
        return pa_.Column(str, pa_.Check.eq("", error=error))

    known = "the crime type is not known; known are " + ", ".join(CRIME_TYPES)
    return pa_.DataFrameSchema(
        {
            "Month": nothing("the month differs from the file's name; give each its own file"),
            "LSOA code": nothing("no LSOA code (such as E01017540); are columns swapped?"),
            "Crime type": pa_.Column(str, pa_.Check.isin(CRIME_TYPES + FORMER_TYPES, error=known)),
            "Longitude_min": within(-9.0, 2.5, "the longitude"),
            "Longitude_max": within(-9.0, 2.5, "the longitude"),
            "Latitude_min": within(49.0, 61.5, "the latitude"),
            "Latitude_max": within(49.0, 61.5, "the latitude"),
        },
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Hold what was read of a file: counts by LSOA and type, and what the schema looks at."""

    groups: pa.Table
    months: pa.Array
    limits: dict[str, float | None]
    sha256: str
    repeated: int


def _kinds(rows: _Rows, file: ForceFile, number: int) -> pa.Table:
    """Give the distinct values of a file as `schema` wants them, with the file's number."""
    code = rows.groups["LSOA code"]
    fits = pc.fill_null(pc.match_substring_regex(code, _CODE), True)
    shown = {"LSOA code": pc.if_else(fits, "", code), "Crime type": rows.groups["Crime type"]}
    kinds = pa.table(shown).group_by(list(shown), use_threads=False).aggregate([])
    # Months do not go with the other values: each odd one stands in a row of its own.
    odd = [month for month in rows.months.to_pylist() if month != f"{file.month:%Y-%m}"]
    months = pa.array([*odd, *[""] * (len(kinds) - len(odd))][: max(len(kinds), len(odd))])
    kinds = kinds.take(pa.array([min(i, len(kinds) - 1) for i in range(len(months))]))
    kinds = kinds.append_column("Month", months.cast(pa.string()))
    for name, limit in rows.limits.items():
        kinds = kinds.append_column(name, pa.array([limit] * len(kinds), pa.float64()))
    return kinds.append_column("file", pa.repeat(number, len(kinds)))


def _read(member: Member) -> _Rows:
    """Read a file block by block."""
    ids, blocks, months, limits = [], [], [], []
    with member.open() as reader:
        names = header_of(reader.first_line(), member, COLUMNS)
        for batch in _batches(member, reader, names):
            ids.append(pc.drop_null(batch["Crime ID"]))
            blocks.append(_grouped(batch))
            months.append(pc.unique(batch["Month"]))
            limits.append(_limits(batch))
        while reader.read(_BLOCK):
            pass
    if not blocks:
        reason = "the file holds no rows; a month without crime is not credible, download it again"
        raise SourceError(reason, file=member.shown, line=1)
    groups = pa.concat_tables(blocks).group_by(_KEYS, use_threads=False)
    counted = groups.aggregate([("count", "sum")]).rename_columns([*_KEYS, "count"])
    every = pc.unique(pa.chunked_array(months))
    return _Rows(counted, every, _widest(limits), reader.sha256, _repeated(ids))


def _repeated(ids: list[pa.Array]) -> int:
    every = pa.chunked_array(ids, pa.string())
    return len(every) - int(pc.count_distinct(every).as_py())


def _batches(
    member: Member, reader: GuardedReader, names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    text = dict.fromkeys([*_KEYS, "Month", "Crime ID"], pa.string())
    numbers = dict.fromkeys(_AXES, pa.float64())
    try:
        stream = pa.csv.open_csv(
            pa.PythonFile(reader, mode="r"),
            read_options=pa.csv.ReadOptions(block_size=_BLOCK, column_names=names, skip_rows=1),
            convert_options=pa.csv.ConvertOptions(
                column_types=text | numbers,
                include_columns=[*text, *numbers],
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )
        yield from (batch for batch in stream if batch.num_rows)
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise _unreadable(member, names, str(error)) from error


def _grouped(batch: pa.RecordBatch) -> pa.Table:
    table = pa.Table.from_batches([batch]).group_by(_KEYS, use_threads=False)
    return table.aggregate([([], "count_all")]).rename_columns([*_KEYS, "count"])


def _limits(batch: pa.RecordBatch) -> dict[str, float | None]:
    found = {axis: pc.min_max(batch[axis]).as_py() for axis in _AXES}
    return {f"{axis}_{end}": found[axis][end] for axis in _AXES for end in ("min", "max")}


def _widest(limits: Sequence[dict[str, float | None]]) -> dict[str, float | None]:
    """Give the least and the greatest of several blocks' limits; None where none has any."""
    widest: dict[str, float | None] = {}
    for name in limits[0]:
        known = [value for block in limits if (value := block[name]) is not None]
        pick = min if name.endswith("min") else max
        widest[name] = pick(known, default=None)
    return widest


def _located(failures: Sequence[Failure], file: ForceFile) -> SourceError:
    """Find the lines of what failed by reading the file once more, slowly."""
    plain = []
    for failure in failures:
        name = failure.column.removesuffix("_min").removesuffix("_max")
        plain.append(Failure(failure.row, name, failure.value, _hint(failure)))
    lines = {(f.column, f.value): first_line(file.member, partial(_holds, f)) for f in plain[:20]}
    plain.sort(key=lambda f: lines.get((f.column, f.value)) or 1 << 60)
    unique = list(dict.fromkeys((f.column, f.value, f.reason) for f in plain))
    told = [Failure(0, *parts) for parts in unique]
    return report(told, file=file.member.shown, line_of=lambda f: lines.get((f.column, f.value)))


def _hint(failure: Failure) -> str:
    return "the header is repeated" if failure.value == failure.column else failure.reason


def _holds(failure: Failure, row: dict[str, str]) -> bool:
    held = row.get(failure.column) or ""
    if failure.column in {"Longitude", "Latitude"}:
        return bool(held) and float(held) == float(failure.value)
    return held == failure.value


def _unreadable(member: Member, names: Sequence[str], message: str) -> SourceError:
    """Turn the parser's complaint into line, column and reason."""
    if error := misfit(member, names):
        return error
    for axis in ("Longitude", "Latitude"):
        if line := first_line(member, partial(_lacks_number, axis)):
            reason = "this is not a number; are columns swapped?"
            return SourceError(reason, file=member.shown, line=line, column=axis)
    return SourceError(f"the file can not be read: {message}", file=member.shown)


def _lacks_number(column: str, row: dict[str, str]) -> bool:
    try:
        float(row[column] or 0)
    except ValueError:
        return True
    return False
