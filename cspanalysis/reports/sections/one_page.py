"""The summary that stands alone on the first page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.where_words import in_short
from cspanalysis.findings.summary.topics import (
    Topic,
    caveat_topic,
    change_topic,
    first_topic,
    signal_topic,
    target_topic,
)
from cspanalysis.reports.sections.board_topics import (
    against_others,
    steps_of_news,
    topics_for_a_board,
)
from cspanalysis.reports.sections.lead_chart import lead_chart
from cspanalysis.reports.sections.record import opening, record
from cspanalysis.reports.sections.targets import lacking_targets

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.findings.changes.patterns import Concentration
    from cspanalysis.findings.places.where import Where
    from cspanalysis.reports.facts import Facts
    from cspanalysis.vocabulary import Measure

__all__ = ["one_page", "one_page_for_a_board"]


def one_page(facts: Facts) -> Block:
    """Show a summary that stands alone on the first page, and record every figure."""
    first, where = facts.first_data, _wards(facts)
    topics = [
        _changed(facts) if first is None else first_topic(first),
        target_topic(facts.target_findings, absent=lacking_targets(facts)),
        against_others(facts),
        Topic(title="Where", sentences=(in_short(where) if where else _spread(facts),)),
        signal_topic(facts.trends, monthly=facts.monthly, since=facts.period.start),
        caveat_topic(facts.every_change),
    ]
    said = [topic for topic in topics if topic.sides or any(topic.sentences)]
    shown = display.one_page(opening(facts), said, picture=lead_chart(facts))
    wards = display.value_figures(where.values() if where else (), source=facts.source)
    return display.together(shown, record(facts), display.record(list(wards)))


def _changed(facts: Facts) -> Topic:
    """Say what changed, whether chance may be all of it, and since when."""
    topic = change_topic(facts.every_change, harm=facts.harm)
    return replace(topic, sentences=(*topic.sentences, *steps_of_news(facts)))


def _wards(facts: Facts) -> Where | None:
    """Find in which wards all crime was recorded, where the report tells of places anyway.

    What may be told of wards takes the plan of the area's family, which few such reports ask for.
    """
    asked = facts.edition != "public" or (facts.partnership and facts.partnership.areas)
    total = next((change for change in facts.changes if change.total), None)
    if not asked or total is None or total.measure not in _held(facts):
        return None
    return facts.where_of(total)


def _spread(facts: Facts) -> str:
    """Say in how few small areas half of all crime was recorded, and half of the first news."""
    held = _held(facts)
    news = [c.measure for c in facts.changes if c.stands_out or c.possible]
    asked = dict.fromkeys([*(c.measure for c in facts.changes if c.total), *news[:1]])
    return " ".join(held[measure].sentence for measure in asked if measure in held)


def _held(facts: Facts) -> dict[Measure, Concentration]:
    return {p.measure: p.concentration for p in facts.patterns if p.concentration}


def one_page_for_a_board(facts: Facts) -> Block:
    """Show the page that stands alone: levels, changes, priorities, what the board is asked."""
    topics = topics_for_a_board(facts)
    shown = display.one_page(opening(facts), topics, picture=lead_chart(facts))
    return display.together(shown, record(facts))
