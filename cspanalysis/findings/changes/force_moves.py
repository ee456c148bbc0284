"""What moved in the whole force, and whether in all of its areas alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from cspanalysis.evidence.figures import ForceChange, Verdict
from cspanalysis.evidence.noise import LineNoise, lines_held
from cspanalysis.evidence.shortfalls import shortfall_of
from cspanalysis.findings.changes.shortfalls import restored_word
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.wording.numbers import number_word, percent_text
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["force_sentence", "with_moves"]

_MOVED = {"higher": "rose", "lower": "fell"}
_MOST = 4
_MOST_OF_IT = 0.9
"""Share of a force's count that its areas must hold to speak for it."""

_AS_MUCH = 0.5, 1.5
"""Shares of the force's change, as logs of ratios, within which an area's is about as large: where
counts vary much, areas far apart can't be told apart, and yet did not move alike."""


def with_moves(
    found: Mapping[str, ForceChange],
    store: Store,
    area: Area,
    *,
    period: Period,
    baseline: Period,
    noise: LineNoise,
) -> dict[str, ForceChange]:
    """Judge the changes of a whole force as those of an area are judged, and its areas alike.

    The p-values of the force's measures are adjusted together, all crime excepted. Areas moved
    alike where all went the same way, by about as much, and none of them apart from the rest of the
    force.
    """
    held = {code: one for code, one in found.items() if _whole(one) and noise.force(code)}
    if not held:
        return dict(found)
    learned = [cast("tuple[float, float]", noise.force(code)) for code in held]
    days = baseline.days, period.days
    counts = {code: (cast("int", f.before), cast("int", f.after)) for code, f in held.items()}
    words = _words(counts, days, learned)
    if area.wider is not None and (
        lacking := shortfall_of(store, area.wider, period=period, baseline=baseline)
    ):
        restored = {code: lacking.restored(code, *pair) for code, pair in counts.items()}
        again = _words(restored, days, learned)
        words = [restored_word(word, other) for word, other in zip(words, again, strict=True)]
    sides = _areas(store, area, period, baseline)
    return {
        **found,
        **{
            code: _with_areas(
                replace(one, verdict=word), sides.get(code, ()), noise=noise.rest(code)
            )
            for (code, one), word in zip(held.items(), words, strict=True)
        },
    }


def _words(
    counts: Mapping[str, tuple[int, int]],
    days: tuple[int, int],
    learned: Sequence[tuple[float, float]],
) -> list[Verdict | None]:
    """Judge the counts of a force's measures, all crime by itself, the others together."""
    from cspanalysis.methods import adjust, compare, verdict

    tested = compare(
        [before for before, _ in counts.values()],
        [after for _, after in counts.values()],
        exposure_before=days[0],
        exposure_after=days[1],
        dispersion=[value for value, _ in learned],
        freedom=[freedom for _, freedom in learned],
    )
    p = tested["p_value"].to_numpy(copy=True)
    parts = [place for place, code in enumerate(counts) if code != "all-crime"]
    own = p.copy()
    p[parts] = adjust(own[parts])
    return [cast("Verdict", word) for word in verdict(own, p, tested["ratio"].to_numpy())]


def force_sentence(changes: Sequence[Change]) -> str:
    """Say what moved in the whole force, the surest first; empty where nothing did."""
    moved = [
        change
        for change in changes
        if change.force is not None
        and change.force.verdict in {"higher", "lower", "possibly higher", "possibly lower"}
        and change.measure.code != "all-crime"
        and change.force.gap == "no clear difference"
    ]
    moved.sort(key=lambda c: c.force is not None and str(c.force.verdict).startswith("possibly"))
    said = [_moved(change.measure, change.force) for change in moved[:_MOST] if change.force]
    return f"In the whole force {'; '.join(said)}." if said else ""


def _moved(measure: Measure, force: ForceChange) -> str:
    word = str(force.verdict)
    verb = _MOVED[word.removeprefix("possibly ")]
    maybe = "possibly " if word.startswith("possibly") else ""
    size = percent_text(abs(force.percent_change or 0))
    return f"{measure.phrase} {maybe}{verb} by {size}{_in_areas(force)}"


def _in_areas(force: ForceChange) -> str:
    areas = f"in all {number_word(force.same_way)} areas"
    if force.alike:
        return f", {areas} alike"
    more = "more" if (force.percent_change or 0) > 0 else "fewer"
    return f", with {more} recorded {areas}" if force.same_way else ""


def _whole(one: ForceChange) -> bool:
    enough = one.before is not None and one.before >= MINIMUM_BASE
    return enough and one.after is not None and one.percent_change is not None


def _areas(
    store: Store, area: Area, period: Period, baseline: Period
) -> dict[str, list[tuple[float, float]]]:
    """Count both periods in each area of the force, by measure; of whole months alone."""
    sides: dict[str, list[tuple[float, float]]] = {}
    for (_, code), months in lines_held(store, area, period.end, short=True).lines.items():
        before, after = (_counted(months, span) for span in (baseline, period))
        sides.setdefault(code, []).append((before, after))
    return sides


def _counted(months: pd.Series, span: Period) -> float:
    """Sum the months of a period; nan where one of them is missing."""
    import pandas as pd

    counted = months.reindex([pd.Timestamp(month) for month in span.months]).sum(skipna=False)
    return float("nan") if pd.isna(counted) else float(counted)


def _with_areas(
    force: ForceChange, sides: Sequence[tuple[float, float]], *, noise: float
) -> ForceChange:
    """Tell of a force's change whether its areas, counted before and after, went with it."""
    whole = force.before or 0, force.after or 0
    enough = all(sum(side[n] for side in sides) >= _MOST_OF_IT * whole[n] for n in (0, 1))
    ways = {_way(before, after) for before, after in [*sides, whole]}
    if len(sides) < 2 or not enough or len(ways) > 1:
        return force
    alike = _as_much(sides, whole) and not _any_apart(sides, noise)
    return replace(force, same_way=len(sides), alike=alike)


def _way(before: float, after: float) -> int:
    return (after > before) - (after < before)


def _as_much(sides: Sequence[tuple[float, float]], whole: tuple[int, int]) -> bool:
    """Tell whether each area's change is about as large as that of the whole."""
    if whole[0] == whole[1] or not all(before and after for before, after in sides):
        return False
    move = math.log(whole[1] / whole[0])
    shares = [math.log(after / before) / move for before, after in sides]
    return all(_AS_MUCH[0] <= share <= _AS_MUCH[1] for share in shares)


def _any_apart(sides: Sequence[tuple[float, float]], noise: float) -> bool:
    """Tell whether an area moved apart from the rest of its force."""
    from cspanalysis.methods import compare_changes

    before, after = ([side[n] for side in sides] for n in (0, 1))
    tested = compare_changes(
        before,
        after,
        [sum(before) - one for one in before],
        [sum(after) - one for one in after],
        dispersion=noise,
        other_dispersion=noise,
    )
    return bool((tested["p_value"] < 0.05).any())
