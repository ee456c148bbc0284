"""Emerging issues: measures outside the priorities in which something unusual shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cspanalysis.findings.changes.patterns import Outlook, Pattern
from cspanalysis.findings.changes.trends import signals
from cspanalysis.findings.changes.watching import Watched, watch_sentences
from cspanalysis.findings.finding import Change, Trend
from cspanalysis.findings.wording.numbers import count_text, in_period, number_word
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EmergingIssue", "emerging_issues", "emerging_title", "outlook_reason"]

Direction = Literal["worse", "better", "neither"]

WEIGHTS: Mapping[str, float] = {
    "change": 4.0,
    "outside": 3.0,
    "watch": 3.0,
    "shift": 2.0,
    "trend": 2.0,
    "outlook": 1.5,
    "possible change": 1.5,
    "two_of_three": 1.0,
}
"""How much each kind of sign counts: a clear change of the whole period most, since it is tested
against all measures together; a month beyond a limit and an alarm of the watch more than a run or a
near miss; an outlook less, since it has not happened. They order the list and are printed
nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergingIssue:
    """Hold a measure outside the priorities in which something unusual shows.

    Parameters
    ----------
    measure
        The measure.
    signs
        What is unusual, one sentence each, the weightiest first.
    strength
        Sum of the weights of the signs.
    direction
        Whether they point to ``worse``, ``better`` or ``neither``.
    """

    measure: Measure
    signs: tuple[str, ...]
    strength: float
    direction: Direction

    @property
    def reading(self) -> str:
        """Say how it may be read."""
        if self.measure.reading:
            return self.measure.reading
        return {
            "worse": "Worth watching: it may be getting worse.",
            "better": "It may be getting better.",
            "neither": "The signs point both ways.",
        }[self.direction]


def emerging_issues(
    changes: Iterable[Change],
    *,
    trends: Mapping[str, Trend],
    patterns: Mapping[str, Pattern],
    monthly: pd.DataFrame | None,
    apart: Collection[str],
    watched: Collection[Watched] = (),
) -> tuple[EmergingIssue, ...]:
    """Find the measures outside the priorities that show something unusual.

    Parameters
    ----------
    changes
        Changes of all measures.
    trends, patterns
        Control charts and patterns by measure code.
    monthly
        Counts by month, one column a measure; None where there are none.
    apart
        Codes of measures to leave out: those of the priorities. Totals are left out always.
    watched
        What the watch says of measures.

    Returns
    -------
    tuple of EmergingIssue
        What may be getting worse first, then by strength.
    """
    alarms = {one.measure.code: one for one in watched if one.alarm}
    found = [
        _issue(
            change,
            trends.get(change.measure.code),
            alarms.get(change.measure.code),
            patterns.get(change.measure.code),
            None if monthly is None else monthly.get(change.measure.code),
        )
        for change in changes
        if change.measure.code not in apart and not change.total
    ]
    shown = [issue for issue in found if issue.signs]
    order = {"worse": 0, "neither": 1, "better": 2}
    return tuple(sorted(shown, key=lambda i: (order[i.direction], -i.strength, i.measure.code)))


def emerging_title(found: Collection[EmergingIssue]) -> str:
    """Write the title of the list: how many measures show what."""
    worse = [issue.measure.phrase for issue in found if issue.direction == "worse"]
    if not found:
        return "No measure outside the priorities shows anything unusual"
    if not worse:
        some = f"{_capital(number_word(len(found)))} {_measures(len(found))}"
        verb = "shows" if len(found) == 1 else "show"
        return f"{some} outside the priorities {verb} a signal, none for the worse"
    if len(worse) > 3:
        return f"{_capital(number_word(len(worse)))} measures outside the priorities need watching"
    return f"{_capital(joined(worse))} {'needs' if len(worse) == 1 else 'need'} watching"


def outlook_reason(outlook: Outlook | None, counts: pd.Series | None) -> tuple[str, int]:
    """Say whether the months ahead are expected apart from the same months a year before.

    Returns
    -------
    str and int
        A sentence and its direction (1 above, -1 below), where the 80 % interval of every month
        lies on the same side of last year's count; else an empty text and 0.
    """
    if outlook is None or counts is None:
        return "", 0
    months = [(month - 12).to_timestamp() for month in outlook.ahead.index]
    before = counts.reindex(months)
    if before.isna().any():
        return "", 0
    low, high = outlook.ahead["lower_80"], outlook.ahead["upper_80"]
    earlier = before.to_numpy(dtype=float)
    above, below = bool((low > earlier).all()), bool((high < earlier).all())
    if not (above or below):
        return "", 0
    side = "more" if above else "fewer"
    total = outlook.ahead["mean"].sum()
    first, last = outlook.ahead.index[0], outlook.ahead.index[-1]
    return (
        f"If things go on as before, {first:%B} to {last:%B %Y} will bring {side} than a year "
        f"earlier (about {count_text(total)} against {count_text(earlier.sum())}).",
        1 if above else -1,
    )


def _issue(
    change: Change,
    trend: Trend | None,
    alarm: Watched | None,
    pattern: Pattern | None,
    counts: pd.Series | None,
) -> EmergingIssue:
    signs = [
        *_change_sign(change),
        *_trend_sign(trend),
        *_watch_sign(alarm),
        *_outlook_sign(pattern.outlook if pattern else None, counts),
    ]
    sides = {side for _, side, _ in signs if side}
    worse = {"lower": 1, "higher": -1, "none": 0}[change.measure.good]
    direction: Direction = "neither"
    if worse and len(sides) == 1:
        direction = "worse" if sides == {worse} else "better"
    ordered = sorted(signs, key=lambda sign: -sign[2])
    return EmergingIssue(
        measure=change.measure,
        signs=tuple(text for text, _, _ in ordered),
        strength=sum(weight for _, _, weight in signs),
        direction=direction,
    )


def _change_sign(change: Change) -> list[tuple[str, int, float]]:
    if not (change.stands_out or change.possible):
        return []
    word = str(change.verdict)
    text = (
        f"{'Clearly ' if change.stands_out else ''}{word} than {in_period(change.baseline)}: "
        f"{count_text(change.before)} to {count_text(change.after)}."
    )
    weight = WEIGHTS["change" if change.stands_out else "possible change"]
    return [(_capital(text), 1 if word.endswith("higher") else -1, weight)]


def _trend_sign(trend: Trend | None) -> list[tuple[str, int, float]]:
    if trend is None or not trend.signalled:
        return []
    last = trend.chart.iloc[-1]
    side = 1 if last["value"] > last["mean"] else -1
    if last["signal"] == "trend":
        side = 1 if last["value"] > trend.chart["value"].iloc[-2] else -1
    return [(signals((trend,))[0], side, WEIGHTS[str(last["signal"])])]


def _watch_sign(alarm: Watched | None) -> list[tuple[str, int, float]]:
    if alarm is None:
        return []
    return [(watch_sentences((alarm,))[0], 1 if alarm.alarm == "above" else -1, WEIGHTS["watch"])]


def _outlook_sign(
    outlook: Outlook | None, counts: pd.Series | None
) -> list[tuple[str, int, float]]:
    text, side = outlook_reason(outlook, counts)
    return [(text, side, WEIGHTS["outlook"])] if text else []


def _measures(number: int) -> str:
    return "measure" if number == 1 else "measures"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
