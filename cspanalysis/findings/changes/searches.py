"""Searches: stops and searches that bear on a measure. They show what police did, not crime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.errors import UsageError
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_held,
    in_period,
    interval_text,
    percent_text,
)
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined, many, months_text

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["BEARS_ON", "Searches", "area_of_searches", "searches_of"]

_DRUGS = ("Controlled drugs", "Psychoactive substances")
_WEAPONS = (
    "Offensive weapons",
    "Firearms",
    "Anything to threaten or harm anyone",
    "Crossbows",
)
_THEFT = ("Article for use in theft", "Stolen goods")
_DAMAGE = ("Articles for use in criminal damage", "Fireworks")

BEARS_ON: Mapping[str, tuple[str, ...]] = {
    "drug-offences": _DRUGS,
    "drug-possession": _DRUGS,
    "drug-trafficking": _DRUGS,
    "possession-of-weapons": _WEAPONS,
    "violence-and-sexual-offences": _WEAPONS,
    "violence-with-injury": _WEAPONS,
    "robbery": (*_WEAPONS, "Stolen goods"),
    "burglary": _THEFT,
    "residential-burglary": _THEFT,
    "vehicle-crime": _THEFT,
    "theft-of-vehicle": _THEFT,
    "theft-from-vehicle": _THEFT,
    "bicycle-theft": _THEFT,
    "theft-from-the-person": _THEFT,
    "shoplifting": _THEFT,
    "other-theft": _THEFT,
    "criminal-damage-and-arson": _DAMAGE,
    "criminal-damage": _DAMAGE,
    "arson": _DAMAGE,
}
"""Objects of search, in the publisher's words, that bear on a measure."""

_NOTHING = ("A no further action disposal", "Nothing found - no further action", "not stated")


@dataclass(frozen=True, kw_only=True)
class Searches:
    """Hold the searches for what bears on a measure.

    Parameters
    ----------
    measure, area, period, baseline
        What, where and when; the area is the force where searches can't be placed in smaller ones.
    edition
        ``public`` keeps small counts back, and those that would give them away.
    objects
        Index object of search; ``before``, ``after`` and ``action`` (searches of the period after
        which something was done).
    unplaced
        Searches of the whole force in the period, and how many of them could not be counted to a
        CSP.
    missing, baseline_missing
        Months without a file, in words; empty where there is none.
    rules
        What is small in a public edition.
    """

    measure: Measure
    area: Area
    period: Period
    baseline: Period
    edition: str
    objects: pd.DataFrame = field(compare=False)
    unplaced: tuple[int, int] = (0, 0)
    missing: str = ""
    baseline_missing: str = ""
    rules: Rules = SHIPPED

    @property
    def compared(self) -> bool:
        """Tell whether the two periods stand beside each other: every month of both has a file."""
        return not (self.missing or self.baseline_missing)

    @property
    def total(self) -> int:
        """Searches in the period."""
        return int(self.objects["after"].sum())

    @property
    def action(self) -> int:
        """Searches in the period after which something was done."""
        return int(self.objects["action"].sum())

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Searches by object as they may be shown, the most frequent first.

        Index object; ``before``, ``after``, ``action`` (Int64), ``share``, ``lower``, ``upper``
        (percent of the searches with action, Wilson 95 %). In a public edition the least frequent
        objects share a row where one alone would show a small count; what is small even so is
        missing.
        """
        from cspanalysis.methods import proportion

        order = self.objects.sort_values("after", ascending=False).astype("Int64")
        counts = _pooled(order, self.rules) if self.edition == "public" else order
        plain = counts.astype("Float64").mask(counts["after"].fillna(0) == 0)
        numbers = plain.to_numpy(float, na_value=float("nan"))
        shares = proportion(numbers[:, 2], numbers[:, 1], per=100)
        limits = shares.rename(columns={"value": "share"})[["share", "lower", "upper"]]
        return counts.join(limits.set_index(counts.index))

    @property
    def title(self) -> str:
        """Say the finding as the title of a table."""
        share = self._share
        if share is None:
            return f"Searches for what bears on {self.measure.phrase}"
        return f"Action followed {percent_text(share[0])} of {many(self.total, 'search')}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say how often police searched, what came of it, and what the figures can't tell."""
        if not self.total:
            nothing = f"No search for what bears on {self.measure.phrase} is recorded"
            when = in_held(self.period, self.missing)
            return tuple(filter(None, (f"{nothing} in {self.area.label} {when}.", self._gaps)))
        return tuple(filter(None, (self._how_many, self._what_came, self._placing, self._gaps)))

    def values(self) -> Iterator[Value]:
        """Give its values for machines: searches of both periods and the share acted on."""
        key, what = f"searches.{self.measure.code}", f"Searches that bear on {self.measure.phrase}"
        yield Value(
            key=f"{key}.count",
            value=self.total,
            text=count_text(self.total),
            unit="count",
            label=f"{what}, {self.area.label}, {self.period.label}",
        )
        if self.compared:
            before = int(self.objects["before"].sum())
            yield Value(
                key=f"{key}.baseline_count",
                value=before,
                text=count_text(before),
                unit="count",
                label=f"{what}, {self.area.label}, {self.baseline.label}",
            )
        if self.unplaced[1]:
            for name, number, said in (
                ("force", self.unplaced[0], "Searches of every kind in the force"),
                ("unplaced", self.unplaced[1], "Searches in the force that could not be placed"),
            ):
                yield Value(
                    key=f"searches.{name}",
                    value=number,
                    text=count_text(number),
                    unit="count",
                    label=f"{said}, {self.period.label}",
                )
        if self._share is not None:
            value, lower, upper = self._share
            yield Value(
                key=f"{key}.action",
                value=self.action,
                text=count_text(self.action),
                unit="count",
                label=f"{what}: searches followed by action",
            )
            yield Value(
                key=f"{key}.action_share",
                value=value,
                text=percent_text(value),
                unit="%",
                lower=lower,
                upper=upper,
                label=f"{what}: share of searches followed by action ({count_text(self.action)})",
            )

    @property
    def _share(self) -> tuple[float, float, float] | None:
        """Share of the searches with action and its limits, percent; None where it may not be."""
        from cspanalysis.methods import proportion

        small = self.edition == "public" and any(
            map(self.rules.is_small, (self.action, self.total))
        )
        if not self.total or small:
            return None
        row = proportion(self.action, self.total, per=100).iloc[0]
        return float(row["value"]), float(row["lower"]), float(row["upper"])

    @property
    def _how_many(self) -> str:
        times = "once" if self.total == 1 else f"{count_text(self.total)} times"
        against = (
            ""
            if not self.compared
            else f", against {count_text(int(self.objects['before'].sum()))} "
            f"{in_period(self.baseline)}"
        )
        return (
            f"In {self.area.label} police searched {times} for what bears on "
            f"{self.measure.phrase} {in_held(self.period, self.missing)}{against}. "
            "That is what police did, not how much crime there was."
        )

    @property
    def _what_came(self) -> str:
        if self._share is None:
            return ""
        share, lower, upper = (percent_text(value) for value in self._share)
        return (
            f"Action, such as an arrest or a community resolution, followed "
            f"{count_text(self.action)} of the searches ({share}; interval "
            f"{interval_text(lower, upper)}). It need not be for what was searched for."
        )

    @property
    def _placing(self) -> str:
        rows, lost = self.unplaced
        if not lost or self.area.kind == "force":
            return ""
        return (
            f"Of the force's {many(rows, 'search')} of every kind, {count_text(lost)} could "
            "not be placed in any partnership's area, so these counts run low."
        )

    @property
    def _gaps(self) -> str:
        gone = [text for text in (self.baseline_missing, self.missing) if text]
        return f"There are no files of searches for {' or '.join(gone)}." if gone else ""


