"""First data: what is said of a period whose baseline period nobody holds figures of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cspanalysis.findings.comparators import Standing
from cspanalysis.findings.finding import Change
from cspanalysis.findings.words import count_text, in_period, months_text, rate_text
from cspanalysis.vocabulary import Area

__all__ = ["FirstData", "files_text", "first_data", "table_text"]


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
    changes: Sequence[Change], *, standings: Mapping[str, Standing], needs: str
) -> FirstData | None:
    """Say what there is of a period alone; None where there is a count of the baseline period.

    Parameters
    ----------
    changes
        The lines of the report's table.
    standings
        Where rates stand among those of other areas, by measure code.
    needs
        What would have to be there, such as the name of a table.
    """
    held = [change for change in changes if change.after is not None]
    if not held or any(change.before is not None for change in changes):
        return None
    leading = next((c for c in held if c.measure.code == "all-crime"), held[0])
    standing = standings.get(leading.measure.code)
    return FirstData(
        level=_level(leading, rate=standing is None),
        beside=standing.sentence if standing else "",
        needed=(
            f"What changed since {leading.baseline.label} can't be said yet: that needs {needs}."
        ),
        places={code: found.place for code, found in standings.items()},
    )


def files_text(force: Area, lacking: Sequence[date]) -> str:
    """Name the street files that a comparison lacks.

    Examples
    --------
    >>> files_text(Area.named("bedfordshire"), [date(2023, 7, 1), date(2023, 8, 1)])
    'the street files of Bedfordshire of July to August 2023'
    """
    return f"the street files of {force.name} of {months_text(lacking)}"


def table_text(source: str, label: str) -> str:
    """Name the table that a comparison lacks.

    Examples
    --------
    >>> table_text("Home Office, open data table", "2022")
    'the figures for 2022 from the same source (Home Office, open data table)'
    """
    return f"the figures for {label} from the same source ({source})"


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
