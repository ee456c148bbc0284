"""Changes: the lines of a table, compared, adjusted for their number and judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, cast

from cspanalysis.evidence.comparability import (
    Comparison,
    Line,
    break_caveats,
    refusal,
    with_totals,
)
from cspanalysis.evidence.figures import Caveat, CaveatKind, ForceChange, Gap, Rate, Verdict
from cspanalysis.findings.changes.shortfalls import held_to
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.vocabulary import Measure

__all__ = ["changes"]

Tested: TypeAlias = dict[str, float]
"""What `methods.compare` gives for one line."""


def changes(
    lines: Sequence[Line],
    *,
    comparison: Comparison,
    force: Mapping[str, ForceChange] | None = None,
    rate: Callable[[Measure, int], Rate | None] | None = None,
) -> tuple[Change, ...]:
    """Compare the lines of one table.

    The p-values of the lines are adjusted together (Benjamini and Hochberg 1995), totals of
    other lines excepted: a total is judged by its own p-value.

    Parameters
    ----------
    lines
        Counts of each measure. Totals that make a broken measure comparable are added.
    comparison
        What the lines share.
    force
        Change of the same measures in the police force area, by measure code.
    rate
        Gives the rate of a measure's count in the period; None for no rates.

    Returns
    -------
    tuple of Change
        One a line, in the order in which tables list measures.
    """
    all_ = list(with_totals(lines, comparison))
    drawn = [_drawn(x, comparison, (force or {}).get(x.measure.code), rate) for x in all_]
    tested = iter(_tested([c for c in drawn if not c.refused], comparison.located))
    found = [change if change.refused else next(tested) for change in drawn]
    told = [
        replace(change, caveats=(*_caveats(change, line, comparison), *comparison.caveats))
        for change, line in zip(found, all_, strict=True)
    ]
    return _force_gaps(_without_shortfall(_judged(told), comparison))


def _drawn(
    line: Line,
    comparison: Comparison,
    force: ForceChange | None,
    rate: Callable[[Measure, int], Rate | None] | None,
) -> Change:
    return Change(
        measure=line.measure,
        area=comparison.area,
        period=comparison.period,
        baseline=comparison.baseline,
        before=line.before,
        after=line.after,
        status=line.status,
        refused=refusal(line, comparison),
        total=line.total or line.measure.code == "all-crime",
        dispersion=line.dispersion,
        freedom=line.freedom,
        period_noise=line.period_noise,
        borrowed=line.borrowed,
        force=force,
        rate=rate(line.measure, line.after) if rate and line.after is not None else None,
        provenance=line.provenance or comparison.provenance,
        kept_back=line.kept_back,
    )


def _tested(drawn: Sequence[Change], located: tuple[float, float]) -> list[Change]:
    """Test changes as if every record carried a location, the doubt of that counted in.

    The percentage is of the counts as recorded, the ratio and its interval of the located counts.
    """
    if not drawn:
        return []
    recorded, tested = _compared(drawn, (1.0, 1.0)), _compared(drawn, located)
    plain = _compared([replace(change, dispersion=1.0) for change in drawn], (1.0, 1.0))
    rows = zip(drawn, recorded, tested, plain, _visible(drawn), strict=True)
    return [_with_test(c, located, r, t, p, visible=v) for c, r, t, p, v in rows]


def _with_test(
    change: Change,
    located: tuple[float, float],
    recorded: Tested,
    tested: Tested,
    plain: Tested,
    *,
    visible: tuple[float | None, float | None],
) -> Change:
    lower, upper = tested["lower"], tested["upper"]
    if change.borrowed:
        lower, upper = min(lower, plain["lower"]), max(upper, plain["upper"])
    return replace(
        change,
        percent_change=_percent(change, recorded),
        ratio=_value(tested["ratio"]),
        lower=_value(lower),
        upper=_value(upper),
        p_value=_value(tested["p_value"]),
        exact_p=_value(plain["p_value"]) if change.borrowed else None,
        visible=visible,
        provenance=change.provenance
        and replace(change.provenance, method=_test_name(change, located)),
    )


def _visible(drawn: Sequence[Change]) -> list[tuple[float | None, float | None]]:
    """Give the smallest rise and fall, as ratios of the rates, that the test would have seen."""
    from cspanalysis.methods import smallest_change

    up, down = (
        smallest_change(
            [change.before for change in drawn],
            noise=[change.dispersion for change in drawn],
            freedom=[change.freedom for change in drawn],
            exposure=drawn[0].period.days / drawn[0].baseline.days,
            way=way,
        )
        for way in ("up", "down")
    )
    return [(_value(rise), _value(fall)) for rise, fall in zip(up, down, strict=True)]


def _percent(change: Change, recorded: Tested) -> float | None:
    """Give the change in percent of the counts; by day where the periods differ in length."""
    if change.by_day and change.before:
        return _value(100 * (recorded["ratio"] - 1))
    return _value(recorded["percent_change"])


def _compared(drawn: Sequence[Change], located: tuple[float, float]) -> list[Tested]:
    from cspanalysis.methods import compare

    frame = compare(
        [change.before for change in drawn],
        [change.after for change in drawn],
        exposure_before=drawn[0].baseline.days * located[0],
        exposure_after=drawn[0].period.days * located[1],
        dispersion=[change.dispersion for change in drawn],
        freedom=[change.freedom for change in drawn],
        doubt=abs(math.log(located[1] / located[0])) / 2,
    )
    return cast("list[Tested]", frame.drop(columns="method").to_dict("records"))


def _test_name(change: Change, located: tuple[float, float]) -> str:
    origin = "borrowed from other areas" if change.borrowed else "learned from months of the force"
    name = f"Test of two counts that allows for how much such counts vary by themselves, {origin}"
    if change.dispersion == 1:
        name = "Exact conditional test of two Poisson counts"
    if located[0] == located[1]:
        return name
    return f"{name}; allowing for records without a location"


def _judged(drawn: Sequence[Change]) -> list[Change]:
    from cspanalysis.methods import adjust, verdict

    family = [c for c in drawn if c.p_value is not None and not c.total]
    adjusted = adjust([c.p_value for c in family]) if family else []
    p_of = {c.measure.code: float(p) for c, p in zip(family, adjusted, strict=True)}
    judged = []
    for change in drawn:
        p = p_of.get(change.measure.code, change.p_value)
        word = None
        if p is not None:
            # a borrowed noise makes no change clear
            firm = 1.0 if change.borrowed else p
            word = verdict(
                change.p_value, firm, change.ratio, lower=change.lower, upper=change.upper
            )
        judged.append(replace(change, p_adjusted=p, verdict=cast("Verdict | None", word)))
    return judged


def _without_shortfall(judged: list[Change], comparison: Comparison) -> list[Change]:
    """Hold every change to what it would be if the files of both periods lacked nothing."""
    if not comparison.shortfall:
        return judged
    whole = [_restored(change, comparison) for change in judged if not change.refused]
    again = {c.measure.code: c for c in _judged(_tested(whole, comparison.located))}
    return [held_to(change, again.get(change.measure.code)) for change in judged]


def _restored(change: Change, comparison: Comparison) -> Change:
    counts = cast("int", change.before), cast("int", change.after)
    before, after = comparison.shortfall.restored(change.measure.code, *counts)
    return replace(change, before=before, after=after)


def _force_gaps(judged: Sequence[Change]) -> tuple[Change, ...]:
    from cspanalysis.methods import adjust

    p_of = {i: p for i, c in enumerate(judged) if (p := _force_p(c)) is not None}
    adjusted = dict(zip(p_of, adjust(list(p_of.values())), strict=True)) if p_of else {}
    return tuple(
        _with_gap(change, float(adjusted[i])) if i in adjusted else change
        for i, change in enumerate(judged)
    )


def _force_p(change: Change) -> float | None:
    """Test the area's change against the force's percentage, or against the rest of the force."""
    from cspanalysis.methods import compare, compare_changes

    force = change.force
    if change.p_value is None or force is None or force.percent_change is None:
        return None
    if force.before is None or force.after is None:
        expected = 1 + force.percent_change / 100
        days = change.period.days / change.baseline.days if change.by_day else 1
        tested = compare(
            change.before,
            change.after,
            exposure_after=expected * days,
            dispersion=change.dispersion,
            freedom=change.freedom,
        )
        return _value(tested["p_value"].iloc[0])
    rest = force.before - cast("int", change.before), force.after - cast("int", change.after)
    if min(rest) <= 0:
        return None
    tested = compare_changes(
        change.before,
        change.after,
        *rest,
        dispersion=change.dispersion,
        other_dispersion=force.noise,
    )
    return _value(tested["p_value"].iloc[0])


def _with_gap(change: Change, p: float) -> Change:
    assert change.force is not None  # noqa: S101 # nosec B101 - only tested where there is one
    gap: Gap = "no clear difference"
    own = cast("int", change.after) * change.baseline.days
    expected = (
        cast("int", change.before)
        * change.period.days
        * (1 + cast("float", change.force.percent_change) / 100)
    )
    if p < 0.05:
        gap = "above" if own > expected else "below"
    return replace(change, force=replace(change.force, p_value=p, gap=gap))


def _caveats(change: Change, line: Line, comparison: Comparison) -> tuple[Caveat, ...]:
    found = [] if change.refused else list(break_caveats(change.measure, comparison))
    if line.note:
        found.insert(0, Caveat("note", line.note))
    if change.status == "provisional":
        found.append(Caveat("provisional", "The figure is provisional and may be revised."))
    if change.status == "to be confirmed":
        found.append(Caveat("to be confirmed", "The figure is to be confirmed."))
    if change.measure.reading:
        kind: CaveatKind = "police activity" if change.measure.police_activity else "note"
        found.append(Caveat(kind, change.measure.reading))
    if change.before is not None and change.before < MINIMUM_BASE and not change.refused:
        found.append(Caveat("small numbers", "Counts this small vary a lot from chance alone."))
    return tuple(found)


def _value(number: object) -> float | None:
    value = float(cast("float", number))
    return None if value != value else value  # only NaN differs from itself
