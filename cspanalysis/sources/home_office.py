"""Home Office: open data tables of police recorded crime, by force and by CSP.

The tables are published at
https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables: quarters of a
financial year by offence code, and rolling years by offence. Fraud recorded by national bodies is
in them too; it belongs to no area and is left out. Counts may be negative in a quarter where
crimes of earlier ones were cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from cspanalysis.characters import without_equal
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.paths import reference
from cspanalysis.sources.figures import (
    KEYS,
    FigureTable,
    as_count,
    discrepancies,
    gravest,
    long_figures,
    remarks_on,
    with_totals,
)
from cspanalysis.sources.tables import Row, Sheet, plain, table_of
from cspanalysis.sources.unassigned import EMPTIED, emptied
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import many
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["LICENCE", "is_home_office_header", "offence_codes", "read_home_office"]

LICENCE = "Open Government Licence v3.0"
_SOURCE = "Home Office police recorded crime open data tables"
# What the columns are called in one year's table or another, in lower case.
_COLUMNS = {
    "year": {"financial year"},
    "quarter": {"financial quarter"},
    "ending": {"12 months ending", "year ending"},
    "force": {"force name", "pfa", "police force", "police force area"},
    "csp": {"csp name", "community safety partnership", "csp"},
    "csp_code": {"ons code", "csp code", "community safety partnership code"},
    "code": {"offence code"},
    "subgroup": {"offence subgroup", "offence sub group"},
    "group": {"offence group"},
    "offence": {"offence", "offence description"},
    "count": {
        "number of offences",
        "offence count",
        "force offence count",
        "csp offence count",
        "rolling year total number of offences",
    },
}
_NOWHERE = "recorded by a body without an area"


def is_home_office_header(header: Sequence[str]) -> bool:
    """Tell the header of an open data table by its headings."""
    held = set(_layout(header))
    return {"count", "force"} <= held and bool({"code", "offence"} & held)


def offence_codes() -> dict[str, tuple[str, str]]:
    """Give the measure and subgroup of every offence code, from ``home_office_codes.csv``."""
    return _read_codes(reference("home_office_codes.csv"))


def read_home_office(sheets: Sequence[Sheet], sha256: str) -> FigureTable:
    """Read an open data table into counts by area, quarter or year, and measure.

    Notes
    -----
    Codes are counted under the measure that ``home_office_codes.csv`` names; totals that the table
    leaves out are added where all their parts are there. All crime is without fraud. A quarter's
    adjustment below zero stays below zero. A measure is missing where one of its rows is. In a
    table by code, a measure of which an area has no row counts 0, unless all that the table says
    of the area and period is missing.

    Raises
    ------
    SourceError
        With line, column and reason, if anything is amiss.
    """
    frame, shown = _all_rows(sheets)
    by_area, left_out = _placed(frame, shown)
    by_area = _without_emptied(_timed(by_area, shown), _timed(frame, shown), left_out)
    _refuse_doubles(by_area, shown)
    by_area["measure"] = _measures(by_area, shown)
    counts = _counted(by_area)
    if "code" in frame:
        counts = _with_zeros(counts)
    rows = _in_use(counts.reset_index()).to_dict("records")
    figures = long_figures(rows, source=_SOURCE)  # type: ignore[arg-type]
    off = discrepancies(figures)
    figures = with_totals(figures).sort_values([*KEYS, "line"], kind="stable", ignore_index=True)
    return FigureTable(figures, LICENCE, "", sha256, left_out, remarks_on(off, left_out))


def _layout(header: Sequence[str]) -> dict[str, int]:
    lowered = [plain(name).lower() for name in header]
    return {
        key: next(at for at, name in enumerate(lowered) if name in names)
        for key, names in _COLUMNS.items()
        if names & set(lowered)
    }


def _all_rows(sheets: Sequence[Sheet]) -> tuple[pd.DataFrame, str]:
    """Join the rows of all sheets that hold such a table, counts read and checked."""
    parts, shown = [], ""
    for sheet in sheets:
        found = table_of([sheet], is_home_office_header)
        if found is not None:
            _, (line, header), rows = found
            parts.append(_rows(sheet, line, header, rows))
            shown = shown or sheet.shown
    if not parts:
        raise SourceError("there is no open data table of the Home Office in it")
    return pd.concat(parts, ignore_index=True), shown


def _rows(sheet: Sheet, at: int, header: list[str], rows: Sequence[Row]) -> pd.DataFrame:
    layout = _layout(header)
    if "ending" not in layout and not {"year", "quarter"} <= set(layout):
        reason = "no column says when: 'Financial Year' and 'Financial Quarter', or "
        raise SourceError(f"{reason}'12 months ending'", file=sheet.shown, line=at)
    for name in filter(None, header):
        if header.count(name) > 1:
            reason = "the column is there twice"
            raise SourceError(reason, file=sheet.shown, line=at, column=name)
    if not rows:
        raise SourceError("the table has no rows", file=sheet.shown, line=at)
    for line, cells in rows:
        if len(cells) != len(header):
            reason = f"the line holds {many(len(cells), 'value')} and the header {len(header)}"
            raise SourceError(f"{reason}; was it cut short?", file=sheet.shown, line=line)
        if [plain(cell) for cell in cells] == header:
            raise SourceError("the header is repeated", file=sheet.shown, line=line)
    columns = {key: [cells[at] for _, cells in rows] for key, at in layout.items()}
    frame = pd.DataFrame(columns, dtype=str).assign(line=[line for line, _ in rows])
    heading = header[layout["count"]]
    read = {text: _count(text, frame, sheet, heading) for text in frame["count"].unique()}
    counts = {text: count for text, (count, _) in read.items()}
    statuses = {text: status for text, (_, status) in read.items()}
    status = frame["count"].map(statuses)
    return frame.assign(count=frame["count"].map(counts).astype("Int64"), status=status)


def _count(text: str, frame: pd.DataFrame, sheet: Sheet, heading: str) -> tuple[int | None, str]:
    try:
        return as_count(text, file=sheet.shown, line=0, column=heading)
    except SourceError as error:
        line = int(frame.loc[frame["count"] == text, "line"].iloc[0])
        reason, column = error.reason, heading
        raise SourceError(reason, file=sheet.shown, line=line, column=column) from error


def _placed(frame: pd.DataFrame, shown: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give every row the code of its area; name what has none."""
    column = "csp_code" if "csp_code" in frame else "csp" if "csp" in frame else "force"
    codes, left_out = {}, {}
    for text in frame[column].unique():
        area = _area(plain(text), column)
        if area is not None:
            codes[text] = area.code
        else:
            left_out[plain(text) or "no name"] = _NOWHERE if column == "force" else "not an area"
    placed = frame.assign(area_code=frame[column].map(codes)).dropna(subset="area_code")
    if placed.empty:
        line = int(frame["line"].iloc[0])
        reason = f"'{frame[column].iloc[0]}' is no area that is known, nor is any other here"
        raise SourceError(f"{reason}; are columns swapped?", file=shown, line=line)
    return placed, left_out


