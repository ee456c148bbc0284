"""Short months: months of which a later edition holds far fewer crimes than an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store.answers import Store

__all__ = ["SHORT", "ShortMonth", "lost", "short_months"]

SHORT = 0.9
"""A month is short where the newest edition holds less than this share of the located crimes that
an earlier one held. Records are corrected and cancelled, but seldom a tenth of them."""

_FOUND: WeakKeyDictionary[Store, dict[tuple[str, date], ShortMonth | None]] = WeakKeyDictionary()
"""What was found already in an open store."""

_KNOWN: WeakKeyDictionary[Store, dict[tuple[Area, str, tuple[date, ...]], pd.DataFrame]]
_KNOWN = WeakKeyDictionary()
"""What was counted for it, by area, edition and months."""


@dataclass(frozen=True, slots=True)
class ShortMonth:
    """Hold a month that lost crimes between two editions of a force's files.

    Parameters
    ----------
    month
        First day.
    edition, earlier
        The vintage that counts, and the one that held more.
    held, was
        Crimes with a location inside the force's area in either. Copies of old editions may hold
        no record without a location, so that only located ones compare.
    """

    month: date
    edition: str
    earlier: str
    held: int
    was: int


def short_months(store: Store, area: Area, months: Sequence[date]) -> tuple[ShortMonth, ...]:
    """Find the short months of an area's force among some months, oldest first.

    Every earlier edition of a month that the store holds is set beside the newest; of several the
    one that held most counts.
    """
    force = area.code if area.kind == "force" else area.force
    if not force or not months:
        return ()
    kept = _FOUND.setdefault(store, {})
    asked = store.held.editions(area, months)
    fresh = {month: names for month, names in asked.items() if (force, month) not in kept}
    if fresh:
        found = _found(store, Area.named(force), fresh)
        kept.update({(force, month): found.get(month) for month in fresh})
    short = (kept[force, month] for month in sorted(asked))
    return tuple(one for one in short if one is not None)


def lost(store: Store, area: Area, short: Sequence[ShortMonth]) -> pd.DataFrame:
    """Count what an area's short months lost: by month and measure, located crimes alone.

    Below zero where a measure gained, as one does to which crimes were recoded.
    """
    import pandas as pd

    parts = []
    for then, now in dict.fromkeys((one.earlier, one.edition) for one in short):
        months = [one.month for one in short if (one.earlier, one.edition) == (then, now)]
        parts.append(_located(store, area, months, then) - _located(store, area, months, now))
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts).drop(columns="anti-social-behaviour").sort_index()
    return table.fillna(0).astype(int)


def _found(
    store: Store, force: Area, months: Mapping[date, Sequence[str]]
) -> dict[date, ShortMonth]:
    editions = sorted({name for names in months.values() for name in names})
    crimes = {name: _located(store, force, sorted(months), name)["all-crime"] for name in editions}
    short = {}
    for month, names in months.items():
        held = {name: int(crimes[name][f"{month:%Y-%m-%d}"]) for name in names}
        most, newest = max(held, key=lambda name: held[name]), names[-1]
        if held[newest] < SHORT * held[most]:
            short[month] = ShortMonth(month, newest, most, held[newest], held[most])
    return short


def _located(store: Store, area: Area, months: Sequence[date], edition: str) -> pd.DataFrame:
    """Count what was known of months by an edition; of a force, in its areas together."""
    areas = AreaRegister.shipped().within(area) if area.kind == "force" else (area,)
    tables = [_known(store, one, tuple(months), edition) for one in areas]
    whole = tables[0]
    for table in tables[1:]:
        whole = whole + table
    return whole


def _known(store: Store, area: Area, months: tuple[date, ...], edition: str) -> pd.DataFrame:
    kept = _KNOWN.setdefault(store, {})
    key = area, edition, months
    if key not in kept:
        kept[key] = store.monthly(area, months=months, as_of=edition).fillna(0)
    return kept[key]
