"""Areas as reports and plans are asked for them: a ward may be named, as well as any other area."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import Area, AreaRegister, slug_of
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["area_asked"]

Ward = tuple[str, str]
"""Code of a ward, and the name of its council."""


def area_asked(text: str | Area) -> Area:
    """Find an area by code, slug or name, or a ward by its name.

    A name that a partnership, a council or another area bears, or bore, is not taken for a ward's.
    Tables of figures name no wards so: they are read with `Area.named`.

    Parameters
    ----------
    text
        As for `Area.named`; or a ward, with its council where others bear its name:
        ``Dallow``, ``dallow-ward``, ``Central, Luton``.

    Raises
    ------
    UsageError
        As of `Area.named`; or if several wards bear the name, with how to write one of them.

    Examples
    --------
    >>> area_asked("Dallow").code, area_asked("Central, Luton").code, area_asked("Luton").kind
    ('E05014741', 'E05014739', 'csp')
    """
    try:
        return Area.named(text)
    except UsageError:
        wards = _wards_of(str(text))
        if not wards:
            raise
    if len(wards) > 1:
        code, council = min(wards, key=lambda ward: ward[1])
        name = Area.named(code).name
        raise UsageError(
            f"area '{text}' is the name of {len(wards)} wards; write the council with it, such as "
            f"'{name}, {council}', or the code, such as {code}"
        )
    return Area.named(wards[0][0])


def _wards_of(text: str) -> tuple[Ward, ...]:
    if AreaRegister.shipped().explained(text):
        return ()
    by_name = _by_name(reference("wards.csv"))
    slug = slug_of(text)
    return by_name.get(slug) or by_name.get(slug.removesuffix("-ward")) or ()


@lru_cache(maxsize=4)
def _by_name(path: Path) -> Mapping[str, tuple[Ward, ...]]:
    """Wards by the slug of their name, and by that and their council's; none without the table."""
    if not path.exists():
        return {}
    register = AreaRegister.shipped()
    found: dict[str, tuple[Ward, ...]] = {}
    for row in reference_rows(path):
        council = register.named(row["lad"]).name if row["lad"] in register else row["lad"]
        for name in (row["name"], f"{row['name']} {council}"):
            slug = slug_of(name)
            found[slug] = (*found.get(slug, ()), (row["code"], council))
    return found
