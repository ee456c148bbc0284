"""Weighing: the harm of a table's lines, each offence counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from cspanalysis.evidence.figures import Provenance, Verdict
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.harm import Harm, HarmChange, HarmLine
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["harm_of"]

FEWEST_WEIGHED = 10
"""Fewer offences, counted by their weight, are too few for the normal limits of a ratio."""


def harm_of(
    changes: Sequence[Change], weights: pd.DataFrame, *, located: tuple[float, float] = (1.0, 1.0)
) -> Harm | None:
    """Weigh the counts of a table's lines by harm, where a weight exists.

    Police-activity measures are left out, as the Cambridge Crime Harm Index does with what is
    found by proactive work. Nothing is weighed twice: of a total and its parts the parts are
    taken where they add up, else the total.

    Parameters
    ----------
    changes
        The lines of the assessment's table.
    weights
        As `partnership.harm_weights.read_weights` gives them.
    located
        Share of the source's records that carry a location, in the baseline period and in the
        period; the change is tested with and without, and the weaker result counts.

    Returns
    -------
    Harm or None
        None where no counted measure has a weight.

    References
    ----------
    Sherman, L., Neyroud, P. W. and Neyroud, E. (2016). The Cambridge Crime Harm Index. Policing
    10, 171-183.
    """
    from cspanalysis.methods import harm_total

    crime = _told_once([c for c in changes if c.after is not None and _is_crime(c)], weights)
    weighed = [c for c in crime if _has_weight(c, weights) and not c.measure.police_activity]
    if not weighed:
        return None
    first, table = weighed[0], _for_measures(weighed, weights)
    total = harm_total(_counts(weighed, "after"), table).iloc[0]
    rest = [c.measure for c in crime if c not in weighed]
    return Harm(
        area=first.area,
        period=first.period,
        baseline=first.baseline,
        lines=_lines(weighed, table),
        total=float(total["total"]),
        lower=float(total["lower"]),
        upper=float(total["upper"]),
        unit=str(weights["unit"].iloc[0]) if "unit" in weights else "points",
        without_weight=tuple(m for m in rest if not m.police_activity),
        police_activity=tuple(m for m in rest if m.police_activity),
        coverage=_coverage(changes, weighed),
        change=_change(weighed, table, located),
        example=bool(total["example"]),
        provenance=_provenance(first, table),
        graver=tuple(
            m for m in rest if _holds_graver(m, weights, than=float(table["weight"].max()))
        ),
    )


def _holds_graver(measure: Measure, weights: pd.DataFrame, *, than: float) -> bool:
    """Tell whether a part of a measure, or a part of that, weighs more than any that is weighed."""
    table = MeasureTable.shipped()
    inside, weighs = {measure.code}, weights.set_index("measure")["weight"]
    for part in table:  # parents are listed before their parts
        if part.parent in inside:
            inside.add(part.code)
    keys = {table.named(code).harm_weight for code in inside} & set(weighs.index)
    return any(float(weighs[key]) > than for key in keys)


def _is_crime(change: Change) -> bool:
    return change.measure.crime and change.measure.code != "all-crime"


def _has_weight(change: Change, weights: pd.DataFrame) -> bool:
    return bool(change.measure.harm_weight) and change.measure.harm_weight in set(
        weights["measure"]
    )


def _told_once(crime: list[Change], weights: pd.DataFrame) -> list[Change]:
    """Leave out totals whose parts are all there, and parts of totals that stay."""
    held = {c.measure.code: c for c in crime}
    for total in totals():
        parts = [held[code] for code in total.parts if code in held]
        whole = held.get(total.measure)
        if whole is None or not parts:
            continue
        if sum(cast("int", p.after) for p in parts) == whole.after or not _has_weight(
            whole, weights
        ):
            del held[total.measure]
        else:
            held = {code: c for code, c in held.items() if code not in total.parts}
    return list(held.values())


def _for_measures(weighed: Sequence[Change], weights: pd.DataFrame) -> pd.DataFrame:
    """Give each measure the weight of its key, under its own code."""
    keys = [c.measure.harm_weight for c in weighed]
    table = weights.set_index("measure").loc[keys].reset_index(drop=True)
    return table.assign(measure=[c.measure.code for c in weighed])


def _counts(weighed: Sequence[Change], which: str) -> pd.Series:
    import pandas as pd

    return pd.Series({c.measure.code: getattr(c, which) for c in weighed})


def _lines(weighed: Sequence[Change], table: pd.DataFrame) -> tuple[HarmLine, ...]:
    from cspanalysis.methods import harm

    measures = {c.measure.code: c.measure for c in weighed}
    return tuple(
        HarmLine(
            measure=measures[str(code)],
            count=int(row["count"]),
            weight=float(row["weight"]),
            harm=float(row["harm"]),
            share=_percent(row["share"]),
            count_share=_percent(row["count_share"]),
        )
        for code, row in harm(_counts(weighed, "after"), table).iterrows()
    )


def _coverage(changes: Sequence[Change], weighed: Sequence[Change]) -> float | None:
    total = next((c.after for c in changes if c.measure.code == "all-crime"), None)
    counted = sum(cast("int", c.after) for c in weighed)
    return 100 * counted / total if total and counted <= total else None


def _change(
    weighed: Sequence[Change], table: pd.DataFrame, located: tuple[float, float]
) -> HarmChange | None:
    from cspanalysis.methods import harm_ratio, verdict

    compared = [c for c in weighed if c.change is not None]
    if not compared:
        return None
    days = compared[0].baseline.days, compared[0].period.days
    weights = table[table["measure"].isin([c.measure.code for c in compared])]
    before, after = _counts(compared, "before"), _counts(compared, "after")
    if min(_by_weight(counts, weights) for counts in (before, after)) < FEWEST_WEIGHED:
        return None
    found = [
        harm_ratio(
            before,
            after,
            weights,
            exposure_before=days[0] * shares[0],
            exposure_after=days[1] * shares[1],
            dispersion=_counts(compared, "dispersion"),
        ).iloc[0]
        for shares in dict.fromkeys([(1.0, 1.0), located])
    ]
    recorded, allowed = found[0], found[-1]
    if recorded["ratio"] != recorded["ratio"]:  # only NaN differs from itself: a total of 0
        return None
    p = max(float(row["p_value"]) for row in found)
    if (recorded["ratio"] - 1) * (allowed["ratio"] - 1) < 0:
        p = 1.0
    ratio, lower, upper = (float(recorded[name]) for name in ("ratio", "lower", "upper"))
    return HarmChange(
        measures=tuple(c.measure for c in compared),
        before=float(recorded["before"]),
        after=float(recorded["after"]),
        ratio=ratio,
        lower=lower,
        upper=upper,
        verdict=cast("Verdict", str(verdict(p, p, ratio, lower=lower, upper=upper))),
    )


def _by_weight(counts: pd.Series, weights: pd.DataFrame) -> float:
    """Count offences by their weight: as many of equal weight would make the total as sure.

    References
    ----------
    Kish, L. (1965). Survey Sampling: the effective number of weighted observations.
    """
    weight = weights.set_index("measure")["weight"]
    spread = float((weight**2 * counts).sum())
    return float((weight * counts).sum()) ** 2 / spread if spread else 0.0


def _provenance(change: Change, table: pd.DataFrame) -> Provenance:
    name, version = table["table"].iloc[0], table["version"].iloc[0]
    method = f"Counts weighed with {name}, {version}; the interval allows for chance in each count"
    origin = change.provenance or Provenance("", "")
    return replace(origin, method=method)


def _percent(share: object) -> float | None:
    value = 100 * float(cast("float", share))
    return None if value != value else value
