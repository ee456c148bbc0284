"""Nothing: what is said where no source has figures of an area and a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis.evidence.tables import TABLES
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.store.unions import pieces_of
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["nothing_of"]


def nothing_of(store: Store, area: Area, period: Period) -> str:
    """Say that there are no figures of an area and a period, and what there is instead."""
    months = store.held.months(area)
    tables = [
        span for source in TABLES for span in store.figures.published_periods(area, source=source)
    ]
    held = [f"its months run from {months[0]:%Y-%m} to {months[-1]:%Y-%m}"] if months else []
    if tables:
        named = [str(each) for each in sorted(set(tables), key=lambda span: span.start)]
        shown = [*named[:2], f"{len(named) - 4} more", *named[-2:]] if len(named) > 6 else named
        held.append(f"tables hold figures for {joined(shown)}")
    if area.is_wider and (gone := _parts_lacking(store, area, period)):
        held.append(gone)
    none = "the store holds no figures for this area; `cspanalysis ingest` adds some"
    return f"no figures for {area.label} in {period.label}: {'; '.join(held) or none}"


def _parts_lacking(store: Store, area: Area, period: Period) -> str:
    """Say which parts of a wider area have no figures of a period, where others have."""
    said = []
    forces = [Area.named(piece.force) for piece in pieces_of(area)]
    gone = [force for force in forces if not store.held.covers(force, period)]
    if 0 < len(gone) < len(forces):
        said.append(f"there are no street files of {_few(gone)}")
    for source in OFFICIAL:
        if absent := store.figures.lacking(area, period, source=source):
            what = "ONS" if source == "ons" else "the Home Office"
            said.append(f"the table of {what} has no figures of {_few(absent)}")
    return "; ".join(said)


def _few(areas: Sequence[Area], most: int = 6) -> str:
    names = [area.name for area in areas]
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return joined([*names[: None if not more else most], *more])
