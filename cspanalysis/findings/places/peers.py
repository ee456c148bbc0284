"""Peers: which areas an area is compared with, and why these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.similar import similar_areas

__all__ = ["FEWEST_SIMILAR", "Comparators", "comparators_of"]

FEWEST_SIMILAR = 7
"""With the area itself as many as a funnel needs. Figures of fewer similar areas make no group: the
CSPs of the force are compared with instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparators:
    """Hold the areas that an area is compared with.

    Parameters
    ----------
    area
        The area itself.
    areas
        The others.
    chosen
        Why these: ``own``, the group that the partnership chose; ``similar``, those that the
        statistics of ONS call most like it; ``force``, the other CSPs of its force.
    absent
        Similar areas of which no figures are held.
    """

    area: Area
    areas: tuple[Area, ...]
    chosen: Literal["own", "similar", "force"]
    absent: tuple[Area, ...] = ()

    @property
    def sentence(self) -> str:
        """Say which areas these are and why; nothing where there are none."""
        if not self.areas:
            return ""
        names = joined([area.name for area in self.areas])
        if self.chosen == "own":
            return f"The areas compared with are those that the partnership chose: {names}."
        if self.chosen == "force":
            return f"The areas compared with are the others of its police force area: {names}."
        held = (
            f"Of the {number_word(len(self.absent) + len(self.areas))} that it names these are held"
            if self.absent
            else "It names these"
        )
        return (
            f"The areas compared with are those most like {self.area.name} by the statistical "
            f"nearest neighbours of the Office for National Statistics. {held}, the most similar "
            f"first: {names}."
        )

    @property
    def brief(self) -> str:
        """Say in short which areas these are, where it is not the partnership's own choice."""
        if self.chosen != "similar":
            return ""
        return (
            f"The others are those most like {self.area.name} by the statistical nearest "
            "neighbours of the Office for National Statistics."
        )


def comparators_of(
    area: Area, named: Sequence[Area] = (), *, held: Callable[[Area], bool] | None = None
) -> Comparators:
    """Choose the areas to compare an area with.

    Those named come first; then the similar areas of which figures are held, where there are
    `FEWEST_SIMILAR` or more; else the other CSPs of its force.

    Parameters
    ----------
    area
        The area.
    named
        The partnership's own group.
    held
        Whether figures of an area are there, from the source and for the period in question;
        without it, none of the similar areas are.

    Examples
    --------
    >>> [other.name for other in comparators_of(Area.named("luton")).areas]
    ['Bedford', 'Central Bedfordshire']
    """
    if named:
        own = tuple(other for other in named if other != area)
        return Comparators(area=area, areas=own, chosen="own")
    similar = similar_areas(area)
    there = tuple(filter(held, similar)) if held else ()
    if len(there) >= FEWEST_SIMILAR:
        absent = tuple(other for other in similar if other not in there)
        return Comparators(area=area, areas=there, chosen="similar", absent=absent)
    force = AreaRegister.shipped().within(area.force) if area.force else ()
    others = tuple(other for other in force if other != area)
    return Comparators(area=area, areas=others, chosen="force")
