"""Unshown: what a public edition leaves out because a partnership marked it as sensitive."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Protocol, TypeVar

from cspanalysis.partnership import read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.paths import partnership_folder
from cspanalysis.store.places import Places
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["measures_held_back", "measures_held_back_around", "sensitive_twin"]


class _OfAnEdition(Protocol):
    edition: str


Report = TypeVar("Report", bound=_OfAnEdition)


def sensitive_twin(report: Report) -> Report:
    """Give the same report in its sensitive edition, with nothing worked out yet."""
    twin = copy(report)
    for name in list(vars(twin)):
        if isinstance(getattr(type(report), name, None), cached_property):
            del vars(twin)[name]
    twin.edition = "sensitive"
    return twin


def measures_held_back_around(area: Area, *, period: Period) -> frozenset[Measure]:
    """Give the measures that are sensitive for a partnership in which a smaller area lies.

    A ward's report would tell what its partnership's leaves out. Of a partnership or a force
    itself: none.
    """
    if area.kind in {"csp", "force"}:
        return frozenset()
    around = (Area.named(str(code)) for code in Places.shipped().within(area, "csp"))
    return frozenset().union(*(_of(one, period) for one in around))


def measures_held_back(area: Area, *, period: Period) -> frozenset[Measure]:
    """Give the measures of which a public page on an area says nothing."""
    return _of(area, period) | measures_held_back_around(area, period=period)


def _of(area: Area, period: Period) -> frozenset[Measure]:
    folder = partnership_folder(area.slug)
    tell_file(folder)
    whole = read_partnership(folder, period=period)
    return held_back(whole).measures if whole else frozenset()
