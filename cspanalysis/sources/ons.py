"""ONS: police recorded crime by Community Safety Partnership area, as published.

The table (C2 of "Recorded crime data by Community Safety Partnership area") gives a year's counts
for headline offences: https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice. Its
layout changes from year to year, so columns are known by their headings, in whatever order.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cspanalysis.characters import keyed
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.figures import (
    FigureTable,
    as_count,
    discrepancies,
    long_figures,
    measure_of,
    remarks_on,
)
from cspanalysis.sources.tables import Row, Sheet, plain, table_of
from cspanalysis.sources.unassigned import EMPTIED, emptied, is_unassigned
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import many

__all__ = ["LICENCE", "is_ons_header", "read_ons"]

LICENCE = "Open Government Licence v3.0"
_SOURCE = "ONS, police recorded crime by Community Safety Partnership area"
_YEAR = re.compile(r"year ending (?:\d+ )?([A-Z][a-z]+) (\d{4})", re.IGNORECASE)
_RANGE = re.compile(r"([A-Z][a-z]+) (\d{4}) to ([A-Z][a-z]+) (\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
# Headings of places, after `plain`, in lower case; every other heading is a measure.
_PLACES = {
    "force_code": r"(?:police force|pfa) ?(?:area )?code",
    "force": r"(?:police force|pfa) ?(?:area )?(?:name)?",
    "csp_code": r"(?:community safety partnership|csp) (?:area )?code",
    "csp": r"(?:community safety partnership|csp)(?: area)?(?: name)?",
    "council_code": r"local authority (?:area )?code",
    "council": r"local authority ?(?:area )?(?:name)?",
}
_CODE = re.compile(r"[EWK]\d{8}")
_ASIDE = re.compile(r"(?:households?|population|.*\bper 1,?000\b.*|.*\brate\b.*|region.*)")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Hold which column is what."""

    places: dict[str, int]
    measures: dict[int, tuple[str, str]]


def is_ons_header(header: Sequence[str]) -> bool:
    """Tell the header of such a table by its headings."""
    places = {_place(name) for name in header}
    return bool({"csp_code", "csp"} & places) and len(header) > 6 and "Offence Code" not in header


def read_ons(sheets: Sequence[Sheet], sha256: str) -> FigureTable:
    """Read a table by CSP: counts of forces and of CSPs, for one year.

    Notes
    -----
    Rows that no area of ours stands for (crimes not assigned to a CSP, an airport) are left out of
    the figures and named. Totals that do not add up, within a row and from CSPs to their force,
    are reported as remarks.

    Raises
    ------
    SourceError
        With line, column and reason, if anything is amiss.
    """
    found = table_of(sheets, is_ons_header)
    if found is None:
        raise SourceError("there is no table by Community Safety Partnership area in it")
    sheet, (line, header), rows = found
    period = _period(sheet, line)
    layout = _layout(header, sheet, line)
    left_out: dict[str, str] = {}
    records = list(_records(rows, layout, sheet, period, left_out))
    if not records:
        raise SourceError("the table has no rows", file=sheet.shown, line=line)
    forces_off = _forces_off(records)
    records = _without_emptied(records, left_out)
    figures = long_figures((r for r in records if r["area_code"]), source=_SOURCE)
    figures = figures.drop(columns=["force", "csp", "whole"])
    _refuse_doubles(figures, sheet)
    off = discrepancies(figures)
    remarks = (*remarks_on(off, left_out), *forces_off)
    return FigureTable(figures, LICENCE, "", sha256, left_out, remarks)


def _place(name: str) -> str:
    lowered = name.lower()
    return next((key for key, form in _PLACES.items() if re.fullmatch(form, lowered)), "")


def _period(sheet: Sheet, before: int) -> Period:
    for line, cells in sheet.rows:
        if line >= before:
            break
        text = keyed(" ".join(cells))
        if (match := _YEAR.search(text)) and match[1].lower() in _MONTHS:
            last = date(int(match[2]), _MONTHS[match[1].lower()], 1)
            first = date(last.year - 1, last.month % 12 + 1, 1)
            first = first if last.month < 12 else date(last.year, 1, 1)
            return Period.of_months(first, last)
        if match := _RANGE.search(text):
            months = (_MONTHS.get(match[1].lower()), _MONTHS.get(match[3].lower()))
            if months[0] and months[1]:
                first = date(int(match[2]), months[0], 1)
                return Period.of_months(first, date(int(match[4]), months[1], 1))
    reason = "no line above the table says which year it is of, such as 'year ending June 2025'"
    raise SourceError(f"{reason}; keep the publisher's lines", file=sheet.shown, line=1)


