"""What is said where nothing of a kind was supplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.partnership import how_to_add

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["absent"]

_UNSHOWN = "This edition shows nothing of it."


def absent(facts: Facts, said: str, key: str, *, unshown: str = _UNSHOWN) -> Block:
    """Say that nothing of a kind is there; record where to add it.

    Parameters
    ----------
    said
        What is missing, as readers are told.
    key
        Key of the partnership file that would hold it.
    unshown
        What readers are told where there is some, and this edition leaves it out.
    """
    if facts.keeps_back(key):
        return display.paragraphs(unshown)
    known = facts.partnership is not None
    return display.lacking(said, do=how_to_add(key, area=facts.area, known=known))
