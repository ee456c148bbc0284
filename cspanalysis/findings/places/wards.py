"""Counts by ward as they may be shown, the test of their changes, and the busiest small areas."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cspanalysis.disclosure.counts import shown_counts
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.wording.numbers import count_text, number_word, rate_text
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.disclosure.detail import Detail
    from cspanalysis.disclosure.plan import Plan
    from cspanalysis.findings.finding import Change
    from cspanalysis.methods._lines import Values

__all__ = [
    "SURE",
    "busiest_places",
    "busiest_tenth",
    "by_rate_sentence",
    "hidden_wards",
    "sums_by_ward",
    "tested_together",
    "ward_counts",
]

OPEN = Rules(threshold=1)
"""Those of a sensitive edition, which tells all."""

_NAMED = 3
SURE = 0.95
"""From this chance on a ward is said to be above the rate of all together."""


def sums_by_ward(places: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Add small areas up to wards: ``before`` and ``after``, missing where one of them is.

    Parameters
    ----------
    places
        As for `ward_counts`.
    known
        Counts of wards that are counted by themselves: a small area that was divided within one
        ward is missing, its ward is not.
    """
    columns = ["before", "after"]
    if known is not None:
        return known.loc[sorted(places["ward"].unique()), columns].astype("Int64")
    sums = places.groupby("ward")[columns].sum(min_count=1)
    lacking = places[columns].isna().groupby(places["ward"]).any()
    return sums.mask(lacking).astype("Int64")


def ward_counts(
    places: pd.DataFrame,
    *,
    sums: pd.DataFrame | None = None,
    baseline: Period,
    period: Period,
    public: bool,
    dispersion: float = 1.0,
    located: tuple[float, float] = (1.0, 1.0),
    kept_back: Collection[tuple[str, str]] | None = None,
    rules: Rules = SHIPPED,
) -> pd.DataFrame:
    """Add small areas up to wards, the fullest first.

    Parameters
    ----------
    places
        One row a small area: ``ward``, ``ward_name``, ``denominator``, ``before``, ``after``; see
        `where.Where`.
    sums
        What `sums_by_ward` gives, where small areas are not to be added up here.
    baseline, period
        When ``before`` and ``after`` were counted.
    public
        Whether small counts are kept back; see `cspanalysis.disclosure.counts.shown_counts`.
    dispersion, located
        For the test of the changes: what the area's own test used.
    kept_back
        Ward and column of the counts that a public edition keeps back, where that is known for
        the area's whole family; from this table alone if not given.
    rules
        What is small in a public edition, and how its counts are rounded.

    Returns
    -------
    DataFrame
        Index code of the ward; ``name``, ``before``, ``after`` (Int64, missing where kept back or
        not known), ``rate`` (per 1,000), ``rank`` of the rate, ``exceeds`` (how likely the rate
        is above that of the wards shown together, small wards drawn towards it, with a noise
        borrowed for counts of this size), ``verdict`` (empty where a count is not shown).
    """
    import pandas as pd

    grouped = places.groupby("ward")
    counts = (sums_by_ward(places) if sums is None else sums).copy()
    if public and kept_back is None:
        for column in counts:
            if len(known := counts[[column]].dropna()):
                counts[column] = shown_counts(known, threshold=rules.threshold)[column]
    elif public and kept_back is not None:
        for code, column in kept_back:
            counts.loc[code, column] = pd.NA
    verdicts = tested_together(
        counts,
        (baseline.days, period.days),
        (baseline.days * located[0], period.days * located[1]),
        dispersion,
    )
    if public:
        counts = counts.map(rules.rounded, na_action="ignore").astype("Int64")
    denominator = grouped["denominator"].sum().astype("Float64")
    frame = counts.assign(
        name=grouped["ward_name"].first(),
        rate=1000 * counts["after"].astype("Float64") / denominator.mask(denominator == 0),
    )
    frame["verdict"] = verdicts
    frame = frame.join(_by_rate(frame["after"], denominator, months=len(period.months)))
    frame = frame[["name", "before", "after", "rate", "rank", "exceeds", "verdict"]]
    return frame.sort_values(["after", "name"], ascending=[False, True], na_position="last")


def by_rate_sentence(wards: pd.DataFrame, *, part: str) -> str:
    """Say which wards have the highest rates, and how many are surely above the area's.

    Nothing where those that are shown had hardly any: others that had more are kept back.
    """
    ranked = wards.dropna(subset=["rank"]).sort_values(["rank", "name"])
    if len(ranked) <= _NAMED or not ranked["rate"].head(_NAMED).min():
        return ""
    first = ranked.head(_NAMED)
    pairs = zip(first["name"], first["rate"], strict=True)
    named = joined([f"{name} ({rate_text(float(rate))})" for name, rate in pairs])
    sure = int((ranked["exceeds"] >= SURE).sum())
    count = number_word(sure) if sure else "none"
    verb = "is" if sure <= 1 else "are"
    return (
        f"By rate, per 1,000, the highest are {named}; {count} of the {count_text(len(ranked))} "
        f"{part}s shown {verb} almost surely above the rate of all together."
    )


