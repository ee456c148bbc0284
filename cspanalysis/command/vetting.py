"""The last look at a public report before it lands: what it gives away beside those that lie there.

The plan of an area's family keeps its reports from telling of each other. Here it is verified, and
held against what was published before: earlier editions, other plans, other notebooks.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.classes import ToldClasses, given_by_classes, recorded_classes
from cspanalysis.disclosure.custom import place_name
from cspanalysis.disclosure.family import Cell, family_of, gathered
from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.disclosure.plan import solved
from cspanalysis.disclosure.told import Told, given_away, recorded_told, told
from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.production.records import RunRecord
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.comparison import sides_of

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Vetting"]

_FIGURES, _RUN = ".figures.json", ".run.json"
_KEPT = ".editions"
_NAMED = 3


class Vetting:
    """Hold what a run needs to vet its reports; it is called with each of them.

    Counts are read once a run, and only where a report tells any of a ward or a small area.

    Parameters
    ----------
    store
        Where they come from; the shipped and the user's if not given.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._given = store

    def __call__(self, figures: Path, outputs: Path, record: RunRecord) -> None:
        """Refuse a report with which small counts could be worked out.

        Parameters
        ----------
        figures
            The figures of the report, which has not landed.
        outputs
            The folder of public reports, with its history.
        record
            The report's record.

        Raises
        ------
        PublicationError
            Naming what could be worked out, but not the counts, and what to do.
        """
        if record.edition != "public":
            return
        new = _told(figures, record)
        family = family_of(Area.named(record.area.code)) if any(new) else None
        if family is None:
            return
        before = _told_before(outputs, family)
        given = self._given_away(family, new[0], before[0]) or self._by_classes(family, new, before)
        if given:
            raise PublicationError(_verdict(given, family))

    @cached_property
    def _store(self) -> Store:
        from cspanalysis.store import Store

        return self._given or Store.open()

    def _given_away(
        self, area: Area, new: Collection[Told], before: Collection[Told]
    ) -> tuple[Cell, ...]:
        spans = {Period.parse(months) for (_, _, months), _ in (*new, *before)}
        family = _gathered(self._store, area, tuple(sorted({*spans, *planned_periods(area)})))
        threshold = rules_of(area).threshold
        hidden = solved(family, threshold=threshold).hidden
        return given_away(family, new=new, before=before, hidden=hidden, threshold=threshold)

    def _by_classes(self, area: Area, new: _All, before: _All) -> tuple[Cell, ...]:
        new_cells, before_cells = ([cell for cell, _ in told[0]] for told in (new, before))
        return given_by_classes(
            self._store,
            area,
            planned=planned_periods(area),
            new=(new[1], new_cells),
            before=(before[1], before_cells),
        )


_All = tuple[frozenset[Told], frozenset[ToldClasses]]
"""Counts, and classes of other periods than the plan's."""
_NOTHING: _All = (frozenset(), frozenset())
_gathered = lru_cache(maxsize=4)(gathered)


def _told_before(outputs: Path, family: Area) -> _All:
    """Give what the reports of a family tell that lie in a folder or are kept in its history."""
    found: set[Told] = set()
    classes: set[ToldClasses] = set()
    for folder in (outputs / _KEPT, outputs):
        for path in sorted(folder.glob(f"[!.]*/*/**/*{_FIGURES}")):
            stamp = path.stat()
            counts, ranges = _told_of(path, (stamp.st_mtime_ns, stamp.st_size), family.code)
            found |= counts
            classes |= ranges
    return frozenset(found), frozenset(classes)


@lru_cache(maxsize=4096)
def _told_of(path: Path, _stamp: tuple[int, int], family: str) -> _All:
    record = RunRecord.read(path.with_name(path.name.removesuffix(_FIGURES) + _RUN))
    if record is None or record.status != "published" or record.edition != "public":
        return _NOTHING
    try:
        if (own := family_of(Area.named(record.area.code))) is None or own.code != family:
            return _NOTHING
        return _told(path, record)
    except (OSError, ValueError, UsageError):  # damaged, or of an area that is no more
        return _NOTHING


def _told(figures: Path, record: RunRecord) -> _All:
    against = str(record.parameters.get("baseline") or "")
    period, baseline = sides_of(record.period.text, against or None)
    held = json.loads(figures.read_text(encoding="utf-8"))
    of = Area.named(record.area.code)
    own = told(held["figures"], area=of, period=period, baseline=baseline)
    further = held.get("told", ())
    return frozenset([*own, *recorded_told(further)]), frozenset(recorded_classes(further))


def _verdict(given: tuple[Cell, ...], family: Area) -> str:
    threshold = rules_of(family).threshold
    named = "; ".join(_words(cell, family) for cell in given[:_NAMED])
    many = f"{len(given)} counts that are kept back" if len(given) > 1 else "A count kept back"
    return (
        f"{many} could be narrowed to fewer than {threshold} possible values, with what this and "
        f"earlier public reports tell: {named}{'; and others' if len(given) > _NAMED else ''}. "
        "Name the periods of all these reports in the plan and run them again. Where data were "
        "issued anew since, what was told can't be taken back: make this one a sensitive edition; "
        "or say nothing of these measures (disclosure: measures in partnership.yml); or, if the "
        f"earlier ones were given to nobody, take them out of the folder and its {_KEPT}"
    )


def _words(cell: Cell, family: Area) -> str:
    place, measure, months = cell
    where = place_name(place, within=family)
    return f"{Measure.named(measure).phrase} in {where} in {Period.parse(months).label}"
