"""The one page of a strategic assessment that a board member can use alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.findings.changes.steps import sentences_of_drawn
from cspanalysis.findings.changes.trends import signals
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.levels import levels_title
from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.findings.summary.topics import Topic
from cspanalysis.findings.wording.change_words import possible_sentence, shown_from
from cspanalysis.findings.wording.numbers import count_text, number_word, period_text
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cspanalysis.reports.facts import Facts
    from cspanalysis.vocabulary import Measure

__all__ = ["MOST_ASKED", "against_others", "steps_of_news", "topics_for_a_board"]

MOST_ASKED = 5
"""A board that is asked more than so many things on one page reads none of them."""


def topics_for_a_board(facts: Facts) -> tuple[Topic, ...]:
    """Say on one page what matters, what does not, the priorities, and what the board is asked."""
    places = tuple(
        (
            f"{place}. {found.title}",
            _outcome(found),
            f"{_lowered(found.line)}{_where(facts, found)}{_others(found)}",
        )
        for place, found in enumerate(facts.strategy.priority_findings, 1)
    )
    topics = (
        Topic(title="What changed", sentences=(_matters(facts),)),
        Topic(title="What to put first", ranked=places),
        Topic(title="Too small to see", sentences=(_does_not(facts),)),
        against_others(facts),
        Topic(title="The board is asked", sentences=tuple(_asked(facts))),
    )
    return tuple(topic for topic in topics if topic.ranked or any(topic.sentences))


def _where(facts: Facts, found: PriorityFinding) -> str:
    """Name the wards that had most of what leads a priority."""
    where = facts.where_of(found.leading) if found.leading else None
    names = [name for name, _ in where.named.values()] if where and where.nested else []
    wards = "ward" if len(names) == 1 else "wards"
    return f" Most in {joined(names)} {wards}." if names else ""


def _others(found: PriorityFinding) -> str:
    """Name the other measures of a priority that changed, or possibly did."""
    news = [c for c in found.changes[1:] if c.stands_out or c.possible]
    said = (f" {_capital(c.measure.phrase)}: {c.verdict} ({_counts(c)})." for c in news)
    return "".join(said)


def _outcome(found: PriorityFinding) -> str:
    """Give the verdict on what leads a priority, in a word or two."""
    change = found.leading
    return "no figures" if change is None else change.verdict or "not comparable"


def _matters(facts: Facts) -> str:
    if facts.first_data is not None:
        return facts.first_data.needed
    clear = [c for c in facts.changes if c.stands_out and not c.total]
    said = [f"{_capital(c.measure.phrase)}: {c.verdict}, {_counts(c)}." for c in clear]
    if possible := possible_sentence(facts.changes, counts=True):
        said.append(possible)
    said += steps_of_news(facts)
    said += list(signals(facts.trends))
    if not said and all(c.p_value is None for c in facts.changes):
        reasons = {c.refused for c in facts.changes}
        why = reasons.pop() if len(reasons) == 1 else ""
        return f"No measure can be compared with {period_text(facts.baseline)}. {why}".strip()
    return " ".join(said) or "No measure changed clearly, and no control chart signals."


def steps_of_news(facts: Facts) -> tuple[str, ...]:
    """Say since when it is so, of the measures that changed or possibly did, or that none tells."""
    news = {c.measure for c in facts.changes if (c.stands_out or c.possible) and not c.total}
    charted = [trend for trend in facts.trends if trend.measure in news]
    without = [
        trend.measure for trend in charted if not any(mark.kind == "step" for mark in trend.marks)
    ]
    return tuple(filter(None, (*sentences_of_drawn(charted), _without_step(without))))


def _without_step(measures: Sequence[Measure]) -> str:
    if not measures:
        return ""
    verb = "show" if len(measures) > 1 or measures[0].plural else "shows"
    named = _capital(joined([measure.phrase for measure in measures]))
    return f"{named} {verb} no clear step, so since when can't be said."


def _does_not(facts: Facts) -> str:
    quiet = [c for c in facts.changes if c.quiet and not c.total]
    if not quiet:
        return ""
    steady = [c.measure for c in quiet if c.verdict == "steady"]
    verb = "are" if len(steady) > 1 or any(measure.plural for measure in steady) else "is"
    held = f"{_capital(joined([m.phrase for m in steady]))} {verb} steady." if steady else ""
    unsure = [c for c in quiet if c.verdict != "steady"]
    if not unsure:
        return held
    every = len(unsure) == sum(c.verdict is not None and not c.total for c in facts.changes)
    some = f"{number_word(len(unsure))} measures" if len(unsure) > 1 else "measure"
    alone = "The one" if len(unsure) == 1 else "All"
    first = f"{alone if every else 'The other'} {some} can't be told"
    large = sorted(unsure, key=lambda c: -abs(c.percent_change or 0))[:2]
    shown = [_unseen(c) for c in large if c.percent_change is not None and shown_from(c)]
    told = f"{_capital('; '.join(shown))}." if shown else ""
    return " ".join(filter(None, (held, f"{first} from their usual swings.", told)))


def _unseen(change: Change) -> str:
    """Name a change that can't be told, with the smallest that would have shown."""
    return f"for {change.measure.phrase} ({_counts(change)}) only {shown_from(change)} would show"


def against_others(facts: Facts) -> Topic:
    """Say how the area's rate of all crime compares with its force's, and with areas like it.

    Of a force itself, whether its partnerships differ. Where the page opens with that, who the
    others are.
    """
    total = None if facts.area.kind == "force" else facts.standings.get("all-crime")
    if total and facts.first_data and total.sentence in facts.first_data.beside:
        return Topic(title="Against others", sentences=(total.company,))
    drawn = f"{levels_title(facts.levels)}." if facts.levels else ""
    return Topic(title="Against others", sentences=(total.sentence if total else drawn,))


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
