"""Periods: of which months an area's family is shown, as the plan of reports has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from cspanalysis import paths, settings
from cspanalysis.disclosure.family import family_of
from cspanalysis.errors import UsageError
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.asked import area_asked
from cspanalysis.vocabulary.relative import planned_period

__all__ = ["planned_periods"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    areas: tuple[str, ...] = ()
    periods: tuple[str | int, ...] = ()
    parameters: dict[str, object] = {}


class _Reports(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    reports: tuple[_Entry, ...] = ()


def planned_periods(area: Area, *, plan: Path | None = None) -> tuple[Period, ...]:
    """Give the periods that reports of an area's family are planned for, and their baselines.

    Parameters
    ----------
    area
        A partnership, or a ward or small area of one.
    plan
        The plan of reports; the one that a run takes if not given. Without a file there are none.

    Raises
    ------
    UsageError
        If the plan can't be read; file, line and key are named.
    """
    file = plan or paths.default_plan()
    if file.absolute().is_relative_to(paths.data_folder().absolute()):
        tell_file(file)
    family = family_of(area)
    if family is None or not file.is_file():
        return ()
    held = settings.load(file, _Reports, what="plan").content
    return tuple(sorted({span for entry in held.reports for span in _spans(entry, family=family)}))


def _spans(entry: _Entry, *, family: Area) -> Iterator[Period]:
    """Give the periods of an entry; what is not known there is told when it is run."""
    if not any(_of_family(area, family) for area in entry.areas):
        return
    baseline = str(entry.parameters.get("baseline") or "")
    for period in entry.periods:
        with suppress(UsageError):
            span = planned_period(period)
            yield span
            yield Period.parse(baseline) if baseline else span.baseline()


def _of_family(area: str, family: Area) -> bool:
    with suppress(UsageError):
        return family_of(area_asked(area)) == family
    return False
