"""Differences: measures that a total and its other parts would tell, and what must go with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals

__all__ = ["gone_with"]

_ALL = "all-crime"


def gone_with(hidden: Collection[Measure], *, needed: Collection[Measure]) -> frozenset[Measure]:
    """Give the measures to leave out as well, so that none that is left out is a difference.

    Of a total and its parts one alone can't be left out: the others tell it. With it goes the last
    part, in the order of tables, that is not needed.

    Parameters
    ----------
    hidden
        Measures that are left out.
    needed
        Measures that are left out only where nothing else will do.

    Examples
    --------
    >>> weapons = [Measure.named("possession-of-weapons")]
    >>> [measure.code for measure in gone_with(weapons, needed=[])]
    ['other-crime']
    """
    found = set(hidden)
    while alone := next((line for line in _sums() if len(found.intersection(line)) == 1), None):
        free = [measure for measure in reversed(alone) if measure not in found]
        found.add(next((measure for measure in free if measure not in needed), free[0]))
    return frozenset(found - set(hidden))


@lru_cache(maxsize=1)
def _sums() -> tuple[tuple[Measure, ...], ...]:
    """Give each total with parts that were recorded side by side; the narrowest first."""
    of_all = [measure for measure in MeasureTable.shipped() if measure.parent == _ALL]
    lines = [(total.measure, [*map(Measure.named, total.parts)]) for total in totals()]
    found = {
        (Measure.named(name), *side)
        for name, parts in [*lines, (_ALL, of_all)]
        for side in _side_by_side(parts)
    }
    return tuple(sorted(found, key=lambda line: (len(line), [one.code for one in line])))


def _side_by_side(parts: list[Measure]) -> Iterator[tuple[Measure, ...]]:
    for own in parts:
        yield tuple(part for part in parts if _overlap(own, part))


def _overlap(one: Measure, other: Measure) -> bool:
    begun, ended = (one.valid_from, other.valid_from), (one.valid_to, other.valid_to)
    first = max((day for day in begun if day), default=None)
    last = min((day for day in ended if day), default=None)
    return first is None or last is None or first <= last
