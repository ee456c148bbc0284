"""Noise: how much the counts of an area vary by themselves, learned from all lines of its force."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from cspanalysis.evidence.comparability import since_splits, still_counted
from cspanalysis.store.shortened import short_months
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.composites import composites

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = [
    "KeptFrames",
    "LineNoise",
    "Lines",
    "NoiseOfCounts",
    "borrowed",
    "learned_noise",
    "lines_held",
    "noise_of_lines",
    "parts_of",
    "period_noise",
]

AREA, REST, FORCE = "", "rest", "force"
"""Lines of the area itself, of the rest of its force and of the force, as the frame names them."""

BORROWED_FREEDOM = 19.0

_ASKED: WeakKeyDictionary[Store, dict[tuple[Area, Period, Period], pd.DataFrame]]
_ASKED = WeakKeyDictionary()
"""What was learned already from what an open store holds."""

_READ: WeakKeyDictionary[Store, dict[tuple[Area, date, bool], pd.DataFrame]]
_READ = WeakKeyDictionary()
"""Months that were read for it."""


class NoiseOfCounts(NamedTuple):
    """Hold the noise of a comparison, of its later count alone, and what it rests on."""

    comparison: float
    period: float
    freedom: float
    borrowed: bool


def borrowed(before: int | None, after: int | None, *, months: int) -> NoiseOfCounts:
    """Lend a noise to two counts whose months are not held (see `methods.borrowed_noise`)."""
    from cspanalysis.methods import borrowed_noise

    known = [count for count in (before, after) if count is not None]
    lent = float(borrowed_noise(sum(known) / max(len(known), 1), months=months))
    return NoiseOfCounts(lent, lent, BORROWED_FREEDOM, True)


class LineNoise:
    """Give the noise of an area's lines in one comparison, and of the rest of its force."""

    def __init__(self, compared: pd.DataFrame, alone: pd.DataFrame, *, months: int) -> None:
        self._compared, self._alone, self._months = compared, alone, months

    def of(self, code: str, before: int | None, after: int | None) -> NoiseOfCounts:
        """Give the noise of a measure's two counts."""
        found, alone = (
            _number(f, (AREA, code), c)
            for f, c in ((self._compared, "noise"), (self._alone, "period_noise"))
        )
        lent = borrowed(before, after, months=self._months)
        if found is None:
            return lent if alone is None else lent._replace(period=alone)
        freedom = _number(self._compared, (AREA, code), "freedom")
        return NoiseOfCounts(found, alone or found, freedom or math.inf, False)

    def force(self, code: str) -> tuple[float, float] | None:
        """Give the noise of the whole force and its degrees of freedom; None where not known."""
        noise, freedom = (_number(self._compared, (FORCE, code), c) for c in ("noise", "freedom"))
        return None if noise is None or freedom is None else (noise, freedom)

    def rest(self, code: str) -> float:
        """Give the noise of the rest of the force, 1 where it is not known."""
        return _number(self._compared, (REST, code), "noise") or 1.0


def noise_of_lines(store: Store, area: Area, period: Period, baseline: Period) -> LineNoise:
    """Learn the noise of an area's lines; that of the period alone is of the year before."""
    compared = learned_noise(store, area=area, period=period, baseline=baseline)
    usual = period.baseline()
    alone = (
        compared
        if usual == baseline
        else learned_noise(store, area=area, period=period, baseline=usual)
    )
    return LineNoise(compared, alone, months=len(period.months))


def learned_noise(store: Store, *, area: Area, period: Period, baseline: Period) -> pd.DataFrame:
    """Learn the noise of an area's counts from the months up to the end of a period.

    All measures of all CSPs of the force are fitted together (see `methods.count_noise`); totals,
    composites, and areas that are no CSP, are judged with what those tell. A ward or a small area
    has the lines of its own level alone. Months in part, or short beside an earlier edition, are
    left out. A fit is kept by force,
    period, baseline and the months themselves, so that a closed period stays as it was.

    Returns
    -------
    DataFrame
        As `methods.count_noise` gives it, by pairs of (`AREA`, `REST` or `FORCE`, code of the
        measure). Missing where the store holds too few months.
    """
    found = _ASKED.setdefault(store, {})
    if (area, period, baseline) not in found:
        found[area, period, baseline] = _learned(store, area, period, baseline)
    return found[area, period, baseline]


def _learned(store: Store, area: Area, period: Period, baseline: Period) -> pd.DataFrame:
    held = lines_held(store, area, period.end)
    others = {(AREA, str(measure)): held.own[measure] for measure in held.own.columns}
    others |= {(AREA, code): months for code, months in _composed(held.own).items()}
    whole = held.whole
    if whole is not None and whole is not held.own:
        both = [m for m in held.own.columns if m in whole.columns]
        others |= {(REST, str(m)): whole[m] - held.own[m] for m in both}
        others |= {(FORCE, str(m)): whole[m] for m in both}
    now = {*still_counted({code for _, code in [*held.lines, *others]}, baseline.start)}
    lines, others = (
        {key: v for key, v in d.items() if key[1] in now} for d in (held.lines, others)
    )
    return _kept(held.slug, period, baseline, KeptFrames(lines, others))


class Lines(NamedTuple):
    """Hold the months of an area, of its force, and the lines that tell how such counts vary."""

    slug: str
    lines: dict[tuple[str, str], pd.Series]
    own: pd.DataFrame
    whole: pd.DataFrame | None


