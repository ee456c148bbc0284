"""Wider areas: counties, combined authorities, regions and countries, made of whole councils."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from cspanalysis.paths import reference
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["WIDER_KINDS", "WiderArea", "WiderKind", "councils_of", "wider_areas"]

WiderKind = Literal["county", "combined", "region", "country"]
WIDER_KINDS: tuple[WiderKind, ...] = ("county", "combined", "region", "country")


@dataclass(frozen=True, slots=True)
class WiderArea:
    """Hold an area that is made of whole councils.

    Parameters
    ----------
    code, name, kind
        As of an area.
    force
        Code of the police force area; empty where its councils lie in several.
    councils
        Codes of its councils.
    """

    code: str
    name: str
    kind: WiderKind
    force: str
    councils: frozenset[str]


def wider_areas() -> dict[str, WiderArea]:
    """Read ``data/reference/wider-areas.csv``, by code; none where it has not been built.

    A row more is an area more: code, name, kind, force (empty for several) and its councils.
    """
    return _read_once(reference("wider-areas.csv"))


def councils_of(code: str) -> frozenset[str]:
    """Give the codes of the councils of a wider area; none of any other.

    Examples
    --------
    >>> len(councils_of("E10000030")), len(councils_of("E22000010"))
    (11, 0)
    """
    held = wider_areas().get(code)
    return held.councils if held else frozenset()


@lru_cache(maxsize=4)
def _read_once(path: Path) -> dict[str, WiderArea]:
    if not path.exists():
        return {}
    rows = reference_rows(path)
    return {
        row["code"]: WiderArea(
            row["code"],
            row["name"],
            cast("WiderKind", row["kind"]),
            row["force"],
            frozenset(row["councils"].split()),
        )
        for row in rows
    }
