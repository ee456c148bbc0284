"""The one page of a strategic assessment that a board member can use alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.findings.change_words import possible_sentence
from cspanalysis.findings.finding import Change
from cspanalysis.findings.topics import Topic
from cspanalysis.findings.trends import signals
from cspanalysis.findings.words import count_text, joined, number_word, period_text

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["MOST_ASKED", "topics_for_a_board"]

MOST_ASKED = 5
"""A board that is asked more than so many things on one page reads none of them."""


def topics_for_a_board(facts: Facts) -> tuple[Topic, ...]:
    """Say on one page what matters, what does not, the priorities, and what the board is asked."""
    lines = [f"{found.title}: {_lowered(found.line)}" for found in facts.strategy.priority_findings]
    topics = (
        Topic(title="What matters", sentences=(_matters(facts),)),
        Topic(title="What does not", sentences=(_does_not(facts),)),
        Topic(title="Against others", sentences=(_against_others(facts),)),
        Topic(title="The priorities", sentences=tuple(lines)),
        Topic(title="The board is asked", sentences=tuple(_asked(facts))),
    )
    return tuple(topic for topic in topics if any(topic.sentences))


def _matters(facts: Facts) -> str:
    if facts.first_data is not None:
        return f"{facts.first_data.level} {facts.first_data.needed}"
    clear = [c for c in facts.changes if c.stands_out and not c.total]
    said = [f"{_capital(c.measure.phrase)}: {c.verdict}, {_counts(c)}." for c in clear]
    if possible := possible_sentence(facts.changes, counts=True):
        said.append(possible)
    said += list(signals(facts.trends))
    if not said and all(c.p_value is None for c in facts.changes):
        return f"No measure can be compared with {period_text(facts.baseline)}."
    return " ".join(said) or "No measure changed clearly, and no control chart signals."


def _does_not(facts: Facts) -> str:
    quiet = [c for c in facts.changes if c.quiet and not c.total]
    if not quiet:
        return ""
    many = len(quiet) == sum(c.verdict is not None and not c.total for c in facts.changes)
    first = (
        f"{'All' if many else 'The other'} {number_word(len(quiet))} measures show no clear change"
    )
    large = sorted(quiet, key=lambda c: -abs(c.percent_change or 0))[:2]
    shown = [f"{c.measure.phrase} ({_counts(c)})" for c in large if c.percent_change is not None]
    return f"{first}, not even {joined(shown, word='or')}." if shown else f"{first}."


def _against_others(facts: Facts) -> str:
    total = facts.standings.get("all-crime")
    return total.sentence if total else ""


def _asked(facts: Facts) -> list[str]:
    found = facts.partnership.recommendations if facts.partnership else ()
    if not found:
        return [
            "To choose its priorities: the matrix and the emerging issues are there to help.",
            "To say which partners will supply the data that is missing.",
        ]
    more = len(found) - MOST_ASKED
    rest = [f"To consider {number_word(more)} more, under Recommendations."] if more > 0 else []
    asked = (f"{n}. {r.text.rstrip('.')}." for n, r in enumerate(found[:MOST_ASKED], 1))
    return [*asked, *rest]


def _counts(change: Change) -> str:
    return f"{count_text(change.before)} to {count_text(change.after)}"


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