def _layout(header: list[str], sheet: Sheet, line: int) -> _Layout:
    places: dict[str, int] = {}
    measures: dict[int, tuple[str, str]] = {}
    for position, name in enumerate(header):
        if place := _place(name):
            _refuse_twice(place in places, name, sheet, line)
            places[place] = position
        elif name and not _ASIDE.fullmatch(name.lower()):
            code = measure_of(name, file=sheet.shown, line=line, column=name)
            _refuse_twice(code in {held for held, _ in measures.values()}, name, sheet, line)
            measures[position] = (code, name)
    return _Layout(places, measures)


def _refuse_twice(twice: bool, name: str, sheet: Sheet, line: int) -> None:
    if twice:
        reason = "the column is there twice"
        raise SourceError(reason, file=sheet.shown, line=line, column=name)


def _records(
    rows: Sequence[Row],
    layout: _Layout,
    sheet: Sheet,
    period: Period,
    left_out: dict[str, str],
) -> Iterator[dict[str, object]]:
    width = max(layout.measures) + 1
    for line, cells in rows:
        if len([cell for cell in cells if cell]) <= 2 and not any(map(_CODE.fullmatch, cells)):
            continue  # a note under the table
        if len(cells) < width:
            reason = f"the line holds {many(len(cells), 'value')} and the header {width}"
            raise SourceError(f"{reason}; was it cut short?", file=sheet.shown, line=line)
        name = {key: plain(cells[at]) for key, at in layout.places.items()}
        area = _area(name, sheet, line)
        if area is None:
            left_out[name.get("csp") or name.get("force", "")] = "not an area"
        about = {
            "area_code": area.code if area else "",
            "force": name.get("force", ""),
            "csp": name.get("csp", ""),
            "whole": not name.get("csp") and not name.get("csp_code"),
            "period_start": period.start,
            "period_end": period.end,
            "line": line,
        }
        for at, (code, heading) in layout.measures.items():
            count, status = as_count(cells[at], file=sheet.shown, line=line, column=heading)
            yield about | {"measure": code, "count": count, "status": status}


def _without_emptied(
    records: list[dict[str, object]], left_out: dict[str, str]
) -> list[dict[str, object]]:
    """Leave out the partnerships whose crimes stand under "Unassigned"; name them."""
    frame = pd.DataFrame(records)
    gone = {csp for _, csp in emptied(frame[~frame["whole"]].assign(when=""))}
    left_out |= dict.fromkeys(sorted(gone), EMPTIED)
    return [record for record in records if record["csp"] not in gone]


def _area(name: dict[str, str], sheet: Sheet, line: int) -> Area | None:
    """Find the CSP, or the force, of a row; None for what is neither."""
    csp, code = name.get("csp", ""), name.get("csp_code", "")
    if code and not _CODE.fullmatch(code):
        reason = f"'{code}' is not the code of an area; are columns swapped?"
        raise SourceError(reason, file=sheet.shown, line=line)
    if not csp and not code:
        return _known(name.get("force_code", "")) or _known(f"{name.get('force', '')}-force")
    if is_unassigned(csp) or not (code or csp):
        return None
    return _known(code) or _known(csp)


def _known(text: str) -> Area | None:
    try:
        return Area.named(text)
    except UsageError:
        return None


def _refuse_doubles(figures: pd.DataFrame, sheet: Sheet) -> None:
    double = figures[figures.duplicated(["area_code", "measure"])]
    if not double.empty:
        second = double.iloc[0]
        first = figures[figures["area_code"] == second["area_code"]].iloc[0]
        reason = f"the area {second['area_code']} is on line {first['line']} too; keep one of them"
        raise SourceError(reason, file=sheet.shown, line=int(second["line"]))


def _forces_off(records: list[dict[str, object]]) -> tuple[str, ...]:
    """Name the forces whose CSPs and unassigned crimes do not add up to them.

    A force of which any figure is missing is passed over.
    """
    frame = pd.DataFrame(records)
    frame = frame[frame["measure"] == "all-crime"]
    gaps = set(frame.loc[frame["count"].isna(), "force"])
    frame = frame[~frame["force"].isin(gaps)].astype({"count": int})
    whole = frame[frame["whole"] & (frame["area_code"] != "")].groupby("force")["count"].sum()
    parts = frame[~frame["whole"]].groupby("force")["count"].sum()
    parts = parts.reindex(whole.index, fill_value=0)
    return tuple(
        f"{force}: its partnerships and what is not assigned to one come to {parts[force]:,} "
        f"of {whole[force]:,} crimes"
        for force in whole.index[whole != parts]
    )
