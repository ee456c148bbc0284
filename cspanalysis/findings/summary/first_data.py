"""First data: what is said of a period whose baseline period nobody holds figures of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.evidence.gather import Evidence
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.comparators import Standing
from cspanalysis.findings.wording.numbers import count_text, in_period, rate_text
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["FirstData", "first_data", "needed"]


@dataclass(frozen=True, slots=True)
class FirstData:
    """Hold what can be said of a period alone: how much there was, and where that stands.

    Parameters
    ----------
    level
        How much was recorded, with its rate.
    beside
        Where the rate stands among other areas; empty where none has figures.
    needed
        What a comparison with the baseline period would need, for readers.
    places
        Where each measure's rate stands, in words, by code; empty where no other area has figures.
    """

    level: str
    beside: str
    needed: str
    places: Mapping[str, str]

    @property
    def lead(self) -> str:
        """Level and comparison, for the first screen."""
        return " ".join(filter(None, (self.level, self.beside)))


def first_data(
    changes: Sequence[Change], *, standings: Mapping[str, Standing], needs: str, who: str = ""
) -> FirstData | None:
    """Say what there is of a period alone; None where there is a count of the baseline period.

    Where nothing is held of the area itself, what there is of its force.

    Parameters
    ----------
    changes
        The lines of the report's table.
    standings
        Where rates stand among those of other areas, by measure code.
    needs
        What would have to be there, such as the name of a table.
    who
        Which the other areas are, one sentence; may be empty.
    """
    held = [change for change in changes if change.after is not None]
    if any(change.before is not None for change in changes):
        return None
    if not held:
        return _of_the_force(changes)
    leading = next((c for c in held if c.measure.code == "all-crime"), held[0])
    standing = standings.get(leading.measure.code)
    return FirstData(
        level=_level(leading, rate=standing is None),
        beside=" ".join(filter(None, (standing.sentence, who))) if standing else "",
        needed=(
            f"The change since {leading.baseline.label} can't be told yet: that needs {needs}."
        ),
        places={code: found.place for code, found in standings.items()},
    )


def _of_the_force(changes: Sequence[Change]) -> FirstData | None:
    """Say what a table that leaves the area out has of its force; None where it has nothing."""
    counted = [c for c in changes if c.force is not None and c.force.after is not None]
    total = [c for c in counted if c.measure.code == "all-crime"]
    leading = next(iter([*total, *counted]), None)
    if leading is None or leading.force is None:
        return None
    name, area = leading.force.name, leading.area.name
    what = f"of {leading.measure.phrase}, {count_text(leading.force.after)} were"
    if leading.measure.code == "all-crime":
        what = f"{count_text(leading.force.after)} crimes were"
    return FirstData(
        level=(
            f"{_not_in_it(leading)} In {name} as a whole, its police force area, {what} recorded "
            f"{in_period(leading.period)}."
        ),
        beside="",
        needed=f"Levels and changes of {area} itself need a table that gives its figures.",
        places={},
    )


def _not_in_it(change: Change) -> str:
    source = f" ({change.provenance.source})" if change.provenance else ""
    return f"The table that is held{source} has no figures of {change.area.name}."


def needed(evidence: Evidence, store: Store) -> str:
    """Name the street files or the table that a comparison with the baseline period lacks."""
    shared = evidence.comparison
    if evidence.kind == "published":
        source = shared.provenance.source
        return f"the figures for {shared.baseline.label} from the same source ({source})"
    months = shared.baseline.months
    held = set(store.held.months(shared.area, among=months))
    part = store.held.in_part(shared.area, months)
    lacking = [month for month in months if month not in held or month in part]
    force = f" of {Area.named(shared.area.force).name}" if shared.area.force else ""
    return f"the street files{force} of {months_text(lacking)}"


def _level(change: Change, *, rate: bool) -> str:
    """Say how much of a measure was recorded; the rate too, where no other sentence gives it."""
    phrase, count = change.measure.phrase, change.after
    crimes = "crime was" if count == 1 else "crimes were"
    many = f"{count_text(count)} {crimes}" if phrase == "all crime" else ""
    many = many or f"{phrase[:1].upper()}{phrase[1:]}: {count_text(count)} {_were(count)}"
    said = f"{many} recorded in {change.area.name} {in_period(change.period)}"
    if not rate or change.rate is None:
        return f"{said}."
    return f"{said}, {rate_text(change.rate.value)} per {change.rate.per:,} {change.rate.unit}."


def _were(count: int | None) -> str:
    return "was" if count == 1 else "were"
