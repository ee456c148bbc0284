"""Rules as a partnership agreed them, for all pages on it and on the places in it."""

from __future__ import annotations

from cspanalysis.disclosure.family import family_of
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.partnership import read_partnership
from cspanalysis.paths import partnership_folder
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area

__all__ = ["rules_of"]


def rules_of(area: Area) -> Rules:
    """Give the rules of an area's public editions: its partnership's own, or those that ship.

    Examples
    --------
    >>> rules_of(Area.named("bedfordshire-force")).threshold
    5
    """
    folder = partnership_folder((family_of(area) or area).slug)
    tell_file(folder)
    held = read_partnership(folder)
    if held is None:
        return SHIPPED
    return Rules(held.disclosure.threshold, held.disclosure.rounding)
