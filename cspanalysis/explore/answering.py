"""Which facts answer what is asked: of another area, period or comparison, or of a place inside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cspanalysis.disclosure.rules import SMALL
from cspanalysis.errors import UsageError
from cspanalysis.evidence.gather import holds
from cspanalysis.explore.spoken import (
    baseline_named,
    measure_named,
    period_named,
    place_named,
    sum_sentence,
    words_of,
)
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.findings.places.peers import FEWEST_SIMILAR, comparators_of
from cspanalysis.findings.places.where import Where
from cspanalysis.reports.facts import Facts
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.composites import composite_named
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.similar import similar_areas

__all__ = [
    "answering",
    "counted",
    "custom_areas_known",
    "elsewhere",
    "in_custom_area",
    "measured",
    "newest_month",
    "others_named",
    "place_label",
    "where_asked",
]

_SIMILAR = {"similar", "similar-area", "similar-areas", "nearest-neighbours", "most-similar"}
_LIKEST = 5
"""So many of the areas most like one are named where they can't be compared with."""


def where_asked(facts: Facts, measure: str | Measure) -> Where:
    """Find where a measure was recorded.

    Raises
    ------
    UsageError
        If the figures don't tell where, or the area is too small to be divided.
    """
    change = counted(facts, measure)
    found = facts.where_of(change)
    if found is None:
        raise UsageError(
            f"no places are known of {change.measure.phrase} in {facts.area.label}: it was "
            "published for the whole area alone, or the area can't be divided"
        )
    return found


def measured(facts: Facts, measure: str | Measure) -> Change:
    """Give the change of a measure, by any name that people use.

    Raises
    ------
    UsageError
        If there is no figure of it, with those that there are.
    """
    held = {c.measure: c for c in (*facts.every_change, *facts.composite_changes)}
    wanted = _wanted(measure, held)
    if wanted in held:
        return held[wanted]
    parts = [m.label for m in held if wanted.code in (m.parent, m.group)]
    near = [m.label for m in held if words_of(m.label) & words_of(wanted.label)]
    named = parts or near or [m.label for m in held]
    raise UsageError(
        f"there is no figure of {wanted.phrase} for {facts.area.label}, {facts.period.label}; "
        f"there are: {', '.join(named)}"
    )


def counted(facts: Facts, measure: str | Measure) -> Change:
    """Give the change of a measure that is counted by itself, so that months and places are told.

    Raises
    ------
    UsageError
        As of `measured`; or if it is a sum of others, which are named.
    """
    change = measured(facts, measure)
    if sums := sum_sentence(change.measure):
        raise UsageError(sums)
    return change


def _wanted(measure: str | Measure, held: Collection[Measure]) -> Measure:
    """Find a composite that is held by its name, else a measure, else any composite."""
    composite = composite_named(measure) if isinstance(measure, str) else None
    if composite and composite.measure in held:
        return composite.measure
    try:
        return measure_named(measure)
    except UsageError:
        if composite is None:
            raise
        return composite.measure


def elsewhere(facts: Facts, area: str | Area) -> Facts:
    """Give the facts of another area, for the same period, comparison and edition.

    Raises
    ------
    UsageError
        If the area is too small to be told alone in a public edition.
    """
    found = _place(facts, area)
    if found.kind in SMALL and facts.edition == "public":
        among = "all wards" if found.kind != "custom" else "all custom areas"
        asks = ".by_ward(...)" if found.kind != "custom" else f".change(..., at='{found.name}')"
        raise UsageError(
            f"{found.label}: counts of so small a place are kept back in a public edition "
            f"unless they stand among {among}; ask {asks}, or open the report with "
            "edition='sensitive'"
        )
    return facts.beside(area=found)


def others_named(facts: Facts, named: str | Area) -> tuple[Area, ...]:
    """Give the areas that a name stands for: one, or all "similar areas".

    Raises
    ------
    UsageError
        If it is not known, or too few similar areas have figures; they are named.
    """
    if not isinstance(named, str) or slug_of(named) not in _SIMILAR:
        return (elsewhere(facts, named).area,)
    found = comparators_of(
        facts.area,
        held=lambda other: holds(facts.store, other, facts.period, source=facts.evidence.source),
    )
    if found.chosen == "similar":
        return found.areas
    likest = joined([area.name for area in similar_areas(facts.area)[:_LIKEST]])
    raise UsageError(
        f"figures of too few similar areas are held for {facts.period.label} ({FEWEST_SIMILAR} are "
        f"needed); those most like {facts.area.name} are {likest or 'not known'}. Without with_ "
        "the comparison is with the others of its force"
    )


def answering(
    facts: Facts, at: str | Area, period: str | Period, comparison: str | Period
) -> tuple[Facts, Area | None]:
    """Give the facts that answer, and the place inside their area that is asked of."""
    newest = newest_month(facts.store, facts.area)
    span = period_named(period, newest=newest) if period else facts.period
    same = span == facts.period and not comparison
    against = facts.baseline if same else baseline_named(comparison, period=span)
    place = _place(facts, at) if at else facts.area
    inside = place.kind in SMALL and place != facts.area
    if inside and not _holds(facts, place):
        raise UsageError(f"{place.label} does not lie in {facts.area.label}")
    where = facts.area if inside else place
    return facts.beside(area=where, period=span, baseline=against), place if inside else None


def newest_month(store: Store, area: Area) -> date | None:
    """Give the newest month that is held of an area; None where none is."""
    months = store.held.months(area)
    return months[-1] if months else None


def _place(facts: Facts, named: str | Area) -> Area:
    return place_named(
        named, within=facts.area, store=facts.store, custom=custom_areas_known(facts)
    )


def place_label(facts: Facts, place: Area) -> str:
    """Name a place inside an area for people: a small area by its name, not its code."""
    if place.kind != "lsoa":
        return place.label
    return f"{facts.store.people.small_areas(facts.area)['name'][place.code]} (small area)"


def custom_areas_known(facts: Facts) -> tuple[Area, ...]:
    """Give the custom areas of which an edition of a partnership's report may tell."""
    return facts.partnership.custom_areas if facts.partnership else ()


def in_custom_area(facts: Facts, measure: str | Measure) -> tuple[CustomAreas, Measure]:
    """Find what was recorded of a measure in the custom areas of a partnership.

    Raises
    ------
    UsageError
        If the figures don't tell where it was recorded.
    """
    asked, found = measured(facts, measure).measure, facts.recorded.custom_areas
    if found is None or asked.code not in found.measures:
        raise UsageError(
            f"no places are known of {asked.phrase} in {facts.area.label}, {facts.period.label}: "
            "it is not counted by small area, or not all months are held"
        )
    return found, asked


def _holds(facts: Facts, place: Area) -> bool:
    if place.kind == "custom":
        return place in custom_areas_known(facts)
    small = facts.store.people.small_areas(facts.area)
    return place.code in small.index or place.code in set(small["ward"])
