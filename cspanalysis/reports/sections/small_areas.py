"""The months and the small areas of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.trends import no_trends, trends_subtitle, trends_title
from cspanalysis.reports.sections.where import NOT_ALL_HELD

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["small_areas"]

_NO_PLACES = "These figures don't tell in which small areas it was."
_SPANS = (
    "No small area (LSOA) is counted to it alone: those that it has a part of lie in other wards "
    "as well."
)
_UNTOLD = "This edition tells nothing of all crime, so nothing of small areas."
_INGEST = "Ingest the force's street files of data.police.uk: see docs/sources.md."


def small_areas(facts: Facts) -> Block:
    """Show the months beside a map, and a table of the small areas; never points."""
    inside = facts.placed.inside
    months = _months(facts)
    if inside is None:
        said = _no_places(facts) if facts.placed.where is None else display.paragraphs(_SPANS)
        return display.together(months, said)
    return display.together(
        display.paragraphs(" ".join(inside.sentences)),
        display.side_by_side(months, display.inside_map(inside, source=facts.source)),
        display.inside_table(inside, facts.placed.lasting),
    )


def _months(facts: Facts) -> Block:
    """Draw the months of all crime against their usual range; one sentence where it can't be."""
    trends = [trend for trend in facts.trends if trend.measure.code == "all-crime"]
    if not trends:
        return display.paragraphs(no_trends(facts.monthly, since=facts.period.start))
    return display.control_charts(
        trends,
        title=trends_title(trends),
        subtitle=trends_subtitle(trends),
        source=facts.source,
    )


def _no_places(facts: Facts) -> Block:
    """Say why it can't be told in which small areas it was."""
    if facts.placed.total is None and facts.without:
        return display.paragraphs(_UNTOLD)
    gaps = facts.monthly is not None
    lacks = NOT_ALL_HELD.format(facts.period.label) if gaps else _NO_PLACES
    return display.lacking(lacks, do=_INGEST)
