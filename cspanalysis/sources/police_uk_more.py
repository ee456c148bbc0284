"""data.police.uk: outcomes, and stop and search, read as counts.

Columns are described at https://data.police.uk/about/#columns. An outcome bears the LSOA of its
crime and the month in which it was decided. A search bears a point and no LSOA, and is counted for
the force. What a search says of the person (age, gender, ethnicity) is not kept: a small count of
it could point at somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cspanalysis.errors import SourceError
from cspanalysis.sources.checking import Failure, failures_of, report
from cspanalysis.sources.files import Member
from cspanalysis.sources.police_uk_files import ForceFile
from cspanalysis.sources.police_uk_lines import first_line, header_of, misfit

__all__ = ["COLUMNS", "OUTCOMES", "SEARCHES", "CountedMonth", "read_counted", "schema"]

OUTCOMES = (
    "Action to be taken by another organisation",
    "Awaiting court outcome",
    "Court case unable to proceed",
    "Court result unavailable",
    "Defendant found not guilty",
    "Defendant sent to Crown Court",
    "Formal action is not in the public interest",
    "Further action is not in the public interest",
    "Further investigation is not in the public interest",
    "Investigation complete; no suspect identified",
    "Local resolution",
    "Offender deprived of property",
    "Offender fined",
    "Offender given a caution",
    "Offender given a drugs possession warning",
    "Offender given a penalty notice",
    "Offender given absolute discharge",
    "Offender given community sentence",
    "Offender given conditional discharge",
    "Offender given suspended prison sentence",
    "Offender ordered to pay compensation",
    "Offender otherwise dealt with",
    "Offender sent to prison",
    "Status update unavailable",
    "Suspect charged",
    "Suspect charged as part of another case",
    "Unable to prosecute suspect",
    "Under investigation",
)
SEARCHES = ("Person search", "Person and Vehicle search", "Vehicle search")
COLUMNS = {
    "outcomes": ("Crime ID", "Month", "LSOA code", "Outcome type"),
    "stop-and-search": ("Type", "Date", "Object of search", "Outcome"),
}
# What rows are told apart by, and what the answer calls it.
_KEYS = {
    "outcomes": {"Month": "", "LSOA code": "lsoa", "Outcome type": "outcome"},
    "stop-and-search": {"Date": "", "Type": "", "Object of search": "object", "Outcome": "outcome"},
}
_CODE = r"^(?:[EWS]01\d{6}|N\d{8}|95\w{6})$"
_READERS = 2


@dataclass(frozen=True, slots=True)
class CountedMonth:
    """Hold the counts of one file of outcomes or of searches.

    Parameters
    ----------
    file
        The file they came from.
    rows
        Number of rows read.
    sha256
        Hash of the file's bytes.
    counts
        ``lsoa`` (missing where the row had none; always for searches), ``object`` (searches),
        ``outcome`` and ``count``.
    """

    file: ForceFile
    rows: int
    sha256: str
    counts: pa.Table


def read_counted(files: Sequence[ForceFile]) -> Iterator[CountedMonth]:
    """Read files of outcomes or searches, count their rows and check them against `schema`.

    Raises
    ------
    SourceError
        At the first file that does not hold what it should, with line, column and reason.
    """
    with ThreadPoolExecutor(_READERS) as pool:
        for file, (groups, sha256) in zip(files, pool.map(_read, files), strict=True):
            _check(groups, file)
            rows = pc.sum(groups["count"]).as_py()
            yield CountedMonth(file, rows, sha256, _named(groups, file.kind))


@lru_cache(maxsize=2)
def schema(kind: str) -> Any:
    """Give the schema of a file's distinct rows; what fits is shown as empty (see `_shown`)."""
    import pandera.pandas as pa_

    def nothing(error: str) -> pa_.Column:
        return pa_.Column(str, pa_.Check.eq("", error=error))

    def known(values: Sequence[str], what: str) -> pa_.Column:
        error = f"the {what} is not known; known are {', '.join(values)}"
        return pa_.Column(str, pa_.Check.isin(values, error=error))

    month = "the month differs from the file's name; give each its own file"
    if kind == "outcomes":
        return pa_.DataFrameSchema(
            {
                "Month": nothing(month),
                "LSOA code": nothing("no LSOA code (such as E01017540); are columns swapped?"),
                "Outcome type": known(OUTCOMES, "outcome type"),
            }
        )
    return pa_.DataFrameSchema({"Date": nothing(month), "Type": known(SEARCHES, "type of search")})


