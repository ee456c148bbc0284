"""data.police.uk: the rows of one file, read at one go and held against what they should be.

A month of a force is a few megabytes, thirty at the most. It is unpacked, hashed and parsed as a
whole, without Python in between, so that two threads read two files at a time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cspanalysis.characters import keyed
from cspanalysis.errors import SourceError
from cspanalysis.sources.checking import Failure, report
from cspanalysis.sources.police_uk_files import ForceFile, forces
from cspanalysis.sources.police_uk_lines import first_lines, header_of, misfit, not_a_number

__all__ = [
    "KIND",
    "LSOA",
    "NUMBER",
    "REPORTED",
    "TEXT",
    "CountedMonth",
    "Rule",
    "check",
    "each",
    "grouped",
    "month_rule",
    "one_of",
    "read_rows",
    "stated",
    "within",
]

# A text is one of few, each of which is held once, or one of many.
KIND, TEXT, NUMBER = pa.dictionary(pa.int32(), pa.string()), pa.string(), pa.float64()

_READERS = 2
# A month of London's, the largest force, unpacks to a sixth of this.
_LARGEST = 150_000_000
_HEADER = 1 << 12
_KEPT = threading.local()
_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_LOCATED = 20
_Fits = Callable[[pa.Array, ForceFile], pa.Array]


@dataclass(frozen=True, slots=True)
class Rule:
    """Say what the values of a column must be.

    Parameters
    ----------
    column
        Name of the column.
    fits
        Tells for each of several values of a file whether it is right. It is given every distinct
        text once, and of numbers the least and the greatest: what holds for them holds for all.
    reason
        What is wrong with a value that is not, and what to do.
    needed
        Whether a missing value is a fault as well.
    """

    column: str
    fits: _Fits
    reason: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class CountedMonth:
    """Hold the counts of one file.

    Parameters
    ----------
    file
        The file they came from.
    rows
        Number of rows read.
    sha256
        Hash of the file's bytes.
    counts
        ``count`` by ``lsoa`` (missing where a row had none) and ``crime_type`` of street files, by
        ``lsoa`` and ``outcome`` of outcomes, and by ``longitude``, ``latitude``, ``object`` and
        ``outcome`` of searches.
    repeated
        Rows whose crime ID stands in the file already. They count: the publisher counts them too.
    decided
        Of street files the crimes by ``csp`` (missing where there is none), ``crime_type`` and
        ``outcome``: the last that was known when the file was published.
    encoding
        That of the file; empty for UTF-8.
    """

    file: ForceFile
    rows: int
    sha256: str
    counts: pa.Table
    repeated: int = 0
    decided: pa.Table | None = None
    encoding: str = ""


# Codes of England, Wales and Scotland; data zones and output areas of Northern Ireland.
LSOA = Rule(
    "LSOA code",
    lambda codes, _: pc.match_substring_regex(codes, r"^(?:[EWS]01\d{6}|N\d{8}|95\w{6})$"),
    "no LSOA code (such as E01017540); are columns swapped?",
)


def _is_own(names: pa.Array, file: ForceFile) -> pa.Array:
    """Tell names that are not those of another force; a force may call itself as it likes."""
    others = [force.name for force in forces().values() if force != file.force]
    return pa.array([not name.startswith(tuple(others)) for name in names.to_pylist()], pa.bool_())


REPORTED = Rule(
    "Reported by", _is_own, "the row is of another force than the file's name; give each its own"
)


def month_rule(column: str, fits: _Fits) -> Rule:
    """Make the rule that what a column dates is of the month in the file's name."""
    reason = "the month differs from the file's name; give each its own file"
    return Rule(column, fits, reason, needed=True)


def one_of(column: str, what: str, values: Sequence[str], named: Sequence[str] = ()) -> Rule:
    """Make the rule that a text is one of those known; all of them are named where it is not."""
    known = pa.array(values)
    reason = f"the {what} is not known; known are {', '.join(named or values)}"
    return Rule(column, lambda texts, _: pc.is_in(texts, known), reason, needed=True)


def within(column: str, low: float, high: float) -> Rule:
    """Make the rule that a coordinate lies inside the United Kingdom."""
    error = f"the {column.lower()} lies outside the United Kingdom; are columns swapped?"
    return Rule(column, lambda numbers, _: _between(numbers, low, high), error)


def each(
    files: Sequence[ForceFile], read: Callable[[ForceFile], CountedMonth]
) -> Iterator[CountedMonth]:
    """Read files side by side and give what was read of them, in their order."""
    with ThreadPoolExecutor(_READERS) as pool:
        yield from pool.map(read, files)


def read_rows(
    file: ForceFile, columns: Sequence[str], wanted: Mapping[str, pa.DataType]
) -> tuple[pa.Table, str, str]:
    """Read some columns of a file.

    Parameters
    ----------
    file
        The file.
    columns
        Columns that its header must hold.
    wanted
        Those to read, as `KIND`, `TEXT` or `NUMBER`; an empty value is missing.

    Returns
    -------
    pyarrow.Table
        One row for each line below the header.
    str
        SHA-256 of the file's bytes.
    str
        Its encoding; empty for UTF-8.

    Raises
    ------
    SourceError
        If it can't be read as such a table, or holds no row.
    """
    member = file.member
    if member.size > _LARGEST:
        reason = f"the file is larger than {_LARGEST:,} bytes, which no month of a force is"
        raise SourceError(reason, file=member.shown)
    raw, sha256, encoding = member.read(_room(member.size))
    names = header_of(raw[:_HEADER].tobytes().split(b"\n", 1)[0], member, columns)
    try:
        rows = _keyed(_parsed(raw, names, wanted))
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            numbers = [name for name, kind in wanted.items() if kind == NUMBER]
            told = misfit(member, names) or not_a_number(member, numbers)
            shown = f"the file can not be read: {error}"
            raise told or SourceError(shown, file=member.shown) from error
        rows = pa.table([])
    if not len(rows):
        reason = "the file holds no rows; download it again, or leave it out"
        raise SourceError(reason, file=member.shown, line=1)
    return rows, sha256, encoding