def _by_rate(after: pd.Series, denominator: pd.Series, *, months: int) -> pd.DataFrame:
    """Rank the rates of the wards shown, and tell how likely each is above that of all."""
    import pandas as pd

    from cspanalysis.methods import borrowed_noise, rank, shrunken_rates

    shown = after.notna() & (denominator > 0).fillna(value=False)
    found = pd.DataFrame({"rank": pd.NA, "exceeds": pd.NA}, index=after.index, dtype="Float64")
    if shown.sum() > 1:
        counts = after[shown].astype(float)
        noise = float(borrowed_noise(counts.mean(), months=months))
        rates = shrunken_rates(counts, denominator[shown].astype(float), noise=noise)
        found.loc[shown, "rank"] = rank(rates["rate"])
        found.loc[shown, "exceeds"] = rates["exceeds"]
    return found


def busiest_tenth(counts: pd.Series) -> pd.Series:
    """Mark the busiest tenth of places; of those that tie at its end, none.

    Examples
    --------
    >>> import pandas as pd
    >>> busiest_tenth(pd.Series([9, 7, 7, *[1] * 9])).tolist()[:3]
    [True, False, False]
    """
    import pandas as pd

    from cspanalysis.disclosure.detail import busiest

    return pd.Series(busiest(counts.fillna(0).to_numpy(dtype=float)), index=counts.index)


def busiest_places(
    places: pd.DataFrame,
    *,
    told: tuple[Detail | None, Detail | None] = (None, None),
    rules: Rules = OPEN,
) -> pd.DataFrame:
    """Give the busiest tenth of the small areas; see `where.Where.busiest`.

    Parameters
    ----------
    places
        As for `ward_counts`.
    told
        What may be told of them in the period and the baseline period; None for all.
    rules
        What is small, and not named, and how counts are rounded.
    """
    named, named_before = (t is None or t.named for t in told)
    found = places[busiest_tenth(places["after"]) & (places["after"] >= rules.threshold) & named]
    before = places["before"].fillna(0)
    stays = (busiest_tenth(before) & (before >= rules.threshold))[found.index].astype("boolean")
    stays = stays.mask(places["before"].isna()[found.index] | (not named_before))
    found = found[["name", "ward_name", "after"]].assign(
        after=found["after"].map(rules.rounded).astype("Int64"), stays=stays
    )
    return found.sort_values(["after", "name"], ascending=[False, True])


def hidden_wards(plan: Plan, sums: pd.DataFrame, change: Change) -> frozenset[tuple[str, str]]:
    """Give ward and column of the counts that a plan hides.

    Parameters
    ----------
    plan
        What is kept back over the area's whole family.
    sums
        What `sums_by_ward` gives.
    change
        Whose measure and periods they are.
    """
    return frozenset(
        (str(ward), column)
        for column, period in (("before", change.baseline), ("after", change.period))
        for ward, count in sums[column].dropna().items()
        if plan.hides(str(ward), change.measure.code, period, count=int(count))
    )


def tested_together(
    frame: pd.DataFrame,
    exposures: tuple[float, float],
    allowed: tuple[float, float],
    dispersion: float | pd.Series,
) -> list[str]:
    """Test the change of each row whose counts are shown, all of them together.

    As for the area's own change, it must be clear as recorded and allowing for records without a
    location.

    Parameters
    ----------
    frame
        ``before`` and ``after``; missing where they are not shown.
    exposures, allowed
        What the counts of the two periods arose in: as it is, and as far as records are located.
    dispersion
        How much more than chance the counts vary: of all rows, or of each.
    """
    from cspanalysis.methods import adjust, verdict

    shown = frame[["before", "after"]].notna().all(axis=1)
    noise = dispersion if isinstance(dispersion, float | int) else dispersion[shown].to_numpy()
    words = dict.fromkeys(frame.index, "")
    if shown.any():
        recorded = _compared(frame[shown], exposures, noise)
        once_more = _compared(frame[shown], allowed, noise)
        same_way = (recorded["ratio"] - 1) * (once_more["ratio"] - 1) >= 0
        weaker = recorded["p_value"].combine(once_more["p_value"], max).where(same_way, 1.0)
        judged = verdict(
            weaker.to_numpy(),
            adjust(weaker.to_numpy()),
            recorded["ratio"].to_numpy(),
            lower=recorded["lower"].to_numpy(),
            upper=recorded["upper"].to_numpy(),
        )
        words |= {code: str(w) for code, w in zip(frame.index[shown], judged, strict=True)}
    return list(words.values())


def _compared(
    frame: pd.DataFrame, exposures: tuple[float, float], dispersion: Values
) -> pd.DataFrame:
    from cspanalysis.methods import compare

    return compare(
        frame["before"].astype("int64").to_numpy(),
        frame["after"].astype("int64").to_numpy(),
        exposure_before=exposures[0],
        exposure_after=exposures[1],
        dispersion=dispersion,
    )
