"""Figures: what every table of counts by area, period and measure is turned into."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cspanalysis.characters import keyed, without_equal
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.vocabulary import Measure, Period
from cspanalysis.vocabulary.listed import many
from cspanalysis.vocabulary.totals import Total, totals

__all__ = [
    "KEYS",
    "FigureTable",
    "added_up",
    "as_count",
    "discrepancies",
    "gravest",
    "long_figures",
    "measure_of",
    "with_totals",
]

KEYS = ["area_code", "period_start", "period_end"]
_TYPES = {"count": "Int64", "percent_change": "Float64", "rate": "Float64"}
_WHOLE = re.compile(r"[-−]?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})")
_ABSENT = dict.fromkeys(("", "[x]", "..", "...", "…", ":", "n/a", "na", "#n/a"), "not available")
_ABSENT |= {"[z]": "not applicable", ".": "not applicable", "-": "0"}
_ABSENT |= dict.fromkeys(("[c]", "[low]", "*"), "suppressed")
# The later weighs more: what is suppressed in part is not told of as a whole.
_GRAVITY = ("final", "not applicable", "not available", "suppressed")
_MARK = re.compile(r"\s*\[[a-z](?:ote)?\s*[\d, ]*\]$", re.IGNORECASE)
_SUM, _GAP = "Sum of its parts.", "A part of it is missing."
_OUTLINE = (*KEYS, "measure")


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Hold one table of figures.

    Parameters
    ----------
    figures
        One row a figure, in the table's order: ``area_code``, ``period_start``, ``period_end``,
        ``measure``, ``count`` (Int64), ``percent_change`` and ``rate`` (Float64), ``status``,
        ``note``, ``source``, ``line``; a source may add columns of its own.
    licence
        Licence of the figures; empty where the file names none.
    vintage
        Label of the vintage; empty where the file names none.
    sha256
        Hash of the file's bytes.
    left_out
        Rows of the table that no area of ours stands for, each with the reason.
    remarks
        What a reader of the ingest report should know, such as totals that do not add up.
    encoding
        That of the file, where it was not UTF-8.
    """

    figures: pd.DataFrame
    licence: str
    vintage: str
    sha256: str
    left_out: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    encoding: str = ""


def as_count(text: str, *, file: str, line: int, column: str) -> tuple[int | None, str]:
    """Read a count as it is published: the number, and why there is none.

    Raises
    ------
    SourceError
        If it is neither a whole number nor one of the shorthands for a missing one.

    Examples
    --------
    >>> as_count("1,234 ", file="t.csv", line=9, column="Robbery")
    (1234, 'final')
    >>> as_count("[x]", file="t.csv", line=9, column="Robbery")
    (None, 'not available')
    """
    written = keyed(text)
    if written.lower() in _ABSENT:
        status = _ABSENT[written.lower()]
        return (0, "final") if status == "0" else (None, status)
    number = _MARK.sub("", written)
    if _WHOLE.fullmatch(number):
        return int(number.replace(",", "").replace("−", "-")), "final"
    if written.startswith("="):
        reason = f"'{written}' is a formula; put its value there (paste special, values)"
    else:
        reason = f"'{written}' is not a whole number; were columns swapped, or text typed in?"
        reason += without_equal(written)
    raise SourceError(reason, file=file, line=line, column=column)


def measure_of(name: str, *, file: str, line: int, column: str) -> str:
    """Give the code of a measure by a publisher's name for it, or raise `SourceError`."""
    try:
        return Measure.named(name).code
    except UsageError as error:
        reason = f"{error}{without_equal(name)}"
        raise SourceError(reason, file=file, line=line, column=column) from error


def long_figures(rows: Iterable[Mapping[str, Any]], *, source: str) -> pd.DataFrame:
    """Make figures of rows that hold keys, measure, count, status and line."""
    frame = pd.DataFrame([dict(row) for row in rows])
    missing = {"percent_change": None, "rate": None, "note": "", "source": source}
    for name, value in missing.items():
        if name not in frame:
            frame[name] = value
    return frame.astype(_TYPES)


def gravest(statuses: pd.Series, by: list[Any]) -> pd.Series:
    """Give the status of several figures as one: where one is missing, so is what they come to."""
    ranks = statuses.map({status: rank for rank, status in enumerate(_GRAVITY)})
    return ranks.fillna(_GRAVITY.index("not available")).groupby(by).max().map(_status)


