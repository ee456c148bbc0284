"""Topics: what a summary on one page says, each in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.trends import no_trends, signals, uncharted
from cspanalysis.findings.finding import Change, Trend
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.priorities.target_words import targets_by_status
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.findings.summary.first_data import FirstData
from cspanalysis.findings.summary.ranking import ranked
from cspanalysis.findings.wording.caveats import gathered, shortfall_in_short
from cspanalysis.findings.wording.change_words import chance_sentence
from cspanalysis.findings.wording.numbers import TO_BE_CONFIRMED, count_text, number_word
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "NAMED",
    "Topic",
    "caveat_topic",
    "change_topic",
    "first_topic",
    "signal_topic",
    "target_topic",
]

NAMED = 8
"""Changes named on one side; more are counted."""
_CAVEATS = 3
_FIRST = (
    "to be confirmed",
    "provisional",
    "coverage",
    "shortfall",
    "break",
    "location",
    "covid",
    "history",
)
"""Caveats that can turn a finding round come first; the rest in the order of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Hold what a one-page summary says of one thing.

    Parameters
    ----------
    title
        Its heading.
    sides
        Verdicts, or statuses of targets, with the measures that they hold for, such as
        ``("higher", "robbery (20 to 60)")``.
    ranked
        What is put first, in order: its name, its verdict, and what else is said of it.
    sentences
        What is said after them.
    """

    title: str
    sides: tuple[tuple[str, str], ...] = ()
    ranked: tuple[tuple[str, str, str], ...] = ()
    sentences: tuple[str, ...] = ()


def change_topic(changes: Sequence[Change], *, harm: Harm | None = None) -> Topic:
    """Name the changes with their counts, and say how many chance alone would give, or show none.

    Parameters
    ----------
    changes
        Every line of the report's tables.
    harm
        For the order; see `findings.summary.ranking.ranked`.
    """
    clear = [c for c in ranked(changes, harm=harm) if c.stands_out or c.possible]
    clear.sort(key=lambda c: c.measure.code != "all-crime")
    sides = tuple(
        (verdict, _named([c for c in clear if c.verdict == verdict]))
        for verdict in ("higher", "lower", "possibly higher", "possibly lower")
        if any(c.verdict == verdict for c in clear)
    )
    quiet = chance_sentence(changes) or _quiet(changes, bool(clear))
    sentences = (quiet, _refused(changes), _awaited(changes))
    return Topic(title="What changed", sides=sides, sentences=(" ".join(filter(None, sentences)),))


def first_topic(first: FirstData) -> Topic:
    """Say of a period alone what a comparison in time needs; how much there was opens the page."""
    return Topic(title="What changed", sentences=(first.needed,))


def target_topic(found: Sequence[TargetFinding], *, absent: str) -> Topic:
    """Say which targets are met, or why there is none to tell of."""
    if absent:
        return Topic(title="Targets", sentences=(absent,))
    return Topic(title="Targets", sides=targets_by_status(found))


def signal_topic(
    found: Sequence[Trend], *, monthly: pd.DataFrame | None, since: date | None = None
) -> Topic:
    """Say what the control charts of some months signal at the last one."""
    if not found:
        return Topic(title="Signals", sentences=(no_trends(monthly, since=since),))
    said = " ".join(signals(found))
    if not said:
        last = max(trend.chart.index[-1] for trend in found)
        rare = monthly is not None and uncharted(monthly, found)
        every = "every measure that is charted" if rare else "every measure"
        if any(trend.variation == "none" for trend in found):
            every = "every measure with a firm range"
        said = f"In {last:%B %Y} {every} was within its usual range."
    return Topic(title="Signals", sentences=(said,))


def caveat_topic(changes: Sequence[Change]) -> Topic:
    """Give the few caveats that can change the reading most, and say how many more there are."""
    order = {kind: place for place, kind in enumerate(_FIRST)}
    held = sorted(gathered(changes), key=lambda c: order.get(c.kind, len(order)))
    if not held:
        return Topic(title="Bear in mind", sentences=("No caveat bears on these figures.",))
    more = len(held) - _CAVEATS
    rest = f"{_capital(more)} more {'stands' if more == 1 else 'stand'} in the report."
    texts = [
        shortfall_in_short(changes) if caveat.kind == "shortfall" else caveat.text
        for caveat in held[:_CAVEATS]
    ]
    return Topic(title="Bear in mind", sentences=(*texts, *([rest] if more > 0 else ())))


def _named(changes: Sequence[Change]) -> str:
    shown = [
        f"{c.measure.phrase} ({count_text(c.before)} to {count_text(c.after)})"
        for c in changes[:NAMED]
    ]
    more = len(changes) - NAMED
    return joined([*shown, f"{number_word(more)} more"] if more > 0 else shown)


def _quiet(changes: Sequence[Change], any_clear: bool) -> str:
    quiet = [c.measure.code for c in changes if c.quiet]
    parts = ["all crime"] if "all-crime" in quiet else []
    rest = len(quiet) - len(parts)
    other = "other " if any_clear or parts else ""
    if rest == 1:
        parts.append(f"the {other or 'one '}measure")
    elif rest:
        some = "the" if any_clear else "any of the"
        parts.append(f"{some} {other}{number_word(rest)} measures")
    return f"There is no clear change in {joined(parts, word='or in')}." if parts else ""


def _refused(changes: Sequence[Change]) -> str:
    number = sum(bool(c.refused) and c.status != TO_BE_CONFIRMED for c in changes)
    if not number:
        return ""
    return f"{_capital(number)} {_measures(number)} can't be compared."


def _awaited(changes: Sequence[Change]) -> str:
    awaited = [c.measure.phrase for c in changes if c.status == TO_BE_CONFIRMED]
    return f"Still to be confirmed: {joined(awaited)}." if awaited else ""


def _measures(number: int) -> str:
    return "measure" if number == 1 else "measures"


def _capital(number: int) -> str:
    return number_word(number).capitalize()