def searches_of(store: Store, *, change: Change, edition: str = "public") -> Searches | None:
    """Find the searches that bear on a change's measure, in its period and its baseline period.

    Parameters
    ----------
    store
        Where searches come from.
    change
        What, where and when.
    edition
        ``public`` or ``sensitive``.

    Returns
    -------
    Searches or None
        None where no object of search bears on the measure, or no files of searches are held for
        the area's force in the period. Where searches can't be placed in the area, the force's.
    """
    wanted = BEARS_ON.get(change.measure.code, ())
    if not wanted or (not change.area.force and change.area.kind != "force"):
        return None
    area = area_of_searches(store, change.area, change.period)
    after, before = (store.activity.searches(area, p) for p in (change.period, change.baseline))
    if len(after.attrs["missing"]) == len(change.period.months):
        return None
    unplaced = after.attrs["unplaced"]
    return Searches(
        measure=change.measure,
        area=area,
        period=change.period,
        baseline=change.baseline,
        edition=edition,
        objects=_by_object(before, after, wanted),
        unplaced=(unplaced["rows"], unplaced["without_location"] + unplaced["outside"]),
        missing=months_text(after.attrs["missing"]),
        baseline_missing=months_text(before.attrs["missing"]),
        rules=rules_of(change.area),
    )


def area_of_searches(store: Store, area: Area, period: Period) -> Area:
    """Give the area itself where its searches can be placed, else its force."""
    if area.kind == "force":
        return area
    force = Area.named(area.force)
    try:
        held = store.activity.searches(area, period)
    except UsageError:  # no CSP, or one within a council of several
        return force
    return area if len(held.attrs["missing"]) < len(period.months) else force


def _by_object(before: pd.DataFrame, after: pd.DataFrame, wanted: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    done = after[~after["outcome"].isin(_NOTHING)]
    counted = {
        name: rows[rows["object"].isin(wanted)].groupby("object")["count"].sum()
        for name, rows in (("before", before), ("after", after), ("action", done))
    }
    return pd.DataFrame(counted).fillna(0).astype("int64")


def _pooled(counts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Add the last rows up, as few as keep no count back."""
    import pandas as pd

    from cspanalysis.disclosure.counts import shown_counts

    shown = shown_counts(counts, threshold=rules.threshold)
    for kept in range(len(counts) - 2, -1, -1):
        if not shown.isna().to_numpy().any():
            break
        rest = counts.iloc[kept:]
        name = joined([str(rest.index[0]), *(str(name).lower() for name in rest.index[1:])])
        pooled = rest.sum().to_frame(name).T
        merged = pd.concat([counts.iloc[:kept], pooled])
        shown = shown_counts(merged, threshold=rules.threshold)
    return shown
