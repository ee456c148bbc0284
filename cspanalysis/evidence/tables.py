"""Tables: figures that a publisher gave for a whole period, from the first source that has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cspanalysis.evidence.comparability import Line
from cspanalysis.evidence.figures import ForceChange, Provenance, Status
from cspanalysis.evidence.noise import borrowed
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["TABLES", "Pair", "around_of", "counts_in", "pair_of", "table_of"]

TABLES = ("published", *OFFICIAL)
"""Sources of tables, in the order in which they are asked: the area's own publication first, then
the official tables. Figures of two of them never stand in one comparison."""

_STATUSES: tuple[Status, ...] = ("final", "provisional", "to be confirmed")
_WITHOUT = {
    "suppressed": "The table withholds the figure for",
    "not applicable": "The table has no such figure for",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold what one source's tables say of an area in a period and its baseline period.

    Parameters
    ----------
    source
        One of `TABLES`.
    lines
        The two counts of each measure; those of the baseline period are missing where the source
        has no table of it.
    force
        Change of the same measures in the force, by measure code.
    provenance
        Where the figures of the period came from.
    """

    source: str
    lines: tuple[Line, ...]
    force: Mapping[str, ForceChange]
    provenance: Provenance


def table_of(store: Store, area: Area, *periods: Period) -> str | None:
    """Name the first source whose tables have figures of an area for all periods; None if none."""
    for source in TABLES:
        if all(store.figures.has_published(area, period, source=source) for period in periods):
            return source
    return None


def pair_of(store: Store, source: str, *, area: Area, period: Period, baseline: Period) -> Pair:
    """Read the lines of an area from the tables of one source.

    Parameters
    ----------
    source
        A source that has figures of the period, see `table_of`.
    """
    frames = {
        span: store.published(area, span, source=source).set_index("measure")
        for span in (baseline, period)
    }
    table = MeasureTable.shipped()
    codes = sorted({str(code) for f in frames.values() for code in f.index}, key=table.order)
    newest = frames[period].iloc[0]
    return Pair(
        source,
        tuple(_line(table.named(c), frames, months=len(period.months)) for c in codes),
        dict(_force(store, source, area, period, baseline)),
        _origin(newest),
    )


def around_of(store: Store, *, area: Area, period: Period, baseline: Period) -> Pair | None:
    """Read what official tables have of an area's force where they have no figures of the area.

    Returns
    -------
    Pair or None
        A line without counts for each measure of the force, and its change; None where no
        official table of exactly the period has figures of the force.
    """
    force = area.wider
    held = (s for s in OFFICIAL if force and store.figures.has_published(force, period, source=s))
    source = next(held, None)
    if force is None or source is None:
        return None
    rows = store.published(force, period, source=source)
    table, newest = MeasureTable.shipped(), rows.iloc[0]
    origin = _origin(newest)
    missing = f"The table that is held ({origin.source}) has no figures of {area.name}."
    levels = {
        code: ForceChange(name=force.name, percent_change=None, after=count)
        for code, count in counts_in(store, source, force, period).items()
    }
    return Pair(
        source,
        tuple(
            Line(measure=table.named(code), before=None, after=None, missing=missing)
            for code in sorted(map(str, rows["measure"]), key=table.order)
        ),
        levels | dict(_force(store, source, area, period, baseline)),
        origin,
    )


def counts_in(store: Store, source: str, area: Area, period: Period) -> dict[str, int]:
    """Give the counts that a source's tables have of an area, by measure; missing ones left out."""
    if not store.figures.has_published(area, period, source=source):
        return {}
    rows = store.published(area, period, source=source).set_index("measure")["count"].dropna()
    return {str(code): int(count) for code, count in rows.items()}


def _line(measure: Measure, tables: Mapping[Period, pd.DataFrame], *, months: int) -> Line:
    """Pair the figures of a measure; the tables are those of the baseline period and the period.

    Their noise is borrowed: tables hold no months to learn it from.
    """
    rows = {
        span: cast("pd.Series", frame.loc[measure.code])
        for span, frame in tables.items()
        if measure.code in frame.index
    }
    before, after = (_count(rows.get(span)) for span in tables)
    notes = dict.fromkeys(str(row["note"]) for row in rows.values() if row["note"])
    notes |= dict.fromkeys(_two_sources(rows))
    known = [cast("Status", row["status"]) for row in rows.values() if row["status"] in _STATUSES]
    noise = borrowed(before, after, months=months)
    return Line(
        measure=measure,
        before=before,
        after=after,
        dispersion=noise.comparison,
        freedom=noise.freedom,
        period_noise=noise.period,
        borrowed=True,
        status=max(known, key=_STATUSES.index, default="final"),
        note=" ".join(notes),
        missing=_missing(rows, tables),
        provenance=_origin(list(rows.values())[-1]),
    )


def _origin(row: pd.Series) -> Provenance:
    return Provenance(str(row["source"]), str(row["vintage"]))


def _two_sources(rows: Mapping[Period, pd.Series]) -> Iterator[str]:
    """Say that two counts came from different hands, where they did."""
    given = {span: str(row["source"]) for span, row in rows.items() if row["source"]}
    if len(set(given.values())) > 1:
        (before, earlier), (after, later) = given.items()
        yield (
            f"The figure for {before.label} is from {earlier}, that for {after.label} from {later};"
            " the two may not count alike."
        )


def _missing(rows: Mapping[Period, pd.Series], tables: Mapping[Period, pd.DataFrame]) -> str:
    """Say which table is not held, or why a table that is held gives no count."""
    for span, frame in tables.items():
        if frame.empty:
            return f"There are no figures for {span.label}."
    for span, row in rows.items():
        if why := _WITHOUT.get(str(row["status"])):
            return f"{why} {span.label}."
    return ""


def _force(
    store: Store, source: str, area: Area, period: Period, baseline: Period
) -> Iterator[tuple[str, ForceChange]]:
    """Give what moved in the force: by its counts of both periods, else by a percentage printed."""
    force = area.wider
    if force is None or not store.figures.has_published(force, period, source=source):
        return
    earlier = counts_in(store, source, force, baseline)
    later = counts_in(store, source, force, period)
    for code in earlier.keys() & later.keys():
        before, after = earlier[code], later[code]
        percent = 100 * (after / before - 1) if before else None
        noise = borrowed(before, after, months=len(period.months)).comparison
        yield (
            code,
            ForceChange(
                name=force.name, percent_change=percent, before=before, after=after, noise=noise
            ),
        )
    printed = store.published(force, period, source=source).dropna(subset=["percent_change"])
    for code, percent in zip(printed["measure"], printed["percent_change"], strict=True):
        if code not in earlier or code not in later:
            yield str(code), ForceChange(name=force.name, percent_change=float(percent))


def _count(row: pd.Series | None) -> int | None:
    import pandas as pd

    if row is None or pd.isna(row["count"]):
        return None
    return int(cast("int", row["count"]))