def with_totals(figures: pd.DataFrame) -> pd.DataFrame:
    """Add the totals that a table leaves out where all their parts are there.

    Notes
    -----
    A part that was not recorded in the period is not waited for, but is added where it is there. A
    total of which a part is missing (not available, suppressed, not applicable) is missing for the
    same reason; one that the table itself gives as missing is not worked out.
    """
    wide, gaps = _set_out(figures)
    periods = [Period.of_months(start, end) for _, start, end in wide.index]
    for total in totals():
        code, sums = total.measure, added_up(wide, gaps, total, periods)
        lacking = gaps.reindex(columns=list(total.parts)).max(axis=1)
        if code not in wide:
            wide[code], gaps[code] = pd.NA, math.nan
        wide[code] = wide[code].astype("Float64").fillna(sums.where(gaps[code].isna()))
        gaps[code] = gaps[code].fillna(lacking.where(wide[code].isna()))
    long = _listed(wide, "count", "Int64").join(_listed(gaps, "gap", "int64"), how="outer")
    held = pd.MultiIndex.from_frame(figures[[*_OUTLINE]])
    made = long[~long.index.isin(held)].reset_index()
    if made.empty:
        return figures
    line = figures.groupby(KEYS)["line"].max()
    made["line"] = [line[tuple(key)] for key in made[KEYS].itertuples(index=False)]
    made["status"] = made["gap"].fillna(0).map(_status)
    made["note"] = made["count"].isna().map({True: _GAP, False: _SUM})
    rows = made.drop(columns="gap").to_dict("records")
    added = long_figures(rows, source=str(figures["source"].iloc[0]))  # type: ignore[arg-type]
    return pd.concat([figures, added[figures.columns]], ignore_index=True)


def _set_out(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Set counts out by measure, and beside them how grave it is that one is missing."""
    wide = _wide(figures["count"], figures)
    absent = figures[figures["count"].isna()]
    told = absent["status"].map({status: rank for rank, status in enumerate(_GRAVITY) if rank})
    gaps = _wide(told.fillna(_GRAVITY.index("not available")), absent)
    return wide, gaps.clip(upper=len(_GRAVITY) - 1).reindex_like(wide).where(wide.isna())


def _wide(values: pd.Series, figures: pd.DataFrame) -> pd.DataFrame:
    # A pivot table would leave out rows that hold nothing but gaps.
    by_key = values.groupby([figures[key] for key in _OUTLINE])
    return by_key.sum(min_count=1).unstack("measure")  # noqa: PD010


def _status(rank: float) -> str:
    return _GRAVITY[int(rank)]


def _listed(wide: pd.DataFrame, name: str, kind: str) -> pd.DataFrame:
    """List what a wide table holds, by area, period and measure."""
    long = wide.melt(ignore_index=False, value_name=name, var_name="measure").dropna()
    return long.set_index("measure", append=True).astype({name: kind})


def added_up(
    wide: pd.DataFrame, gaps: pd.DataFrame, total: Total, periods: Sequence[Period]
) -> pd.Series:
    """Add up the parts of a total by row; missing where a part is missing that is needed.

    Parameters
    ----------
    wide
        Counts by measure.
    gaps
        Of the same shape; where it holds a number, the publisher says that a figure is missing.
    total
        The total and its parts.
    periods
        The period of each row.
    """
    parts = [part for part in total.parts if part in wide]
    if not parts:
        return pd.Series(pd.NA, index=wide.index, dtype="Float64")
    sums = wide[parts].astype("Float64").sum(axis=1, min_count=1)
    by_period = {period: total.needed(period) for period in set(periods)}
    whole = pd.Series(True, index=wide.index)
    for part in total.parts:
        needed = pd.Series([part in by_period[period] for period in periods], index=wide.index)
        absent = wide[part].isna() if part in wide else pd.Series(True, index=wide.index)
        whole &= ~(needed & absent)
        if part in gaps:
            # What did not apply is waited for only where it is needed.
            whole &= ~(gaps[part] > _GRAVITY.index("not applicable"))
    return sums.where(whole)


def discrepancies(figures: pd.DataFrame) -> pd.DataFrame:
    """List the totals that do not add up.

    Returns
    -------
    DataFrame
        One row for each total that a table gives, together with all its parts, and that differs
        from their sum: `KEYS`, ``measure``, ``count``, ``sum_of_parts``, ``difference``.
    """
    wide, gaps = _set_out(figures)
    periods = [Period.of_months(start, end) for _, start, end in wide.index]
    found = []
    for total in (t for t in totals() if t.measure in wide):
        sums = added_up(wide, gaps, total, periods)
        given = wide[total.measure].astype("Float64")
        off = (given - sums).fillna(0) != 0
        rows = pd.DataFrame({"count": given[off], "sum_of_parts": sums[off]}).astype("Int64")
        found.append(rows.assign(measure=total.measure).reset_index())
    columns = [*KEYS, "measure", "count", "sum_of_parts"]
    table = pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)
    return table.assign(difference=table["count"] - table["sum_of_parts"])


def remarks_on(off: pd.DataFrame, left_out: Mapping[str, str]) -> tuple[str, ...]:
    """Say in a line each what does not add up and which rows were left out."""
    said = []
    for measure, rows in off.groupby("measure", sort=False):
        first = rows.iloc[0]
        said.append(
            f"{Measure.named(str(measure)).label} does not add up in {len(rows)} of its figures: "
            f"{first['area_code']} has {first['count']:,}, its parts {first['sum_of_parts']:,}"
        )
    for reason, number in sorted(Counter(left_out.values()).items()):
        names = [name for name, why in left_out.items() if why == reason]
        shown = ", ".join(names[:3]) + (", ..." if number > 3 else "")
        said.append(f"rows of {many(number, 'name')} left out, {reason}: {shown}")
    return tuple(said)
