"""Steps and marks: months from which on a measure stands at another level, with their reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cspanalysis.evidence.noise import AREA, REST, KeptFrames, lines_held, parts_of
from cspanalysis.findings.finding import Change, Mark, Trend
from cspanalysis.findings.wording.numbers import TO_BE_CONFIRMED, percent_text
from cspanalysis.partnership.event import Event
from cspanalysis.vocabulary import Area, Break, Measure, Period, breaks_between

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["Step", "borne_out", "marks_of", "sentences_of_drawn", "step_sentences", "steps_of"]

NEAR = 2
"""A step is found within two months of where it is: so far its reason may lie from it."""

LEAST = 6
"""Months that a segment needs on either side of a break or an event, as of a step."""

_ALPHA = 0.05
_HALF, _FEWEST = 0.5, 30

NO_REASON = "no reason recorded"


@dataclass(frozen=True, slots=True)
class Step:
    """Hold a month from which on a measure stands at another level.

    Parameters
    ----------
    month
        The first at the new level.
    ratio
        The level after to that before, the season allowed for.
    sure
        Whether it is told from noise among all lines of the area.
    after
        Last month at the old level, where more than `NEAR` months between the two are missing, or
        short and so not searched: the level moved in one of them. None where the month is known.
    elsewhere
        The ratio of the rest of the force at that month, where it moved the same way and at least
        half as far; else None, as where there is no rest.
    """

    month: date
    ratio: float
    sure: bool
    after: date | None = None
    elsewhere: float | None = None


def steps_of(store: Store, area: Area, end: date) -> Mapping[str, tuple[Step, ...]]:
    """Find the steps of an area's measures in the months up to a day, by code of the measure.

    The noise is that of all lines of the force (see `methods.steps`); the area's own are adjusted
    together, its totals judged by themselves; the rest of the force is measured beside them, which
    tells what is not of this place alone. Months in part are left out. Small areas, whose months a
    public edition keeps back, are not searched.
    """
    if area.is_small:
        return {}
    held = lines_held(store, area, end)
    own = {(AREA, str(code)): held.own[code] for code in held.own.columns}
    whole = held.whole
    if whole is not None and whole is not held.own:
        both = [code for code in held.own.columns if code in whole.columns]
        own |= {(REST, str(code)): whole[code] - held.own[code] for code in both}
    return _kept(KeptFrames(held.lines, own), tuple(parts_of(held.own)))


@lru_cache(maxsize=64)
def _kept(frames: KeptFrames, parts: tuple[str, ...]) -> Mapping[str, tuple[Step, ...]]:
    from cspanalysis.methods import steps

    own = [(AREA, code) for code in parts]
    searched = [line for line in map(tuple, frames.others.columns) if line[0] == AREA]
    alone = [line for line in searched if line not in own]
    rest = {line: (REST, line[1]) for line in searched if (REST, line[1]) in frames.others}
    found: dict[str, tuple[Step, ...]] = {}
    if frames.lines.empty:
        return found
    table = steps(frames.lines, others=frames.others, own=own, alone=alone, beside=rest)
    named = (table[name] for name in ("line", "month", "ratio", "sure", "beside"))
    for (_, code), month, ratio, sure, beside in zip(*named, strict=True):
        first = month.to_timestamp().date()
        known = frames.others[AREA, code].dropna().index
        after = _before_a_gap([day.date() for day in known], first)
        counted = _is_counted(frames.others.get((REST, code)), month.to_timestamp())
        elsewhere = float(beside) if counted and _alike(ratio, beside) else None
        step = Step(first, float(ratio), bool(sure), after, elsewhere)
        found[code] = (*found.get(code, ()), step)
    return found


def _is_counted(rest: pd.Series | None, first: pd.Timestamp) -> bool:
    """Tell whether the rest of the force has counts enough on either side to have a level."""
    if rest is None:
        return False
    sides = rest[rest.index < first].sum(), rest[rest.index >= first].sum()
    return bool(min(sides) >= _FEWEST)


def _alike(ratio: float, beside: float) -> bool:
    """Tell whether the rest of the force moved the same way, at least half as far."""
    return 0 < beside < math.inf and math.log(beside) / math.log(ratio) >= _HALF


def _before_a_gap(searched: Sequence[date], first: date) -> date | None:
    """Give the last month before a step, where more than `NEAR` between are missing."""
    before = max(month for month in searched if month < first)
    return before if _apart(first, before) > NEAR + 1 else None


def marks_of(
    measure: Measure,
    *,
    area: Area,
    months: Sequence[date],
    steps: Iterable[Step] = (),
    events: Iterable[Event] = (),
    source: str = "",
) -> tuple[Mark, ...]:
    """List what stands out in some months of a measure, oldest first.

    A break or an event within `NEAR` months of a step, or of the months in which it may lie, is its
    reason, unless it alone would move counts the other way. Else it stands for itself, and average
    and limits start anew with it where both sides are left `LEAST` months.

    Parameters
    ----------
    measure, area
        What and where.
    months
        First days of the months that are known.
    steps, events
        What was found, and what the partnership names.
    source
        Name of the source, by which breaks are known.
    """
    known = sorted(months)
    breaks = _breaks(measure, area, known, source)
    told = [*breaks, *_events(measure, known, events)]
    marks = []
    for step in steps:
        against = [mark for mark, one in breaks.items() if one.explains(step.ratio) is False]
        near = [one for one in told if _beside(one.month, step) and one not in against]
        told = [one for one in told if one not in near]
        kind: Literal["step", "possible step"] = "step" if step.sure else "possible step"
        reason = "; ".join(one.text for one in near)
        marks.append(
            Mark(
                month=step.month,
                kind=kind,
                text=reason,
                ratio=step.ratio,
                starts=step.sure,
                after=step.after,
                sure=step.sure,
                elsewhere=step.elsewhere,
            )
        )
        if near and not step.sure:
            told += near  # a break stands whether or not the level moved with it
    starts = [mark.month for mark in marks if mark.starts]
    for one in sorted(told, key=lambda mark: mark.month):
        enough = _leaves_enough(one.month, starts, known)
        marks.append(replace(one, starts=enough))
        starts += [one.month] if enough else []
    return tuple(sorted(marks, key=lambda mark: mark.month))


def borne_out(trends: Iterable[Trend], changes: Iterable[Change]) -> tuple[Trend, ...]:
    """Call steps possible that the words of the changes a report makes do not bear out.

    A step within the months of a change is sure only where the change is clear, or where there is
    no earlier count and so no change to bear it out.
    """
    of = {change.measure.code: change for change in changes}
    return tuple(
        replace(
            trend,
            marks=tuple(
                replace(mark, sure=mark.sure and _bears_out(of.get(trend.measure.code), mark))
                for mark in trend.marks
            ),
        )
        for trend in trends
    )


def step_sentences(trends: Iterable[Trend]) -> tuple[str, ...]:
    """Say of each step when, which way and by how much, and its reason."""
    drawn = tuple(trends)
    told = [
        (mark, trend.measure) for trend in drawn for mark in trend.marks if mark.ratio is not None
    ]
    said = [_sentence(mark, measure) for mark, measure in told]
    if any(mark.kind == "possible step" for mark, _ in told):
        expected = f"{_ALPHA * len(drawn):.1f}"
        said.append(
            f"Even if nothing had changed in any of the {len(drawn)} measures, chance alone would "
            f"give about {expected} possible steps."
        )
    return tuple(said)


def sentences_of_drawn(trends: Iterable[Trend]) -> tuple[str, ...]:
    """Say the same of the steps that charts draw; possible steps are left out."""
    return step_sentences(
        replace(trend, marks=tuple(mark for mark in trend.marks if mark.kind == "step"))
        for trend in trends
    )


def _bears_out(change: Change | None, mark: Mark) -> bool:
    if mark.ratio is None or change is None:
        return True
    if change.before is None and not change.kept_back:
        return True
    return mark.month < change.baseline.start or change.stands_out


def _sentence(mark: Mark, measure: Measure) -> str:
    ratio = mark.ratio or 1.0
    verb = "stepped" if mark.sure else "may have stepped"
    way = "up" if ratio > 1 else "down"
    size = percent_text(round(100 * abs(ratio - 1)))
    what = f"{measure.phrase[:1].upper()}{measure.phrase[1:]}"
    when = f"in {mark.month:%B %Y}"
    if mark.after:
        when = (
            f"between {mark.after:%B %Y} and {mark.month:%B %Y}, the months between being missing "
            "or short"
        )
    moved = f"{what} {verb} {way} by about {size} {when}"
    rest = percent_text(round(100 * abs((mark.elsewhere or 1.0) - 1)))
    alike = f"the rest of the force went {way} too, by about {rest}" if mark.elsewhere else ""
    if mark.text:
        # A sentence of its own: what people write of an event may hold brackets.
        return f"{moved}{f' ({alike})' if alike else ''}. At that time: {mark.text.rstrip('.')}."
    return f"{moved} ({'; '.join(filter(None, (NO_REASON, alike)))})."


def _breaks(measure: Measure, area: Area, known: Sequence[date], source: str) -> dict[Mark, Break]:
    """Give the marks of the lasting breaks in recording within some months, each with its break."""
    if len(known) < 2:
        return {}
    first = Period.of_months(known[0], known[0])
    crossed = breaks_between(
        measure,
        area=area,
        baseline=first,
        period=Period.of_months(known[1], known[-1]),
        source=source,
    )
    return {
        Mark(month=one.start.replace(day=1), kind="break", text=_told(one)): one
        for one in crossed
        if one.until is None
    }


def _told(one: Break) -> str:
    return one.text if one.confirmed else f"{one.text.rstrip('.')}, {TO_BE_CONFIRMED}"


def _events(measure: Measure, known: Sequence[date], events: Iterable[Event]) -> list[Mark]:
    return [
        Mark(month=event.date.replace(day=1), kind="event", text=event.what)
        for event in events
        if event.bears_on(measure) and known and known[0] < event.date.replace(day=1) <= known[-1]
    ]


def _leaves_enough(month: date, starts: Sequence[date], known: Sequence[date]) -> bool:
    """Tell whether a segment that starts with a month leaves enough months on either side."""
    before = max((start for start in starts if start <= month), default=known[0])
    after = min((start for start in starts if start > month), default=date.max)
    return (
        sum(before <= one < month for one in known) >= LEAST
        and sum(month <= one < after for one in known) >= LEAST
    )


def _beside(month: date, step: Step) -> bool:
    """Tell whether a month lies near a step, or near the months in which that may lie."""
    return _apart(step.after or step.month, month) <= NEAR and _apart(month, step.month) <= NEAR


def _apart(one: date, other: date) -> int:
    return 12 * (one.year - other.year) + one.month - other.month
