"""Official totals of forces by year, and what share of them the street files hold."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from cspanalysis.paths import reference
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.store.shortened import lost, short_months
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store.answers import Store

__all__ = ["held_of_official", "official_totals"]

_HELD: WeakKeyDictionary[Store, dict[Area, pd.DataFrame]] = WeakKeyDictionary()
"""What was counted already in an open store."""


def official_totals(store: Store, force: Area) -> pd.DataFrame:
    """Give the official counts of a force by year (rows: `Period`) and measure.

    They are those shipped (ONS, years to September), and those of tables that the store holds.
    """
    import pandas as pd

    held = _shipped(reference("official-totals.csv"))
    rows = {Period.of_months(*span): row for span, row in held.get(force.code, {}).items()}
    for source in OFFICIAL:
        for period in store.figures.published_periods(force, source=source):
            if len(period.months) == 12 and period not in rows:
                table = store.published(force, period, source=source)
                known = table.dropna(subset=["count"])
                rows[period] = dict(zip(known["measure"], known["count"].astype(int), strict=True))
    ordered = sorted(rows, key=lambda period: period.start)
    return pd.DataFrame([rows[period] for period in ordered], index=ordered).astype("Float64")


def held_of_official(store: Store, force: Area) -> pd.DataFrame:
    """Hold the street files of a force against its official totals, year by year.

    Returns
    -------
    DataFrame
        Index of `Period` and measure, for years of which every month is there: ``files`` (crimes
        in the street files), ``lost`` (what they held more in earlier editions of short months)
        and ``official``.
    """
    held = _HELD.setdefault(store, {})
    if force not in held:
        held[force] = _held_of_official(store, force)
    return held[force]


def _held_of_official(store: Store, force: Area) -> pd.DataFrame:
    import pandas as pd

    months = store.held.months(force)
    if not months:
        return _framed([])
    span = Period.of_months(months[0], months[-1])
    totals = official_totals(store, force)
    years = [
        year
        for year in totals.index
        if span.start <= year.start and year.end <= span.end and store.held.whole(force, year)
    ]
    told = dict(zip(totals.index, totals.to_dict("records"), strict=True))
    rows = []
    for year in years:
        counts = store.monthly(force, months=year).sum()
        gone = lost(store, force, short_months(store, force, year.months)).sum()
        files, less = counts.to_dict(), gone.to_dict()
        for code, official in told[year].items():
            if code in files and not pd.isna(official) and official > 0:
                rows.append((year, code, int(files[code]), int(less.get(code, 0)), int(official)))
    return _framed(rows)


def _framed(rows: list[tuple[Period, str, int, int, int]]) -> pd.DataFrame:
    import pandas as pd

    columns = ["year", "measure", "files", "lost", "official"]
    return pd.DataFrame(rows, columns=columns).set_index(["year", "measure"])


@lru_cache(maxsize=4)
def _shipped(path: Path) -> dict[str, dict[tuple[date, date], dict[str, int]]]:
    import pandas as pd

    found: dict[str, dict[tuple[date, date], dict[str, int]]] = {}
    if path.exists():
        table = pd.read_csv(path, comment="#", dtype={"force": str, "measure": str})
        for force, start, end, measure, count in table.itertuples(index=False, name=None):
            span = date.fromisoformat(start), date.fromisoformat(end)
            found.setdefault(force, {}).setdefault(span, {})[measure] = int(count)
    return found
