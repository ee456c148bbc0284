"""The months of each measure against their usual range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.steps import step_sentences
from cspanalysis.findings.changes.trends import (
    no_trends,
    trends_subtitle,
    trends_title,
    uncharted,
)
from cspanalysis.findings.changes.watching import watch_of, watch_sentences
from cspanalysis.reports.sections.when import season_of_a_priority

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["control_charts", "control_charts_of_a_priority"]


def control_charts(facts: Facts) -> Block:
    """Draw the months of each measure against their usual range."""
    if facts.monthly is None or not facts.trends:
        return display.paragraphs(no_trends(facts.monthly, since=facts.period.start))
    drawn = display.control_charts(
        facts.trends,
        title=trends_title(facts.trends),
        subtitle=trends_subtitle(facts.trends),
        source=facts.source,
    )
    watched = watch_of(facts.store, facts.area, facts.trends)
    signalled = [trend.measure for trend in facts.trends if trend.signalled]
    return display.together(
        drawn,
        display.bullets(*step_sentences(facts.trends)),
        display.bullets(*watch_sentences(watched, signalled=signalled)),
        display.paragraphs(uncharted(facts.monthly, facts.trends)),
    )


def control_charts_of_a_priority(facts: Facts) -> Block:
    """Draw the months of its measures against their usual range, and the year beside one alone."""
    own = {change.measure.code for change in facts.focused.finding.changes}
    found = tuple(trend for trend in facts.trends if trend.measure.code in own)
    if not found:
        monthly = None if facts.monthly is None else facts.monthly[[*own & {*facts.monthly}]]
        said = display.paragraphs(no_trends(monthly, since=facts.period.start))
        return display.together(said, season_of_a_priority(facts))
    title = trends_title(found) if len(found) > 1 else facts.focused.finding.months_title
    drawn = display.control_charts(
        found, title=title, subtitle=trends_subtitle(found), source=facts.source
    )
    beside = display.side_by_side if len(found) == 1 else display.together
    shown = beside(drawn, season_of_a_priority(facts))
    return display.together(shown, display.bullets(*step_sentences(found)))