def _without_emptied(
    placed: pd.DataFrame, frame: pd.DataFrame, left_out: dict[str, str]
) -> pd.DataFrame:
    """Leave out the partnerships, in a period, whose crimes stand under "Unassigned"; name them."""
    if not {"csp", "force"} <= {*frame}:
        return placed
    gone = emptied(frame.assign(when=frame["period_start"]))
    for when, csp in sorted(gone, key=str):
        left_out[f"{csp} from {when}"] = EMPTIED
    keys = zip(placed["period_start"], placed["csp"], strict=True)
    return placed[[key not in gone for key in keys]]


def _area(name: str, column: str) -> Area | None:
    try:
        return Area.named(f"{name}-force" if column == "force" else name)
    except UsageError:
        turned = ", ".join(reversed(name.split(", ")))
        if column == "force" and ", " in name:
            return _area(turned.replace(", ", " "), column)
        return None


def _timed(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Give every row the first and the last day of its quarter or year."""
    keys = ["ending"] if "ending" in frame else ["year", "quarter"]
    spans = {}
    for key, rows in frame.groupby(keys, sort=False):
        texts = [str(text) for text in key]
        period = _year(texts[0]) if len(texts) == 1 else _quarter(*texts)
        if period is None:
            reason = f"'{' '.join(texts)}' is no quarter of a financial year or end of a year"
            raise SourceError(reason, file=shown, line=int(rows["line"].iloc[0]), column=keys[-1])
        spans[tuple(texts)] = period
    periods = [spans[key] for key in frame[keys].itertuples(index=False, name=None)]
    starts, ends = [p.start for p in periods], [p.end for p in periods]
    return frame.assign(period_start=starts, period_end=ends)


def _quarter(year: str, quarter: str) -> Period | None:
    match = re.fullmatch(r"(\d{4})[/-](\d{2}|\d{4})", year)
    number = re.fullmatch(r"Q?([1-4])", quarter)
    if not match or not number or int(match[2][-2:]) != (int(match[1]) + 1) % 100:
        return None
    return Period.parse(f"FY{match[1]}-Q{number[1]}")


def _year(text: str) -> Period | None:
    """Read the end of twelve months; 30 December stands for the end of December."""
    match = re.fullmatch(r"(\d{2})[-/](\d{2})[-/](\d{4})", text)
    parts = match.groups()[::-1] if match else tuple(text.split("-"))
    try:
        end = date(*map(int, parts))
    except (TypeError, ValueError):
        return None
    return Period.parse(f"12m-to-{end:%Y-%m}")


def _refuse_doubles(frame: pd.DataFrame, shown: str) -> None:
    """Refuse a row that is there twice; homicide's four codes in one, ``1/4.1/4.10/4.2``, are 4."""
    keys = [*KEYS, *(name for name in ("code", "subgroup", "group", "offence") if name in frame)]
    allowed = frame["code"].str.count("/") + 1 if "code" in frame else 1
    double = frame[frame.groupby(keys).cumcount() >= allowed]
    if not double.empty:
        second = double.iloc[0]
        first = frame[(frame[keys] == second[keys]).all(axis=1)].iloc[0]
        reason = f"the same area, time and offence are on line {first['line']} too; keep one"
        raise SourceError(reason, file=shown, line=int(second["line"]))


def _measures(frame: pd.DataFrame, shown: str) -> pd.Series:
    known = offence_codes()
    by_subgroup = {subgroup: measure for measure, subgroup in known.values()}
    columns = [name for name in ("code", "subgroup", "group", "offence") if name in frame]
    found = {}
    for key, rows in frame.groupby(columns, sort=False, dropna=False):
        row = dict(zip(columns, map(str, key), strict=True))
        name = row.get("subgroup") or row.get("offence") or row.get("group", "")
        if (code := row.get("code", "").strip()) in known:
            found[key] = known[code][0]
        elif name in by_subgroup and "code" in row:
            found[key] = by_subgroup[name]
        else:
            found[key] = _named(plain(name), shown, int(rows["line"].iloc[0]))
    pairs = frame[columns].itertuples(index=False, name=None)
    return pd.Series([found[pair] for pair in pairs], index=frame.index)


def _named(name: str, shown: str, line: int) -> str:
    try:
        return Measure.named(name).code
    except UsageError as error:
        reason = f"{error}; an offence code is added in data/reference/home_office_codes.csv"
        reason += without_equal(name)
        raise SourceError(reason, file=shown, line=line) from error


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up rows by area, period and measure; missing where one of them is."""
    keys = [*KEYS, "measure"]
    counts = rows.groupby(keys, sort=True).agg(count=("count", "sum"), line=("line", "min"))
    counts["status"] = gravest(rows["status"], [rows[key] for key in keys])
    counts["count"] = counts["count"].where(counts["status"] == "final")
    return counts


def _in_use(counts: pd.DataFrame) -> pd.DataFrame:
    """Leave out the noughts, and the gaps, of a category that was not in use."""
    limits = {m: Measure.named(m) for m in counts["measure"].unique()}
    firsts = counts["measure"].map({m: v.valid_from or date.min for m, v in limits.items()})
    lasts = counts["measure"].map({m: v.valid_to or date.max for m, v in limits.items()})
    out_of_use = (counts["period_end"] < firsts) | (counts["period_start"] > lasts)
    return counts[~(out_of_use & (counts["count"].fillna(0) == 0))]


def _with_zeros(counts: pd.DataFrame) -> pd.DataFrame:
    """Let a measure that an area has no row of count 0, as tables by code leave zeros out.

    Where all that is there of an area and period is missing, so is what has no row.
    """
    listed = counts.reset_index()
    areas = listed[KEYS].drop_duplicates().itertuples(index=False, name=None)
    measures = listed["measure"].unique()
    pairs = [(*key, measure) for key in areas for measure in measures]
    whole = pd.MultiIndex.from_tuples(pairs, names=counts.index.names)
    known = listed.groupby(KEYS)["count"].transform("count") > 0
    unnamed = listed["status"].where(~known, "final").to_list()
    by_key = dict(zip(listed[KEYS].itertuples(index=False, name=None), unnamed, strict=True))
    filled = counts.reindex(whole)
    absent = filled["status"].isna()
    filled["status"] = filled["status"].fillna(
        pd.Series([by_key[tuple(pair[:-1])] for pair in pairs], index=whole)
    )
    filled["count"] = filled["count"].mask(absent & (filled["status"] == "final"), 0)
    filled["line"] = filled["line"].fillna(counts["line"].min()).astype(int)
    return filled


@lru_cache(maxsize=4)
def _read_codes(path: Path) -> dict[str, tuple[str, str]]:
    rows = reference_rows(path)
    return {row["code"]: (row["measure"], row["subgroup"]) for row in rows}
