"""Custom areas in the sums of a family: what is left of a ward outside one is a small place too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cspanalysis.partnership import read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.paths import partnership_folder
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["fragments", "place_name", "public_custom_areas", "sums_of"]


_CODE = 9
"""Characters of the code of a ward, which those of a part of it begin with."""


def public_custom_areas(area: Area) -> tuple[Area, ...]:
    """Give the custom areas of which public pages of a partnership may tell."""
    folder = partnership_folder(area.slug)
    tell_file(folder)
    whole = read_partnership(folder)
    public = held_back(whole).public if whole else None
    return public.custom_areas if public else ()


def place_name(code: str, *, within: Area) -> str:
    """Name a place that sums of a partnership's family tell of.

    Examples
    --------
    >>> place_name("E05014747", within=Area.named("luton"))
    'Poets'
    >>> place_name("E05014747:E22000010-CENTRE", within=Area.named("luton"))
    'a part of Poets'
    """
    own = {area.code: area.name for area in public_custom_areas(within)}
    if code in own:
        return own[code]
    ward = Area.named(code[:_CODE]).name
    return ward if len(code) == _CODE else f"a part of {ward}"


def fragments(wards: pd.Series, custom: Sequence[Area]) -> pd.Series:
    """Cut wards where the edge of a custom area runs through them.

    Parameters
    ----------
    wards
        The ward of each small area.
    custom
        The custom areas.

    Returns
    -------
    Series
        Of each small area the code of its ward, where that is not cut; else the ward's and those
        of the custom areas that it lies in.

    Examples
    --------
    >>> import pandas as pd
    >>> wards = pd.Series({"e1": "w1", "e2": "w1", "e3": "w2"})
    >>> fragments(wards, [Area("c", "Centre", "custom", "", ("e2", "e3"))]).tolist()
    ['w1:', 'w1:c', 'w2']
    """
    import pandas as pd

    inside = {code: "+".join(a.code for a in custom if code in a.lsoas) for code in wards.index}
    named = pd.Series(inside, dtype=object)
    cut = named.groupby(wards).transform("nunique") > 1
    return wards.astype(object).mask(cut, wards.astype(str) + ":" + named)


def sums_of(parts: pd.Series, wards: pd.Series, custom: Sequence[Area]) -> Iterator[dict[str, int]]:
    """Give what adds up to each ward that is cut and to each custom area.

    Parameters
    ----------
    parts
        The fragment of each small area, or itself where small areas are told one by one.
    wards
        Its ward; itself likewise.
    custom
        The custom areas.

    Examples
    --------
    >>> import pandas as pd
    >>> wards = pd.Series({"e1": "w1", "e2": "w1", "e3": "w2"})
    >>> custom = [Area("c", "Centre", "custom", "", ("e2", "e3"))]
    >>> list(sums_of(fragments(wards, custom), wards, custom))
    [{'w1:': 1, 'w1:c': 1, 'w1': -1}, {'w1:c': 1, 'w2': 1, 'c': -1}]
    """
    for ward, inside in parts.groupby(wards):
        held = inside.unique()
        if {*held} != {ward}:
            yield {**dict.fromkeys(map(str, held), 1), str(ward): -1}
    for area in custom:
        held = parts[parts.index.isin(area.lsoas)].unique()
        yield {**dict.fromkeys(map(str, held), 1), area.code: -1}
