"""Official totals: crimes that ONS counts for each force by year, as measures of street files.

ONS publishes police recorded crime by police force area and year. Here they are read from a table
that stacks the years (https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.vocabulary import Area, Period

__all__ = ["official_table"]

# Which headings of the table add up to a measure of street files.
_HEADINGS = {
    "all-crime": ("Total recorded crime (excluding fraud)",),
    "violence-and-sexual-offences": ("Violence against the person", "Sexual offences"),
    "robbery": ("Robbery",),
    "burglary": ("Burglary",),
    "vehicle-crime": ("Vehicle offences",),
    "bicycle-theft": ("Bicycle theft",),
    "theft-from-the-person": ("Theft from the person",),
    "shoplifting": ("Shoplifting",),
    "other-theft": ("Other theft offences",),
    "criminal-damage-and-arson": ("Criminal damage and arson",),
    "drug-offences": ("Drug offences",),
    "possession-of-weapons": ("Possession of weapons offences",),
    "public-order": ("Public order offences",),
    "other-crime": ("Miscellaneous crimes",),
}
_YEAR, _AREA = "Year ending September", "Area name"
_SINCE = 2018


def official_table(path: Path) -> pd.DataFrame:
    """Read the official totals of police force areas.

    Returns
    -------
    DataFrame
        ``force`` (code), ``period_start``, ``period_end`` (ISO days), ``measure``, ``count``;
        regions, forces without an area of their own, and what a force did not report are left out.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {_YEAR, _AREA, *(name for names in _HEADINGS.values() for name in names)}
        if missing := sorted(wanted - set(reader.fieldnames or ())):
            raise SourceError(f"there is no column '{missing[0]}'", file=path, line=1)
        rows = [(line, row) for line, row in enumerate(reader, start=2)]
    found = []
    for line, row in rows:
        force = _force(row[_AREA])
        if force is None or int(row[_YEAR]) < _SINCE:
            continue
        year = Period.parse(f"12m-to-{row[_YEAR]}-09")
        about = (force.code, year.start.isoformat(), year.end.isoformat())
        for measure, names in _HEADINGS.items():
            counts = [_count(row[name], path, line, name) for name in names]
            if all(count is not None for count in counts):
                found.append((*about, measure, sum(count or 0 for count in counts)))
    columns = ["force", "period_start", "period_end", "measure", "count"]
    return pd.DataFrame(sorted(found), columns=columns)


def _force(name: str) -> Area | None:
    try:
        area = Area.named(f"{name}-force")
    except UsageError:
        return None
    return area if area.kind == "force" else None


def _count(text: str, path: Path, line: int, column: str) -> int | None:
    """Read a count; None where the cell is empty, for a force that did not report."""
    if not text:
        return None
    try:
        return int(text.replace(",", ""))
    except ValueError:
        reason = f"'{text}' is no count"
        raise SourceError(reason, file=path, line=line, column=column) from None
