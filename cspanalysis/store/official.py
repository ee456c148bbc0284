"""Official totals of forces by year, and what share of them the street files hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cspanalysis.paths import reference
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.store.shortened import lost, short_months
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store.answers import Store

__all__ = ["held_of_official", "official_totals", "shipped_totals"]


def official_totals(
    store: Store, force: Area, *, touching: Collection[date] | None = None
) -> pd.DataFrame:
    """Give the official counts of a force by year (rows: `Period`) and measure.

    They are those shipped (ONS, years to September), and those of tables that the store holds.

    Parameters
    ----------
    store, force
        Where to look, and the force.
    touching
        Months, first days; years that hold none of them are left out.
    """
    import pandas as pd

    last = max(touching) if touching else None
    held = shipped_totals().get(force.code, {})
    years = {Period.of_months(*span): row for span, row in held.items()}
    rows = {year: row for year, row in years.items() if _touches(year, touching)}
    for source in OFFICIAL:
        for period in store.figures.published_periods(force, source=source, begun_by=last):
            if len(period.months) == 12 and period not in rows and _touches(period, touching):
                table = store.published(force, period, source=source)
                known = table.dropna(subset=["count"])
                rows[period] = dict(zip(known["measure"], known["count"].astype(int), strict=True))
    ordered = sorted(rows, key=lambda period: period.start)
    return pd.DataFrame([rows[period] for period in ordered], index=ordered).astype("Float64")


def held_of_official(
    store: Store, force: Area, *, touching: Collection[date] | None = None
) -> pd.DataFrame:
    """Hold the street files of a force against its official totals, year by year.

    Parameters
    ----------
    store, force, touching
        As for `official_totals`.

    Returns
    -------
    DataFrame
        Index of `Period` and measure, for years of which every month is there: ``files`` (crimes
        in the street files), ``lost`` (what they held more in earlier editions of short months)
        and ``official``.
    """
    import pandas as pd

    totals = official_totals(store, force, touching=touching)
    told = dict(zip(totals.index, totals.to_dict("records"), strict=True))
    rows = []
    for year in (year for year in totals.index if store.held.whole(force, year)):
        counts = store.monthly(force, months=year).sum()
        gone = lost(store, force, short_months(store, force, year.months)).sum()
        files, less = counts.to_dict(), gone.to_dict()
        for code, official in told[year].items():
            if code in files and not pd.isna(official) and official > 0:
                rows.append((year, code, int(files[code]), int(less.get(code, 0)), int(official)))
    return _framed(rows)


def _touches(year: Period, months: Collection[date] | None) -> bool:
    return months is None or not {*months}.isdisjoint(year.months)


def _framed(rows: list[tuple[Period, str, int, int, int]]) -> pd.DataFrame:
    import pandas as pd

    columns = ["year", "measure", "files", "lost", "official"]
    return pd.DataFrame(rows, columns=columns).set_index(["year", "measure"])


def shipped_totals() -> Mapping[str, Mapping[tuple[date, date], Mapping[str, int]]]:
    """Give the shipped counts by measure, by code of the force and by first and last day."""
    return _shipped(reference("official-totals.csv"))


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
