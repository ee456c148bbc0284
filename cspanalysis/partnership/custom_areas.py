"""Custom areas: places that a partnership makes of small areas and wards, and names itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import ClassVar

import pandas as pd

from cspanalysis.errors import UsageError
from cspanalysis.partnership.fields import Part
from cspanalysis.settings import RefusedAtError
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import CODE_KINDS, slug_of

__all__ = ["CustomArea", "custom_areas_of"]


class CustomArea(Part):
    """Hold an area of the partnership's own making, such as a town centre or an estate.

    It holds small areas (LSOAs of 2021), whole wards, or both. What is recorded in it stands beside
    the wards; `report.look("burglary", at="Town centre")` asks for it.

    Parameters
    ----------
    name
        Its name, which no ward and no other area bears.
    lsoas
        Small areas, by code or name.
    wards
        Wards, by code or name: the small areas that fit each best.
    """

    named_by: ClassVar = None

    name: str
    lsoas: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()


def custom_areas_of(area: Area, named: Mapping[str, CustomArea]) -> tuple[Area, ...]:
    """Give custom areas as areas that have figures, in the order of the file.

    Parameters
    ----------
    area
        The partnership's area.
    named
        What its file says of each, by key.

    Raises
    ------
    RefusedAtError
        If one holds what is not known, lies elsewhere or is counted twice, holds nothing, or bears
        a name that is taken.

    Examples
    --------
    >>> centre = CustomArea(name="Town centre", wards=("Central",))
    >>> found, = custom_areas_of(Area.named("luton"), {"town-centre": centre})
    >>> found.code, found.label, len(found.lsoas)
    ('E22000010-TOWN-CENTRE', 'Town centre (custom area)', 4)
    """
    if named and area.kind != "csp":
        raise RefusedAtError(
            f"custom areas are those of a community safety partnership, and {area.label} is none; "
            "move them to its file",
            "areas",
        )
    _refuse_names(area, named)
    return tuple(
        Area(
            f"{area.code}-{key.upper()}",
            one.name,
            "custom",
            area.force,
            tuple(sorted(_members(area, key, one))),
        )
        for key, one in named.items()
    )


def _members(area: Area, key: str, one: CustomArea) -> dict[str, str]:
    """Give the small areas of a custom area, each with what it was named by."""
    if not one.lsoas and not one.wards:
        raise RefusedAtError(f"'{one.name}' holds nothing; name its lsoas or wards", "areas", key)
    small = _small(area)
    held: dict[str, str] = {}
    for where, found, text in _named(area, key, one, small):
        for code in found:
            if code in held:
                by = "" if held[code] == text else f", by '{held[code]}' and by '{text}'"
                raise RefusedAtError(
                    f"{code} ({small['name'][code]}) is named twice{by}; take one out", *where
                )
            held[code] = text
    return held


def _named(
    area: Area, key: str, one: CustomArea, small: pd.DataFrame
) -> Iterator[tuple[tuple[str | int, ...], list[str], str]]:
    """Give the small areas of each entry, with its place in the file and its text."""
    lsoas = {slug_of(str(name)): str(code) for code, name in small["name"].items()}
    wards = {slug_of(Area.named(code).name): code for code in small["ward"].unique()}
    for number, text in enumerate(one.wards):
        where = ("areas", key, "wards", number)
        code = _code(text, wards, set(small["ward"]), where, area, what="ward")
        yield where, list(small.index[small["ward"] == code]), text
    for number, text in enumerate(one.lsoas):
        where = ("areas", key, "lsoas", number)
        yield where, [_code(text, lsoas, set(small.index), where, area, what="LSOA")], text


def _code(
    text: str,
    names: Mapping[str, str],
    codes: set[str],
    where: tuple[str | int, ...],
    area: Area,
    *,
    what: str,
) -> str:
    if text.upper() in codes:
        return text.upper()
    if code := names.get(slug_of(text).removesuffix("-ward")):
        return code
    if text.upper() in Places.shipped().old_only:
        now = Places.shipped().successors(text.upper())
        raise RefusedAtError(f"LSOA {text} is of 2011 and no longer exists; write {now}", *where)
    kind = next((kind for pattern, kind in CODE_KINDS if pattern.fullmatch(text.upper())), "")
    if kind and kind != what.lower():
        raise RefusedAtError(f"'{text}' is no {what}; write it under '{kind}s'", *where)
    if outside := _elsewhere(text):
        raise RefusedAtError(f"{what} '{text}' lies in {outside}, not in {area.name}", *where)
    near = get_close_matches(slug_of(text), names, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(_name(names[one], what) for one in near)}?"
    raise RefusedAtError(
        f"{what} '{text}' is not known in {area.name}; "
        f"{hint if near else 'write its name or a code such as ' + min(codes)}",
        *where,
    )


def _name(code: str, what: str) -> str:
    return Area.named(code).name if what == "ward" else str(Places.shipped().names()[code])


def _elsewhere(code: str) -> str:
    """Name the partnership that a ward or an LSOA lies in; nothing where there is no such code."""
    try:
        found = Area.named(code)
        if found.kind not in {"ward", "lsoa"}:
            return ""
        places = Places.shipped()
        inside = {places.csps[one] for one in places.codes(found) if one in places.csps}
    except UsageError:
        return ""
    return Area.named(min(inside)).name if inside else ""


def _refuse_names(area: Area, named: Mapping[str, CustomArea]) -> None:
    """Refuse names that are taken, so that each name means one place."""
    small = _small(area) if named else pd.DataFrame({"name": [], "ward": []})
    taken = {slug_of(str(name)): f"a small area of {area.name}" for name in small["name"]}
    for code in small["ward"].unique():
        ward = Area.named(code).name
        taken |= dict.fromkeys((slug_of(ward), slug_of(f"{ward} ward")), f"a ward of {area.name}")
    for key, one in named.items():
        if not slug_of(one.name):
            raise RefusedAtError(f"name '{one.name}' has no letter", "areas", key, "name")
        for name, *where in ((one.name, "areas", key, "name"), (key, "areas", key)):
            if held := taken.get(slug_of(name)) or _other(name):
                raise RefusedAtError(f"'{name}' means {held} already; choose another", *where)
        taken |= dict.fromkeys((slug_of(one.name), key), f"the custom area '{one.name}'")


def _other(name: str) -> str:
    try:
        return Area.named(name).label
    except UsageError:
        return ""


@lru_cache(maxsize=8)
def _small(area: Area) -> pd.DataFrame:
    return Places.shipped().listed(area)
