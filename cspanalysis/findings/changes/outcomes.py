"""Outcomes: what had become of the crimes of a measure when their files were published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_held,
    interval_text,
    percent_text,
)
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["GROUPS", "Group", "Outcomes", "outcomes_of"]

Group = Literal[
    "Charged or sent to court",
    "Settled out of court",
    "Suspect known, evidence not enough",
    "No suspect found",
    "Not taken further for other reasons",
    "Still open, or not known",
]

CHARGED: Group = "Charged or sent to court"
SETTLED: Group = "Settled out of court"
EVIDENCE: Group = "Suspect known, evidence not enough"
NO_SUSPECT: Group = "No suspect found"
OTHER: Group = "Not taken further for other reasons"
OPEN: Group = "Still open, or not known"

_RECENT = 3
"""Months at the end of a period whose crimes have had little time."""

GROUPS: Mapping[str, Group] = {
    "Action to be taken by another organisation": OTHER,
    "Awaiting court outcome": CHARGED,
    "Court case unable to proceed": CHARGED,
    "Court result unavailable": CHARGED,
    "Defendant found not guilty": CHARGED,
    "Defendant sent to Crown Court": CHARGED,
    "Formal action is not in the public interest": OTHER,
    "Further action is not in the public interest": OTHER,
    "Further investigation is not in the public interest": OTHER,
    "Investigation complete; no suspect identified": NO_SUSPECT,
    "Local resolution": SETTLED,
    "Offender deprived of property": CHARGED,
    "Offender fined": CHARGED,
    "Offender given a caution": SETTLED,
    "Offender given a drugs possession warning": SETTLED,
    "Offender given a penalty notice": SETTLED,
    "Offender given penalty notice": SETTLED,
    "Offender given absolute discharge": CHARGED,
    "Offender given community sentence": CHARGED,
    "Offender given conditional discharge": CHARGED,
    "Offender given suspended prison sentence": CHARGED,
    "Offender ordered to pay compensation": CHARGED,
    "Offender otherwise dealt with": CHARGED,
    "Offender sent to prison": CHARGED,
    "Status update unavailable": OPEN,
    "Suspect charged": CHARGED,
    "Suspect charged as part of another case": CHARGED,
    "Unable to prosecute suspect": EVIDENCE,
    "Under investigation": OPEN,
}
"""Group of each outcome of data.police.uk; what is not listed counts as not known.

The publisher no longer gives court results: "court result unavailable" is a case that went to
court (data.police.uk, about the data).
"""

ORDER: tuple[Group, ...] = (CHARGED, SETTLED, EVIDENCE, NO_SUSPECT, OTHER, OPEN)


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Hold what had become of the crimes that were recorded in a period.

    Parameters
    ----------
    measure, area, period
        What, where and when.
    edition
        ``public`` keeps small counts back, and those that would give them away.
    counted
        Crimes by group, all six groups of `ORDER`.
    open_lately
        Crimes of the last months of the period, and how many of them are still open or not known.
    missing
        Months without a figure, in words; empty where there is none.
    rules
        What is small in a public edition.
    """

    measure: Measure
    area: Area
    period: Period
    edition: str
    counted: Mapping[str, int] = field(compare=False)
    open_lately: tuple[int, int] = (0, 0)
    missing: str = ""
    rules: Rules = SHIPPED

    @property
    def total(self) -> int:
        """Crimes that were recorded."""
        return sum(self.counted.values())

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Groups as they may be shown, in their order.

        Index group; ``count`` (Int64), ``share``, ``lower``, ``upper`` (percent, Wilson 95 %),
        missing where kept back.
        """
        import pandas as pd

        from cspanalysis.disclosure.counts import shown_counts
        from cspanalysis.methods import proportion

        counts = pd.DataFrame({"count": self.counted}, index=list(ORDER)).astype("Int64")
        if self.edition == "public":
            counts = shown_counts(counts, threshold=self.rules.threshold)
        shares = proportion(
            counts["count"].astype("Float64").to_numpy(float, na_value=float("nan")),
            float(self.total),
            per=100,
        )
        named = {"value": "share", "lower": "lower", "upper": "upper"}
        limits = shares[list(named)].rename(columns=named).set_index(counts.index)
        return counts.join(limits)

    @property
    def title(self) -> str:
        """Say the finding as the title of a table."""
        known = self.frame["count"].dropna()
        if known.empty or not self.total:
            return f"What became of {self.measure.phrase}"
        group = str(known.astype("int64").idxmax())
        share = percent_text(100 * int(known[group]) / self.total)
        return f"{_TITLES[group]} {share} of {self.measure.phrase}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say how the crimes ended, how many are open, and what the figures can't tell."""
        parts = [self._said(NO_SUSPECT), self._said(CHARGED), self._said(SETTLED)]
        found = [part for part in parts if part]
        were, noun = ("was", "record") if self.total == 1 else ("were", "records")
        first = (
            f"There {were} {count_text(self.total)} {noun} of {self.measure.phrase} "
            f"{in_held(self.period, self.missing)}."
        )
        gone = f"There are no outcomes for {self.missing}." if self.missing else ""
        return tuple(filter(None, (" ".join([first, *found]), self._lately, gone)))

    def values(self) -> Iterator[Value]:
        """Give its values for machines: what is shown, and nothing else."""
        key = f"outcomes.{self.measure.code}"
        yield Value(
            key=f"{key}.recorded",
            value=self.total,
            text=count_text(self.total),
            unit="count",
            label=f"{self.measure.label}: crimes with an outcome, {self.period.label}",
        )
        if lately := self._lately_value():
            yield lately
        for group, row in self.frame.dropna(subset=["count"]).iterrows():
            yield Value(
                key=f"{key}.{_KEYS[str(group)]}_count",
                value=int(row["count"]),
                text=count_text(int(row["count"])),
                unit="count",
                label=f"{self.measure.label}: {str(group).lower()}",
            )
            yield Value(
                key=f"{key}.{_KEYS[str(group)]}",
                value=float(row["share"]),
                text=percent_text(row["share"]),
                unit="%",
                lower=float(row["lower"]),
                upper=float(row["upper"]),
                label=f"{self.measure.label}: {str(group).lower()}, share ({int(row['count'])})",
            )

    def _lately_value(self) -> Value | None:
        """Give how many of the last months' crimes are open, where that is said."""
        if not self._tells_lately:
            return None
        recorded, still = self.open_lately
        return Value(
            key=f"outcomes.{self.measure.code}.open_lately",
            value=100 * still / recorded,
            text=percent_text(100 * still / recorded),
            unit="%",
            label=f"{self.measure.label}: still open or not known, crimes of the last three months",
        )

    def _said(self, group: Group) -> str:
        if self.frame["count"].isna()[group] or not self.frame["count"][group]:
            return ""
        count = int(self.frame["count"][group])
        share, *limits = (percent_text(float(self.frame[n][group])) for n in _SHARE)
        said = _SENTENCES[group].format(count=count_text(count), verb=_were(count))
        return f"{said} ({share}; interval {interval_text(*limits)})."

    @property
    def _tells_lately(self) -> bool:
        """Whether the share of the last months may be said: it tells how many are open in them.

        Those are a part of all that are open: where that number is kept back, it would tell of it,
        and where few are left, of those.
        """
        recorded, still = self.open_lately
        if recorded < _FEWEST or self.edition != "public":
            return recorded >= _FEWEST
        left = recorded - still, self.counted[OPEN] - still
        shown = bool(self.frame["count"].notna()[OPEN]) and still >= self.rules.threshold
        return shown and not any(map(self.rules.is_small, left))

    @property
    def _lately(self) -> str:
        """Say how many of the last months' crimes are open; nothing where few were recorded."""
        recorded, still = self.open_lately
        if not self._tells_lately:
            return (
                "Crimes of the last months have had less time than those of the first, so some "
                "outcomes will still change."
            )
        share = percent_text(100 * still / recorded)
        return (
            f"Of the crimes of the last three months, {share} were still open or not known, so "
            "their outcomes will still change."
        )


