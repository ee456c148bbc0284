"""Grounds: partnerships and councils of today, and the councils that stood on their ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from cspanalysis.vocabulary.area import Area, slug_of
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.successions import Succession, successions

__all__ = ["added_up", "outlived"]


def outlived(area: Area) -> str:
    """Say of a partnership that outlived its council what became of that; nothing of any other.

    Examples
    --------
    >>> outlived(Area.named("wycombe")).split(";")[0]
    'Wycombe was a council until 31 March 2020, when Buckinghamshire took its place'
    >>> outlived(Area.named("luton"))
    ''
    """
    own = _of(area) if area.kind == "csp" else []
    gone = [one for one in own if one.change != "divided" and _is_named(one.name, area.name)]
    if not gone:
        return ""
    told = " and ".join(f"{one.name} {one.happened}" for one in gone)
    if gone[0].change == "renamed":
        return f"{told}; the partnership still bears the former name"
    whose = "that council" if len(gone) == 1 else "those councils"
    return f"{told}; the partnership {area.name} outlived it and counts the area of {whose} alone"


def added_up(area: Area, since: date) -> str:
    """Say that figures of before a council was formed are its small areas', added up.

    Parameters
    ----------
    area
        A council or its partnership; of any other there is nothing to say.
    since
        The first day that figures are shown of.

    Examples
    --------
    >>> added_up(Area.named("east-suffolk-lad"), date(2018, 1, 1)).split(":")[0]
    'Until 31 March 2019 the councils of Suffolk Coastal and Waveney stood in place of East Suffolk'
    >>> added_up(Area.named("east-suffolk-lad"), date(2019, 4, 1))
    ''
    """
    before = [one for one in _of(area) if one.change == "merged" and one.day > since]
    formed = _without_counties(one for one in before if _is_formed(area, one))
    if not formed:
        return ""
    names = joined(sorted(one.name for one in formed))
    return (
        f"Until {formed[0].last} the councils of {names} stood in place of {area.name}: what is "
        f"counted from before is that of the small areas of today's {area.name}, added up."
    )


def _of(area: Area) -> list[Succession]:
    return [one for one in successions() if area.code in (*one.partnerships, *one.successors)]


def _is_formed(area: Area, one: Succession) -> bool:
    """Tell whether an area is what took a council's place, by its code or as its partnership."""
    return area.code in one.successors or slug_of(area.name) == slug_of(one.successor)


def _is_named(council: str, partnership: str) -> bool:
    """Tell whether a partnership bears a council's name, alone or beside another."""
    return bool(re.search(rf"\b{re.escape(council)}\b", partnership))


def _without_counties(gone: Iterable[Succession]) -> Sequence[Succession]:
    """Leave out the county of districts that are named themselves."""
    named = list(gone)
    districts = [one for one in named if not one.name.endswith(" County")]
    return districts or named
