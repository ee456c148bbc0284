"""Changes: the lines of a table, compared, adjusted for their number and judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from cspanalysis.findings.comparability import (
    Comparison,
    Line,
    break_caveats,
    refusal,
    with_totals,
)
from cspanalysis.findings.finding import (
    MINIMUM_BASE,
    Caveat,
    CaveatKind,
    Change,
    ForceChange,
    Gap,
    Rate,
    Verdict,
)
from cspanalysis.vocabulary import Measure

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["changes"]


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
    drawn = [
        _change(line, comparison, (force or {}).get(line.measure.code), rate)
        for line in with_totals(lines, comparison)
    ]
    return _force_gaps(_judged(drawn))


def _change(
    line: Line,
    comparison: Comparison,
    force: ForceChange | None,
    rate: Callable[[Measure, int], Rate | None] | None,
) -> Change:
    change = Change(
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
        force=force,
        rate=rate(line.measure, line.after) if rate and line.after is not None else None,
        provenance=comparison.provenance,
    )
    tested = change if change.refused else _tested(change, comparison.located)
    return replace(tested, caveats=(*_caveats(tested, line, comparison), *comparison.caveats))


def _tested(change: Change, located: tuple[float, float]) -> Change:
    """Test the change as recorded, and once more as if every record carried a location.

    The weaker of the two results counts, so that more records with a location alone make no
    clear change.
    """
    recorded = _compared(change, (1.0, 1.0))
    allowed = recorded if located[0] == located[1] else _compared(change, located)
    p_values = [float(result["p_value"]) for result in (recorded, allowed)]
    if (recorded["ratio"] - 1) * (allowed["ratio"] - 1) < 0:
        p_values = [1.0]
    return replace(
        change,
        percent_change=_percent(change, recorded),
        ratio=_value(recorded["ratio"]),
        lower=_value(recorded["lower"]),
        upper=_value(recorded["upper"]),
        p_value=_value(max(p_values)),
        provenance=change.provenance
        and replace(change.provenance, method=_test_name(change, located)),
    )


def _percent(change: Change, recorded: pd.Series) -> float | None:
    """Give the change in percent of the counts; by day where the periods differ in length."""
    if change.by_day and change.before:
        return 100 * (float(recorded["ratio"]) - 1)
    return _value(recorded["percent_change"])


def _compared(change: Change, located: tuple[float, float]) -> pd.Series:
    from cspanalysis.methods import compare

    frame = compare(
        change.before,
        change.after,
        exposure_before=change.baseline.days * located[0],
        exposure_after=change.period.days * located[1],
        dispersion=change.dispersion,
    )
    return frame.iloc[0]


def _test_name(change: Change, located: tuple[float, float]) -> str:
    name = "Exact conditional test of two Poisson counts"
    if change.dispersion > 1:
        name = (
            "Test of two counts that allows for the usual ups and downs of its months, learned "
            "from the area's own history"
        )
    if located[0] == located[1]:
        return name
    return f"{name}; made again allowing for records without a location, the weaker result counts"


def _judged(drawn: Sequence[Change]) -> list[Change]:
    from cspanalysis.methods import adjust, verdict

    family = [c for c in drawn if c.p_value is not None and not c.total]
    adjusted = adjust([c.p_value for c in family]) if family else []
    p_of = {c.measure.code: float(p) for c, p in zip(family, adjusted, strict=True)}
    judged = []
    for change in drawn:
        p = p_of.get(change.measure.code, change.p_value)
        word = verdict(p, change.ratio) if p is not None else None
        judged.append(replace(change, p_adjusted=p, verdict=cast("Verdict | None", word)))
    return judged


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
        tested = compare(change.before, change.after, exposure_after=expected * days)
        return _value(tested["p_value"].iloc[0])
    rest = force.before - cast("int", change.before), force.after - cast("int", change.after)
    if min(rest) <= 0:
        return None
    tested = compare_changes(change.before, change.after, *rest, dispersion=change.dispersion)
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
