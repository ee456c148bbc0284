"""Composites: sums of measures under names that people use, as far as a source has their parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.measure import Direction, Measure
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["STREET", "Composite", "Recipe", "composite_named", "composites"]

STREET = "police-uk"
"""Where the store keeps counts of street files; all other sources are tables."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold what a composite is summed from in one kind of source.

    Parameters
    ----------
    parts
        Codes of its parts; empty where the source can't give it.
    lacks
        What the sum leaves out or takes in besides, in sentences that may be empty; of a source
        that can't give it, why not, in a few words.
    """

    parts: tuple[str, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Composite:
    """Hold a name for a sum of measures.

    Parameters
    ----------
    measure
        Its code, names and direction of good, as those of a measure; it is in no list of measures.
    street, tables
        How it is made from street files, and from tables of ONS and the Home Office.
    definition
        What it is, in one sentence.
    defined_by
        Whose grouping it follows; empty where it was defined for this project.
    """

    measure: Measure
    street: Recipe
    tables: Recipe
    definition: str
    defined_by: str

    def recipe(self, source: str) -> Recipe:
        """Give how it is made from a source of the store.

        Examples
        --------
        >>> theft = composite_named("theft")
        >>> theft.recipe("police-uk").parts[:2]
        ('burglary', 'vehicle-crime')
        """
        return self.street if source == STREET else self.tables


def composites() -> tuple[Composite, ...]:
    """Give all composites, in the order of ``composites.csv``."""
    return _read_once(reference("composites.csv"))


def composite_named(text: str) -> Composite | None:
    """Find a composite by its code or name; None if there is none."""
    wanted = slug_of(text)
    return next((one for one in composites() if one.measure.code == wanted), None)


@lru_cache(maxsize=4)
def _read_once(path: Path) -> tuple[Composite, ...]:
    rows = reference_rows(path)
    return tuple(_composite(row) for row in rows)


def _composite(row: dict[str, str]) -> Composite:
    good: Direction = row["good"]  # type: ignore[assignment]
    return Composite(
        measure=Measure(
            code=row["code"],
            label=row["label"],
            phrase=row["phrase"],
            plural=row["plural"] == "yes",
            parent="",
            group="Sums of measures",
            crime=True,
            good=good,
            police_activity=False,
            denominator="persons",
            valid_from=None,
            valid_to=None,
            aliases=(),
        ),
        street=Recipe(tuple(row["street_parts"].split()), row["street_lacks"]),
        tables=Recipe(tuple(row["table_parts"].split()), row["table_lacks"]),
        definition=row["definition"],
        defined_by=row["defined_by"],
    )