def check(rows: pa.Table, file: ForceFile, rules: Sequence[Rule]) -> None:
    """Hold the rows of a file against rules.

    Raises
    ------
    SourceError
        With line, column and reason of what does not keep to them.
    """
    faults = [fault for rule in rules for fault in _faults(rows[rule.column], file, rule)]
    if faults:
        faults = faults[:_LOCATED]
        lines = first_lines(file.member, [(fault.column, fault.value) for fault in faults])
        placed = zip(lines, faults, strict=True)
        told = [Failure(line or 0, f.column, f.value, f.reason) for line, f in placed]
        told.sort(key=lambda fault: (fault.row or 1 << 60, fault.column))
        raise report(told, file=file.member.shown, line_of=lambda fault: fault.row or None)


def grouped(columns: Mapping[str, pa.Array]) -> pa.Table:
    """Count rows by the values of some columns: one row for each that occurs, and ``count``.

    Examples
    --------
    >>> grouped({"a": pa.array(["x", "x", None]), "b": pa.array([1, 1, 2])}).to_pylist()
    [{'a': 'x', 'b': 1, 'count': 2}, {'a': None, 'b': 2, 'count': 1}]
    """
    # Every column is numbered, and the numbers of a row are put together into one: that is counted
    # faster than several columns of text.
    encoded = {name: column.dictionary_encode() for name, column in columns.items()}
    sizes = [len(column.dictionary) + 1 for column in encoded.values()]
    code: Any = np.int64(0)
    for column, size in zip(encoded.values(), sizes, strict=True):
        code = code * size + column.indices.fill_null(size - 1).to_numpy()
    counted = pc.value_counts(pa.array(code))
    left, table = counted.field("values").to_numpy(), {"count": counted.field("counts")}
    for (name, column), size in zip(reversed(encoded.items()), reversed(sizes), strict=True):
        left, at = np.divmod(left, size)
        table[name] = column.dictionary.take(pa.array(at, mask=at == size - 1))
    return pa.table(table).select([*columns, "count"])


def stated(column: pa.Array) -> pa.Array:
    """Fill what a column leaves empty: ``not stated``."""
    return pc.fill_null(column.cast(TEXT), "not stated")


def _room(size: int) -> memoryview:
    """Give memory that a thread keeps for its next file: new memory costs as much as parsing."""
    if size > len(getattr(_KEPT, "room", b"")):
        _KEPT.room = bytearray(size)
    return memoryview(_KEPT.room)[:size]


def _parsed(raw: memoryview, names: Sequence[str], wanted: Mapping[str, pa.DataType]) -> pa.Table:
    options = pa.csv.ConvertOptions(
        column_types=dict(wanted),
        include_columns=list(wanted),
        null_values=[""],
        strings_can_be_null=True,
        check_utf8=False,
    )
    # One thread for each file: parsing one with several costs more than it gains. One block, so
    # that all of a column shares one dictionary.
    reading = pa.csv.ReadOptions(
        use_threads=False, block_size=len(raw) + 1, column_names=list(names), skip_rows=1
    )
    return pa.csv.read_csv(
        pa.BufferReader(pa.py_buffer(raw)), read_options=reading, convert_options=options
    )


def _keyed(rows: pa.Table) -> pa.Table:
    """Read what somebody pasted into a column of few texts as it would be typed."""
    for at, field in enumerate(rows.schema):
        if field.type != KIND or not len(rows):
            continue
        column = rows.column(at).combine_chunks()
        texts = column.dictionary.to_pylist()
        if (typed := [keyed(text) for text in texts]) != texts:
            plain = pa.DictionaryArray.from_arrays(column.indices, pa.array(typed))
            rows = rows.set_column(at, field.name, plain.cast(TEXT).dictionary_encode())
    return rows


def _faults(column: pa.ChunkedArray, file: ForceFile, rule: Rule) -> list[Failure]:
    values = _distinct(column)
    fits = rule.fits(values, file)
    faults = [
        Failure(0, rule.column, str(value), _hint(str(value), rule))
        for value in values.filter(pc.invert(fits)).to_pylist()
    ]
    if rule.needed and column.null_count:
        faults.append(Failure(0, rule.column, "", "the value is missing"))
    return faults


def _distinct(column: pa.ChunkedArray) -> pa.Array:
    """Give the distinct texts of a column, or its least and greatest number."""
    if column.type == NUMBER:
        limits = pc.min_max(column).as_py()
        return pa.array({limits["min"], limits["max"]}, NUMBER).drop_null()
    if column.type == KIND:
        return column.combine_chunks().dictionary
    return pc.unique(column).drop_null()


def _between(numbers: pa.Array, low: float, high: float) -> pa.Array:
    return pc.and_(pc.greater_equal(numbers, low), pc.less_equal(numbers, high))


def _hint(value: str, rule: Rule) -> str:
    if value == rule.column:
        return "the header is repeated"
    if rule.column in {"Month", "Date"} and not _DAY.fullmatch(value):
        told = "no month as data.police.uk writes it; use the file as it is downloaded"
        return f"{told}, not as Excel saves it"
    return rule.reason
