"""Custom areas: what was recorded in the places that a partnership made for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.plan import Plan
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.located import people_of
from cspanalysis.findings.places.wards import tested_together
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, rate_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["CustomAreas", "in_custom_areas"]

_SIDES = ("higher", "lower")


@dataclass(frozen=True, kw_only=True)
class CustomAreas:
    """Hold what was recorded in the custom areas of a partnership, over all measures.

    Parameters
    ----------
    areas
        The custom areas, in the order of the partnership's file.
    measures
        What was counted, by code.
    period, baseline
        When.
    edition
        ``public`` keeps small counts back, and those that would give them away.
    counts
        One row an area and a measure, by their codes: ``before``, ``after`` (Int64; missing where
        kept back or not known), ``rate`` (per 1,000 of the denominator), ``verdict`` (all rows
        tested together; empty where a count is missing).
    kept_back
        Rows and columns of counts that this edition keeps back; the other missing ones are not
        known.
    per
        Name of the denominator, such as "residents, mid-2023", by measure.
    rules
        What is small in a public edition.
    """

    areas: tuple[Area, ...]
    measures: Mapping[str, Measure]
    period: Period
    baseline: Period
    edition: str
    counts: pd.DataFrame = field(compare=False)
    kept_back: frozenset[tuple[str, str, str]] = frozenset()
    per: Mapping[str, str] = field(default_factory=dict)
    rules: Rules = SHIPPED

    def of(self, area: Area) -> pd.DataFrame:
        """Give the rows of one area, by measure."""
        return self.counts.loc[[area.code]].droplevel(0)

    def sentence(self, area: Area) -> str:
        """Say what changed in an area."""
        rows = self.of(area)
        clear = [
            f"clearly {word} in {told}" for word in _SIDES if (told := self._named(area, word))
        ]
        possible = [
            f"possibly {word}: {told}"
            for word in _SIDES
            if (told := self._named(area, f"possibly {word}"))
        ]
        tested = (rows["verdict"] != "").any()
        none = "no change is clear" if tested else "no change can be tested"
        return f"{area.name}: {'; '.join([*(clear or [none]), *possible])}."

    def _named(self, area: Area, verdict: str) -> str:
        """Name the measures of an area that bear a verdict, with their counts."""
        rows = self.of(area)
        return joined(
            [
                f"{self.measures[str(code)].phrase} ({count_text(int(row['before']))} to "
                f"{count_text(int(row['after']))})"
                for code, row in rows[rows["verdict"] == verdict].iterrows()
            ]
        )

    @property
    def overlaps(self) -> tuple[str, ...]:
        """Names of the custom areas that share ground with another one."""
        return tuple(
            one.name
            for one in self.areas
            if any({*one.lsoas} & {*other.lsoas} for other in self.areas if other != one)
        )

    def values(self) -> Iterator[Value]:
        """Give its values for machines: what is shown, and nothing else."""
        import pandas as pd

        sides = (("before", "baseline_count", self.baseline), ("after", "count", self.period))
        for area, measure in product(self.areas, self.measures.values()):
            row = self.of(area).loc[measure.code].to_dict()
            key = f"custom.{measure.code}.{area.slug}"
            for column, name, period in sides:
                if pd.notna(row[column]):
                    yield Value(
                        key=f"{key}.{name}",
                        value=int(row[column]),
                        text=count_text(int(row[column])),
                        unit="count",
                        verdict=str(row["verdict"]) if name == "count" else "",
                        label=f"{measure.label}: {area.name}, {period.label}",
                    )
            if pd.notna(row["rate"]):
                yield Value(
                    key=f"{key}.rate",
                    value=float(row["rate"]),
                    text=rate_text(float(row["rate"])),
                    unit=f"per 1,000 {self.per[measure.code]}",
                    label=f"{measure.label}: rate of {area.name}",
                )


def in_custom_areas(
    store: Store,
    *,
    areas: Sequence[Area],
    changes: Sequence[Change],
    edition: str = "public",
    located: tuple[float, float] | None = None,
    plan: Plan | None = None,
) -> CustomAreas | None:
    """Count measures in custom areas, in the periods of changes, and test them all together.

    Parameters
    ----------
    store
        Where counts by small area come from.
    areas
        The custom areas of one partnership.
    changes
        The partnership's own changes; the noise of each serves the test.
    edition
        ``public`` or ``sensitive``.
    located
        Share of the force's records with a location, in the baseline period and the period.
    plan
        What is kept back over the partnership's whole family; None for a sensitive edition.

    Returns
    -------
    CustomAreas or None
        None where there is no custom area, or the store does not count any of the measures by
        small area throughout the period.
    """
    import pandas as pd

    if not areas or not changes or not store.held.whole(changes[0].area, changes[0].period):
        return None
    after = _counted(store, areas, changes[0].area, changes[0].period)
    counted = [change for change in changes if change.measure.code in after]
    if not counted:
        return None
    first = counted[0]
    before = _counted(store, areas, first.area, first.baseline)
    people, per = _people(store, counted)
    counts = pd.DataFrame(
        {
            (area.code, change.measure.code): {
                "before": None if change.refused else _cell(before, area, change),
                "after": after[change.measure.code][area.code],
                "people": people[change.measure.code][[*area.lsoas]].sum(skipna=False),
                "dispersion": change.dispersion,
            }
            for area in areas
            for change in counted
        }
    ).T.astype({"before": "Int64", "after": "Int64", "people": "Float64", "dispersion": float})
    counts, kept_back = _kept_back(counts, counted, plan)
    days = first.baseline.days, first.period.days
    shares = located or (1.0, 1.0)
    verdicts = tested_together(
        counts, days, (days[0] * shares[0], days[1] * shares[1]), counts["dispersion"]
    )
    rules = rules_of(first.area)
    if edition == "public":
        for column in ("before", "after"):
            counts[column] = counts[column].map(rules.rounded, na_action="ignore").astype("Int64")
    rate = 1000 * counts["after"].astype("Float64") / counts["people"].mask(counts["people"] == 0)
    return CustomAreas(
        areas=tuple(areas),
        measures={change.measure.code: change.measure for change in counted},
        period=first.period,
        baseline=first.baseline,
        edition=edition,
        counts=counts[["before", "after"]].assign(rate=rate, verdict=verdicts),
        kept_back=kept_back,
        per=per,
        rules=rules,
    )


def _cell(counts: pd.DataFrame, area: Area, change: Change) -> int | None:
    code = change.measure.code
    return counts.loc[area.code, code] if code in counts else None  # type: ignore[return-value]


def _counted(store: Store, areas: Sequence[Area], within: Area, period: Period) -> pd.DataFrame:
    """Add up small areas by custom area and measure; missing where a period is not held.

    Missing as well where records can't be given to the small areas of today: months on LSOAs of
    2011 that cross the edge of a custom area, or that were divided inside it.
    """
    import pandas as pd

    if not store.held.whole(within, period):
        return pd.DataFrame(dtype="Int64")
    placed = store.by_area("lsoa", within=within, period=period)
    found = {}
    for area in areas:
        total = placed.loc[[*area.lsoas]].sum(skipna=False)
        months = store.monthly(area, months=period).sum(skipna=False).reindex(total.index)
        found[area.code] = total.mask((months != total).fillna(value=True))
    return pd.DataFrame(found).T.astype("Int64")


def _people(store: Store, changes: Sequence[Change]) -> tuple[dict[str, pd.Series], dict[str, str]]:
    """Give what rates are per, by measure: the numbers by small area, and their name."""
    import pandas as pd

    places = store.people.small_areas(changes[0].area)
    nobody = pd.Series(pd.NA, index=places.index, dtype="Int64")
    found = {}
    for change in changes:
        kind = change.measure.denominator
        if kind not in found:
            people, name = people_of(store, change, places)
            found[kind] = (nobody if people is None else people.astype("Int64"), name)
    pairs = {change.measure.code: found[change.measure.denominator] for change in changes}
    return {k: v for k, (v, _) in pairs.items()}, {k: name for k, (_, name) in pairs.items()}


def _kept_back(
    counts: pd.DataFrame, changes: Sequence[Change], plan: Plan | None
) -> tuple[pd.DataFrame, frozenset[tuple[str, str, str]]]:
    """Take out what the plan hides, and say which counts these are."""
    import pandas as pd

    hidden = set()
    for column, period in (("before", changes[0].baseline), ("after", changes[0].period)):
        known = counts[column].dropna()
        for (area, measure), count in zip(known.index.tolist(), known.tolist(), strict=True):
            if plan is not None and plan.hides(area, measure, period, count=int(count)):
                hidden.add((area, measure, column))
                counts.loc[(area, measure), column] = pd.NA
    return counts, frozenset(hidden)
