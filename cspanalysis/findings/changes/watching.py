"""The watch: measures whose newest months leave what the months before them led to expect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from cspanalysis.evidence.noise import AREA, KeptFrames, lines_held
from cspanalysis.findings.finding import Trend
from cspanalysis.vocabulary import Area, Measure
from cspanalysis.vocabulary.listed import joined, months_text

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["Watched", "watch_of", "watch_sentences"]


@dataclass(frozen=True, slots=True)
class Watched:
    """Hold what the watch says of a measure at its newest month.

    Parameters
    ----------
    measure
        What is watched.
    months
        First and last of the watched months; none where there are too few before them.
    alarm
        On which side of what was expected its newest months lie; empty where on neither.
    since
        First of the months that add up to the alarm.
    """

    measure: Measure
    months: tuple[date, date] | None = None
    alarm: Literal["above", "below", ""] = ""
    since: date | None = None


def watch_of(store: Store, area: Area, trends: Iterable[Trend]) -> tuple[Watched, ...]:
    """Watch the newest months of the charted measures (see `methods.watch`), in their order.

    A measure is watched from the start of the newest segment of its chart. Small areas, whose
    months a public edition keeps back, are not watched.
    """
    if area.is_small:
        return ()
    drawn = list(trends)
    found: dict[str, Watched] = {}
    for first in {trend.newest for trend in drawn}:
        codes = [trend.measure.code for trend in drawn if trend.newest == first]
        last = max(trend.chart.index[-1].date() for trend in drawn)
        found |= _watched(store, area, codes, first, last)
    return tuple(found.get(one.measure.code, Watched(one.measure)) for one in drawn)


def watch_sentences(
    watched: Sequence[Watched], *, signalled: Iterable[Measure] = ()
) -> tuple[str, ...]:
    """Say which measures left what was expected, and which are too short to watch.

    Where none did, those that their charts signal all the same are named.
    """
    told = [one for one in watched if one.months]
    said = [_sentence(one) for one in told if one.alarm]
    if told and not said:
        first = min(one.months[0] for one in told if one.months)
        last = max(one.months[1] for one in told if one.months)
        said.append(
            f"The watch over {months_text([first])} to {months_text([last])} raises no alarm at "
            "its newest month: no measure stands further from what the months before led to expect "
            f"than such counts vary by themselves.{_although_signalled(told, signalled)}"
        )
    short = [one.measure for one in watched if not one.months]
    if told and short:
        verb = "are" if len(short) > 1 or short[0].plural else "is"
        said.append(
            "Too short to watch, with less than two years at one level before the newest months, "
            f"{verb} {joined([measure.phrase for measure in short])}."
        )
    return tuple(said)


def _although_signalled(told: Sequence[Watched], signalled: Iterable[Measure]) -> str:
    """Say why charts of watched measures may signal where the watch raises no alarm."""
    watched = {one.measure for one in told}
    named = [measure.phrase for measure in signalled if measure in watched]
    if not named:
        return ""
    charts = "its chart signals" if len(named) == 1 else "their charts signal"
    return (
        f" That holds for {joined(named)} too, although {charts}: the watch also allows for "
        "neighbouring months that move together."
    )


def _sentence(one: Watched) -> str:
    what = f"{one.measure.phrase[:1].upper()}{one.measure.phrase[1:]}"
    has = "have" if one.measure.plural else "has"
    return (
        f"{what} {has} been {one.alarm} what the months before led to expect since "
        f"{one.since:%B %Y} (watch over the newest months)."
    )


def _watched(
    store: Store, area: Area, codes: Sequence[str], first: date, last: date
) -> Mapping[str, Watched]:
    import pandas as pd

    held, start = lines_held(store, area, last), pd.Timestamp(first)
    lines = {name: line[line.index >= start] for name, line in held.lines.items()}
    known = [code for code in codes if code in held.own]
    own = {(AREA, code): held.own.loc[held.own.index >= start, code] for code in known}
    return _kept(KeptFrames(lines, own)) if lines and own else {}


@lru_cache(maxsize=64)
def _kept(frames: KeptFrames) -> Mapping[str, Watched]:
    from cspanalysis.methods import watch

    table = watch(frames.lines, others=frames.others)
    found = {}
    for line in map(tuple, frames.others.columns):
        rows = table[[one == line for one in table["line"]]]
        if len(rows):
            found[str(line[1])] = _last(Measure.named(str(line[1])), rows)
    return found


def _last(measure: Measure, rows: pd.DataFrame) -> Watched:
    """Read the newest month of a watch, and since when its sum has been off zero."""
    days = [month.date() for month in rows["month"]]
    alarm = cast("Literal['above', 'below', '']", str(rows["alarm"].iloc[-1]))
    since = None
    if alarm:
        off = (rows[alarm] <= 0).to_numpy()
        since = days[int(off.nonzero()[0].max()) + 1 if off.any() else 0]
    return Watched(measure, (days[0], days[-1]), alarm, since)