_FEWEST = 50
"""Of fewer crimes of the last months no share is said."""
_SHARE = ("share", "lower", "upper")
_KEYS: dict[str, str] = {
    CHARGED: "charged",
    SETTLED: "settled",
    EVIDENCE: "evidence",
    NO_SUSPECT: "no_suspect",
    OTHER: "other",
    OPEN: "open",
}
_TITLES: dict[str, str] = {
    CHARGED: "A charge or a court followed in",
    SETTLED: "A settlement out of court followed in",
    EVIDENCE: "A suspect was known but evidence was not enough in",
    NO_SUSPECT: "No suspect was found in",
    OTHER: "No further action was taken, for other reasons, in",
    OPEN: "The case is still open, or its end not known, in",
}
_SENTENCES = {
    NO_SUSPECT: "In {count} of them no suspect was found",
    CHARGED: "{count} {verb} charged or sent to court",
    SETTLED: "{count} {verb} settled out of court",
}


def outcomes_of(store: Store, *, change: Change, edition: str = "public") -> Outcomes | None:
    """Find what had become of the crimes of a change's measure, recorded in its period.

    Parameters
    ----------
    store
        Where last outcomes come from.
    change
        What, where and when.
    edition
        ``public`` or ``sensitive``.

    Returns
    -------
    Outcomes or None
        None where the publisher gives none: for other areas than CSPs and forces, for anti-social
        behaviour, and for months whose files were ingested without outcomes.
    """
    import pandas as pd

    area, period = change.area, change.period
    if area.kind not in {"csp", "force"}:
        return None
    held = store.activity.last_outcomes(area, period)
    own = held["measure"] == change.measure.code
    rows = held if change.measure.code == "all-crime" else held[own]
    if rows.empty:
        return None
    groups = rows["outcome"].map(lambda outcome: GROUPS.get(str(outcome), OPEN))
    counted = rows.groupby(groups)["count"].sum()
    late = rows["month"] >= pd.Timestamp(period.months[-_RECENT:][0])
    return Outcomes(
        measure=change.measure,
        area=area,
        period=period,
        edition=edition,
        rules=rules_of(change.area),
        counted={group: int(counted.get(group, 0)) for group in ORDER},
        open_lately=(
            int(rows.loc[late, "count"].sum()),
            int(rows.loc[late & (groups == OPEN), "count"].sum()),
        ),
        missing=months_text(held.attrs["missing"]),
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