def lines_held(store: Store, area: Area, end: date, *, short: bool = False) -> Lines:
    """Read the lines of all CSPs of an area's force up to a day; of a small area its own alone.

    Months that are short beside an earlier edition are in them with `short` alone.
    """
    own = _months(store, area, end, short=short)
    small = area.is_small or not (area.force or area.kind == "force")
    force = area if area.kind == "force" else Area.named(area.force) if not small else None
    csps = AreaRegister.shipped().within(force) if force else ()
    held = {
        csp.code: _months(store, csp, end, short=short) for csp in csps if store.held.first(csp)
    }
    whole = own if force == area else None
    if force is not None and force != area:
        whole = _months(store, force, end, short=short)
    lines = {
        (code, measure): frame[measure]
        for code, frame in (held or {area.code: own}).items()
        for measure in parts_of(frame)
    }
    return Lines(force.slug if force else area.slug, lines, own, whole)


def period_noise(
    store: Store, area: Area, measure: Measure, count: int, period: Period, *, learn: bool = True
) -> float:
    """Give the noise of one count over a period: of its rate, its rank or its target.

    It is that of the period against the year before; borrowed where too few months are held, and
    with `learn` off, so that a comparator elsewhere does not take reading all of its force.
    """
    from cspanalysis.methods import borrowed_noise

    if learn and store.held.first(area):
        found = learned_noise(store, area=area, period=period, baseline=period.baseline())
        noise = _number(found, (AREA, measure.code), "period_noise")
        if noise is not None:
            return noise
    return float(borrowed_noise(count, months=len(period.months)))


def _composed(own: pd.DataFrame) -> dict[str, pd.Series]:
    """Sum the months of the composites whose parts an area's months all hold."""
    parts = {one.measure.code: list(one.street.parts) for one in composites()}
    return {
        code: own[summed].sum(axis=1, skipna=False)
        for code, summed in parts.items()
        if summed and set(summed) <= set(own.columns)
    }


def _number(frame: pd.DataFrame, line: tuple[str, str], column: str) -> float | None:
    try:
        value = float(frame[column].array[frame.index.get_loc(line)])
    except KeyError:
        return None
    return None if math.isnan(value) else value


class KeptFrames:
    """Hold the lines to fit and those to judge, told from others by what they hold."""

    def __init__(
        self, lines: dict[tuple[str, str], pd.Series], others: dict[tuple[str, str], pd.Series]
    ) -> None:
        import pandas as pd

        indexes = _indexes({**lines, **others}).values()
        held = sorted({month for index in indexes for month in index})
        months = pd.DatetimeIndex(held, name="month")
        self.lines, self.others = _frame(lines, months), _frame(others, months)
        content = (frame.to_numpy().tobytes() for frame in (self.lines, self.others))
        self._key = (*content, *months, *lines, *others)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeptFrames) and self._key == other._key


def _indexes(lines: Mapping[tuple[str, str], pd.Series]) -> dict[bytes, pd.Index]:
    """Give the indexes of lines by what they hold: the lines of an area share theirs."""
    return {_months_of(line): line.index for line in lines.values()}


def _months_of(line: pd.Series) -> bytes:
    return line.index.to_numpy().tobytes()


def _frame(lines: Mapping[tuple[str, str], pd.Series], months: pd.DatetimeIndex) -> pd.DataFrame:
    """Put lines side by side, missing in months that they lack."""
    import numpy as np
    import pandas as pd

    places = {key: months.get_indexer(index) for key, index in _indexes(lines).items()}
    values = np.full((len(months), len(lines)), np.nan)
    for place, line in enumerate(lines.values()):
        values[places[_months_of(line)], place] = line.to_numpy(dtype=float, na_value=np.nan)
    columns = pd.MultiIndex.from_arrays([[part for part, _ in lines], [code for _, code in lines]])
    return pd.DataFrame(values, index=months, columns=columns)


@lru_cache(maxsize=64)
def _kept(force: str, period: Period, baseline: Period, frames: KeptFrames) -> pd.DataFrame:  # noqa: ARG001
    import pandas as pd

    from cspanalysis.methods import count_noise

    found = count_noise(
        frames.lines,
        period=pd.PeriodIndex(period.months, freq="M"),
        baseline=pd.PeriodIndex(baseline.months, freq="M"),
        others=frames.others,
    )
    return found[len(frames.lines.columns) :]


def _months(store: Store, area: Area, end: date, *, short: bool) -> pd.DataFrame:
    """Read the counts of an area by month up to the end of a period, months in part left out."""
    kept = _READ.setdefault(store, {})
    if (area, end, short) not in kept:
        kept[area, end, short] = _read(store, area, end, short=short)
    return kept[area, end, short]


def _read(store: Store, area: Area, end: date, *, short: bool) -> pd.DataFrame:
    first = store.held.first(area)
    months = Period.of_months(min(first or end, end).replace(day=1), end)
    monthly = store.monthly(area, months=months)
    held = [month.date() for month in monthly.index]
    gone = {*store.held.in_part(area, held)}
    gone |= set() if short else {one.month for one in short_months(store, area, held)}
    whole = monthly[[month not in gone for month in held]]
    return since_splits(whole, end)


def parts_of(monthly: pd.DataFrame) -> list[str]:
    """Name the measures that sum no others of the same table."""
    codes = [str(code) for code in monthly.columns]
    sums = {"all-crime", *(Measure.named(code).parent for code in codes)}
    return [code for code in codes if code not in sums]