def _read(file: ForceFile) -> tuple[pa.Table, str]:
    """Give the distinct rows of a file with their number, and the hash of its bytes."""
    member, keys = file.member, list(_KEYS[file.kind])
    with member.open() as reader:
        names = header_of(reader.first_line(), member, COLUMNS[file.kind])
        try:
            table = pa.csv.read_csv(
                pa.PythonFile(reader, mode="r"),
                read_options=pa.csv.ReadOptions(column_names=names, skip_rows=1),
                convert_options=pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(keys, pa.string()),
                    include_columns=keys,
                    null_values=[""],
                    strings_can_be_null=True,
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                raise _no_rows(member) from error
            shown = f"the file can not be read: {error}"
            raise misfit(member, names) or SourceError(shown, file=member.shown) from error
        while reader.read(1 << 20):
            pass
    if not len(table):
        raise _no_rows(member)
    if file.kind == "stop-and-search":
        days = pc.utf8_slice_codeunits(table["Date"], 0, 10)
        table = table.set_column(keys.index("Date"), "Date", days)
    grouped = table.group_by(keys, use_threads=False).aggregate([([], "count_all")])
    return grouped.rename_columns({"count_all": "count"}), reader.sha256


def _no_rows(member: Member) -> SourceError:
    reason = "the file holds no rows; download it again, or leave it out"
    return SourceError(reason, file=member.shown, line=1)


def _named(groups: pa.Table, kind: str) -> pa.Table:
    names = {name: as_ for name, as_ in _KEYS[kind].items() if as_}
    table = groups.group_by(list(names), use_threads=False).aggregate([("count", "sum")])
    table = table.rename_columns({**names, "count_sum": "count"})
    if "lsoa" not in table.column_names:
        table = table.append_column("lsoa", pa.nulls(len(table), pa.string()))
    filled = {"object", "outcome"} & set(table.column_names)
    for name in filled:
        at = table.column_names.index(name)
        table = table.set_column(at, name, pc.fill_null(table[name], "not stated"))
    return table


def _check(groups: pa.Table, file: ForceFile) -> None:
    shown = _shown(groups, file)
    if failures := failures_of(shown, schema(file.kind)):
        raise _located(failures, file)


def _shown(groups: pa.Table, file: ForceFile) -> pd.DataFrame:
    """Give the distinct values that a file is judged by: empty where month and code fit."""
    if file.kind == "outcomes":
        month, code = groups["Month"], groups["LSOA code"]
        fits = pc.fill_null(pc.match_substring_regex(code, _CODE), True)
        columns = {
            "Month": pc.if_else(pc.equal(month, f"{file.month:%Y-%m}"), "", month),
            "LSOA code": pc.if_else(fits, "", code),
            "Outcome type": groups["Outcome type"],
        }
    else:
        days = groups["Date"]
        fits = pc.is_in(days, pa.array(_days(file.month)))
        columns = {"Date": pc.if_else(fits, "", days), "Type": groups["Type"]}
    frame: pd.DataFrame = pa.table(columns).to_pandas()
    return frame.drop_duplicates(ignore_index=True)


def _days(month: date) -> list[str]:
    """Days of a month as UTC: in summer its first hour is on the day before."""
    first = month - timedelta(days=1)
    days = (first + timedelta(days=n) for n in range(33))
    return [f"{day}" for day in days if day == first or (day.year, day.month) == _key(month)]


def _key(month: date) -> tuple[int, int]:
    return month.year, month.month


def _located(failures: Sequence[Failure], file: ForceFile) -> SourceError:
    """Find the lines of what failed by reading the file once more, slowly."""
    unique = list(dict.fromkeys((f.column, f.value, f.reason) for f in failures))[:20]
    lines = {parts: first_line(file.member, partial(_holds, *parts[:2])) for parts in unique}
    found = sorted(unique, key=lambda parts: lines[parts] or 1 << 60)
    told = [Failure(0, c, v, "the header is repeated" if v == c else why) for c, v, why in found]
    at = {(c, v): lines[c, v, why] for c, v, why in found}
    return report(told, file=file.member.shown, line_of=lambda f: at.get((f.column, f.value)))


def _holds(column: str, value: str, row: dict[str, str]) -> bool:
    held = row.get(column) or ""
    return held[:10] == value if column == "Date" else held == value
