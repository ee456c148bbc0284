"""data.police.uk: outcomes, and stop and search, read as counts.

Columns are described at https://data.police.uk/about/#columns. An outcome bears the LSOA of its
crime and the month in which it was decided. A search bears a point and no LSOA. What a search says
of the person (age, gender, ethnicity) is not kept: a small count of it could point at somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

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

__all__ = ["COLUMNS", "OUTCOMES", "RULES", "SEARCHES", "read_counted"]

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
    "Offender given penalty notice",  # as older archives write it
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
    "outcomes": ("Crime ID", "Month", "Reported by", "LSOA code", "Outcome type"),
    "stop-and-search": ("Type", "Date", "Longitude", "Latitude", "Object of search", "Outcome"),
}
# What rows are told apart by, and what the answer calls it.
_KEYS = {
    "outcomes": {"Month": "", "Reported by": "", "LSOA code": "lsoa", "Outcome type": "outcome"},
    "stop-and-search": {
        "Date": "",
        "Type": "",
        "Longitude": "longitude",
        "Latitude": "latitude",
        "Object of search": "object",
        "Outcome": "outcome",
    },
}
_TYPES = {"Date": TEXT, "Longitude": NUMBER, "Latitude": NUMBER}
RULES = {
    "outcomes": (
        month_rule("Month", lambda months, file: pc.equal(months, f"{file.month:%Y-%m}")),
        REPORTED,
        LSOA,
        one_of("Outcome type", "outcome type", OUTCOMES),
    ),
    "stop-and-search": (
        month_rule("Date", lambda days, file: pc.is_in(days, pa.array(_days(file.month)))),
        one_of("Type", "type of search", SEARCHES),
        within("Longitude", -9.0, 2.5),
        within("Latitude", 49.0, 61.5),
    ),
}
"""What the values of a file must be, by its kind."""


def read_counted(files: Sequence[ForceFile]) -> Iterator[CountedMonth]:
    """Read files of outcomes or searches, hold them against `RULES` and count their rows.

    Raises
    ------
    SourceError
        At the first file that does not hold what it should, with line, column and reason.
    """
    return each(files, _read)


def _read(file: ForceFile) -> CountedMonth:
    keys = _KEYS[file.kind]
    types = {name: _TYPES.get(name, KIND) for name in keys}
    rows, sha256, encoding = read_rows(file, COLUMNS[file.kind], types)
    if "Date" in keys:
        days = pc.utf8_slice_codeunits(rows["Date"], 0, 10)
        rows = rows.set_column(rows.column_names.index("Date"), "Date", days)
    check(rows, file, RULES[file.kind])
    return CountedMonth(file, len(rows), sha256, _counted(rows, file.kind), encoding=encoding)


def _counted(rows: pa.Table, kind: str) -> pa.Table:
    named = {as_: rows[name].combine_chunks() for name, as_ in _KEYS[kind].items() if as_}
    filled = {name: stated(named[name]) for name in ("object", "outcome") if name in named}
    return grouped(named | filled)


def _days(month: date) -> list[str]:
    """Days of a month as UTC: in summer its first hour is on the day before."""
    first = month - timedelta(days=1)
    days = (first + timedelta(days=n) for n in range(33))
    return [f"{day}" for day in days if day == first or (day.year, day.month) == _key(month)]


def _key(month: date) -> tuple[int, int]:
    return month.year, month.month
