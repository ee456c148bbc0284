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
    from cspanalysis.reports.facts import Facts

__all__ = ["one_page", "one_page_for_a_board"]


def one_page(facts: Facts) -> Block:
    """Show a summary that stands alone on the first page, and record every figure."""
    first = facts.first_data
    topics = [
        _changed(facts) if first is None else first_topic(first),
        target_topic(facts.target_findings, absent=lacking_targets(facts)),
        against_others(facts),
        Topic(title="Where", sentences=_where(facts)),
        signal_topic(facts.trends, monthly=facts.monthly, since=facts.period.start),
        caveat_topic(facts.every_change),
    ]
    said = [topic for topic in topics if topic.sides or any(topic.sentences)]
    shown = display.one_page(opening(facts), said, picture=lead_chart(facts))
    return display.together(shown, record(facts))


def _changed(facts: Facts) -> Topic:
    """Say what changed, whether chance may be all of it, and since when."""
    topic = change_topic(facts.every_change, harm=facts.harm)
    return replace(topic, sentences=(*topic.sentences, *steps_of_news(facts)))


def _where(facts: Facts) -> tuple[str, ...]:
    """Say where all crime and the news were recorded; with wards where the report tells of places.

    What may be told of wards takes the plan of the area's family, which few such reports ask for.
    """
    spread = {p.measure: p.concentration for p in facts.patterns if p.concentration}
    news = [c for c in facts.changes if c.stands_out or c.possible]
    asked = dict.fromkeys([*(c for c in facts.changes if c.total), *news[:1]])
    held = [c for c in asked if c.measure in spread]
    if not held:
        return ()
    if facts.edition != "public" or (facts.partnership and facts.partnership.areas):
        found = facts.where_of(held[0])
        return (in_short(found),) if found else ()
    return (" ".join(spread[c.measure].sentence for c in held),)


def one_page_for_a_board(facts: Facts) -> Block:
    """Show the page that stands alone: levels, changes, priorities, what the board is asked."""
    topics = topics_for_a_board(facts)
    shown = display.one_page(opening(facts), topics, picture=lead_chart(facts))
    return display.together(shown, record(facts))
