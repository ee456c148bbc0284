"""What a report can be asked: verbs that read as a sentence, each giving a Block.

``measure`` is any name that people use. ``period`` and ``comparison`` are those of the report where
none is given; a comparison is a period, "a year before" or "the period before". ``at`` is a ward,
small area or custom area inside the report's area, or another area.
"""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis import display
from cspanalysis.blocks.block import Block
from cspanalysis.explore import answers
from cspanalysis.explore.answering import (
    answering,
    counted,
    elsewhere,
    in_custom_area,
    measured,
    others_named,
    place_label,
    where_asked,
)
from cspanalysis.explore.choropleth import Show
from cspanalysis.explore.spoken import sum_sentence
from cspanalysis.explore.telling import telling, told_inside, told_of_wards
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.reports.facts import Facts
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["by_ward", "change", "compare", "look", "map_of", "places", "trend"]


def change(
    facts: Facts,
    measure: str | Measure,
    *,
    at: str | Area = "",
    period: str | Period = "",
    comparison: str | Period = "",
) -> Block:
    """Show what a measure did between two periods, with the verdict and its caveats.

    Examples
    --------
    >>> from cspanalysis import Assessment
    >>> report = Assessment.open("wycombe", "2017-04..2017-06")
    >>> print(report.change("robberies").text.splitlines()[0])
    There is no clear change in robbery: 8 from April to June 2016, 17 from April to June 2017.
    What would have shown: +254...%.
    """
    asked, place = answering(facts, at, period, comparison)
    if place:
        return _inside(asked, measure, place)
    return answers.changed(measured(asked, measure))


def trend(
    facts: Facts,
    measure: str | Measure,
    *,
    with_: str | Area | Sequence[str | Area] = (),
    at: str | Area = "",
    period: str | Period = "",
) -> Block:
    """Draw the months of a measure against their usual range, beside those of other areas.

    Examples
    --------
    ``report.trend("robbery", with_="bedfordshire-force")``
    """
    asked, place = answering(facts, at, period, "")
    if place and facts.edition == "public":
        return answers.no_months(place_label(asked, place))
    drawn = counted(asked, measure).measure
    asked = elsewhere(asked, place) if place else asked
    others = [elsewhere(asked, area) for area in _listed(with_)]
    return answers.trends_of([asked, *others], drawn)


def compare(
    facts: Facts,
    measure: str | Measure,
    *,
    with_: str | Area | Sequence[str | Area] = (),
    at: str | Area = "",
    period: str | Period = "",
) -> Block:
    """Set the rate of a measure beside that of other areas.

    Without a name those that reports compare with: the partnership's own group, else its similar
    areas, else the others of its force; "similar areas" asks for these alone.

    Examples
    --------
    ``report.compare("all crime", with_=["bedford"])``
    """
    asked, place = answering(facts, at, period, "")
    if place:
        return _inside(asked, measure, place)
    others = [area for named in _listed(with_) for area in others_named(asked, named)]
    return answers.compared(asked, counted(asked, measure).measure, others)


def map_of(
    facts: Facts,
    measure: str | Measure,
    *,
    show: Show = "rate",
    at: str | Area = "",
    period: str | Period = "",
    comparison: str | Period = "",
) -> Block:
    """Draw where a measure was: by ward its rate or change, by small area its count.

    Examples
    --------
    ``report.map("burglary", show="rate")``
    """
    asked, _ = answering(facts, at, period, comparison)
    where = where_asked(asked, measure)
    return telling(answers.mapped(where, show=show, source=asked.source), told_of_wards(where))


def by_ward(
    facts: Facts,
    measure: str | Measure,
    *,
    at: str | Area = "",
    period: str | Period = "",
    comparison: str | Period = "",
) -> Block:
    """Show the counts, rates and changes of a measure by ward, and its busiest small areas.

    Examples
    --------
    ``report.by_ward("shoplifting")``
    """
    asked, place = answering(facts, at, period, comparison)
    if place:
        return _inside(asked, measure, place)
    where = where_asked(asked, measure)
    return telling(answers.by_ward(where), told_of_wards(where))


def places(
    facts: Facts,
    measure: str | Measure,
    *,
    at: str | Area = "",
    period: str | Period = "",
    comparison: str | Period = "",
) -> Block:
    """Show how a measure gathers: in how few places, in which clusters, and with deprivation.

    Clusters take the extra ``places``.

    Examples
    --------
    ``report.places("burglary")``
    """
    asked, place = answering(facts, at, period, comparison)
    if place:
        return _inside(asked, measure, place)
    return answers.gathered(asked, where_asked(asked, measure))


def look(
    facts: Facts,
    measure: str | Measure,
    *,
    at: str | Area = "",
    period: str | Period = "",
    comparison: str | Period = "",
) -> Block:
    """Look at a measure from all sides: change, months and places.

    Examples
    --------
    ``report.look("burglary", at="Dallow")``
    """
    asked, place = answering(facts, at, period, comparison)
    shown = change(asked, measure, at=place or "")
    if sums := "" if place else sum_sentence(measured(asked, measure).measure):
        return display.together(shown, display.paragraphs(f"{sentence(sums)}."))
    if asked.monthly is None:
        return shown
    months = trend(asked, measure, at=place or "")
    return display.together(shown, months, map_of(asked, measure))


def _inside(asked: Facts, measure: str | Measure, place: Area) -> Block:
    """Say what a measure did in a place inside the area."""
    if place.kind == "custom":
        found, own = in_custom_area(asked, measure)
        shown = answers.in_own_place(found, own, place)
        return telling(shown, told_inside(found, own, place))
    where = where_asked(asked, measure)
    return telling(answers.in_place(where, place), told_of_wards(where, place=place))


def _listed(named: str | Area | Sequence[str | Area]) -> Sequence[str | Area]:
    return [named] if isinstance(named, str | Area) else named
