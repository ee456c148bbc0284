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
_KEYS = ["Month", "LSOA code", "Crime type"]
_LIMITS = ("Longitude_min", "Longitude_max", "Latitude_min", "Latitude_max")
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
    for number, (file, (groups, sha256, repeated)) in enumerate(zip(files, read, strict=True)):
        kinds.append(_kinds(groups, file, number))
        counts = groups.select(["LSOA code", "Crime type", "count"])
        counts = counts.rename_columns(["lsoa", "crime_type", "count"])
        months.append(StreetMonth(file, pc.sum(counts["count"]).as_py(), sha256, repeated, counts))
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


def _kinds(groups: pa.Table, file: ForceFile, number: int) -> pa.Table:
    """Give the distinct values of a file as `schema` wants them, with the file's number."""
    month, code = groups["Month"], groups["LSOA code"]
    fits = pc.fill_null(pc.match_substring_regex(code, _CODE), True)
    shown = {
        "Month": pc.if_else(pc.equal(month, f"{file.month:%Y-%m}"), "", month),
        "LSOA code": pc.if_else(fits, "", code),
        "Crime type": groups["Crime type"],
    }
    limits = {name: groups[name] for name in groups.column_names if name.endswith(_LIMITS)}
    kinds = _merged(pa.table(shown | limits))
    return kinds.append_column("file", pa.repeat(number, len(kinds)))


def _read(member: Member) -> tuple[pa.Table, str, int]:
    """Give the rows of a file by month, LSOA and type, the hash of its bytes, IDs repeated."""
    ids: list[pa.Array] = []
    with member.open() as reader:
        names = header_of(reader.first_line(), member, COLUMNS)
        blocks = []
        for batch in _batches(member, reader, names):
            ids.append(pc.drop_null(batch["Crime ID"]))
            blocks.append(_grouped(pa.Table.from_batches([batch])))
        while reader.read(_BLOCK):
            pass
    if not blocks:
        reason = "the file holds no rows; a month without crime is not credible, download it again"
        raise SourceError(reason, file=member.shown, line=1)
    groups = blocks[0] if len(blocks) == 1 else _merged(pa.concat_tables(blocks))
    return groups, reader.sha256, _repeated(ids)


def _repeated(ids: list[pa.Array]) -> int:
    every = pa.chunked_array(ids, pa.string())
    return len(every) - int(pc.count_distinct(every).as_py())


def _batches(
    member: Member, reader: GuardedReader, names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    text = dict.fromkeys([*_KEYS, "Crime ID"], pa.string())
    numbers = {"Longitude": pa.float64(), "Latitude": pa.float64()}
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


def _grouped(table: pa.Table) -> pa.Table:
    limits = [tuple(name.split("_")) for name in _LIMITS]
    grouped = table.group_by(_KEYS, use_threads=False).aggregate([([], "count_all"), *limits])
    names = ["count" if name == "count_all" else name for name in grouped.column_names]
    return grouped.rename_columns(names)


def _merged(blocks: pa.Table) -> pa.Table:
    rest = [name for name in blocks.column_names if name not in _KEYS]
    how = [(n, "sum" if n == "count" else n.rpartition("_")[2]) for n in rest]
    merged = blocks.group_by(_KEYS, use_threads=False).aggregate(how)
    return merged.select([*_KEYS, *(f"{n}_{h}" for n, h in how)]).rename_columns([*_KEYS, *rest])


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
