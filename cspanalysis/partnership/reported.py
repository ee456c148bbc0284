"""Areas that have reports of their own; of a custom area is said where it is told of instead."""

from __future__ import annotations

from collections.abc import Iterator

from cspanalysis.errors import UsageError
from cspanalysis.partnership.partnership import FILE, read_partnership
from cspanalysis.paths import partnership_folder
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.asked import area_asked

__all__ = ["reported_area"]


def reported_area(text: str | Area) -> Area:
    """Find an area that a report can be made of.

    Parameters
    ----------
    text
        As for `area_asked`.

    Raises
    ------
    UsageError
        As of `area_asked`; of a custom area of a partnership, how to ask for it in the report that
        tells of it.
    """
    try:
        return area_asked(text)
    except UsageError:
        if told := next(_told(slug_of(str(text))), ""):
            raise UsageError(f"'{text}' is {told}") from None
        raise


def _told(slug: str) -> Iterator[str]:
    """Say whose custom area bears a name, key, slug or code, of each partnership that has one."""
    for path in sorted(partnership_folder("").glob(f"*/{FILE}")):
        try:
            held = read_partnership(path.parent)
        except UsageError:
            continue  # whoever asks for that partnership is told
        for key, area in zip(held.areas, held.custom_areas, strict=True) if held else ():
            of = path.parent.name
            if slug in {slug_of(area.name), key, f"{of}-{key}", area.slug}:
                yield (
                    f"a custom area of {of}, which has no report of its own, since its small "
                    f"counts stand among those of all custom areas: open the report of {of} and "
                    f"ask report.look(..., at='{area.name}'); its section on the partnership's "
                    "own areas has all measures"
                )
