"""Decided: the outcomes that were decided of crimes in a ward, beside those of its partnership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.decided import ALL, hidden_outcomes, spans_of
from cspanalysis.disclosure.family import months_of
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.changes.outcomes import GROUPS, OPEN, ORDER
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_held, in_period, percent_text
from cspanalysis.findings.wording.sentences import counted
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["Decided", "decided_of"]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Hold the outcomes decided in a period of crimes in one place, whenever these were recorded.

    Parameters
    ----------
    area, around, period
        Where, its partnership, and when.
    counts, beside
        Outcomes by group in the place and in its partnership.
    kept_back
        The groups of the place whose counts this edition keeps back, and `ALL` where it keeps back
        how many there are; then nothing else is told.
    missing
        Months without outcomes, in words; empty where there is none.
    rules
        What is small in a public edition, and how its counts are rounded.
    public
        Whether it is a public edition.
    """

    area: Area
    around: Area
    period: Period
    counts: Mapping[str, int]
    beside: Mapping[str, int]
    kept_back: frozenset[str] = frozenset()
    missing: str = ""
    rules: Rules = SHIPPED
    public: bool = True

    @property
    def total(self) -> int:
        """Outcomes that were decided of crimes in the place, as they may be shown."""
        total = sum(self.counts.values())
        return self.rules.rounded(total) if self.public else total

    @property
    def told(self) -> bool:
        """Whether this edition tells how many there are, and so anything of them."""
        return ALL not in self.kept_back

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Groups as they may be shown, those that occur.

        Index group; ``count`` (Int64), ``share``, ``lower``, ``upper`` (percent, Wilson 95 %),
        ``beside`` (percent of the partnership's), ``word`` ("above" or "below" where the interval
        leaves the partnership's share out, else empty); missing where kept back.
        """
        import pandas as pd

        from cspanalysis.methods import proportion

        held = [group for group in ORDER if self.counts[group] or self.beside[group]]
        shown = {g: None if g in self.kept_back else self.counts[g] for g in held}
        counts = pd.Series(shown, dtype="Int64")
        if self.public:
            counts = counts.map(self.rules.rounded, na_action="ignore").astype("Int64")
        plain = counts.astype("Float64").to_numpy(float, na_value=float("nan"))
        shares = proportion(plain, float(self.total), per=100).set_index(counts.index)
        there = pd.Series({g: self._beside(g) for g in held}, dtype="Float64")
        frame = pd.DataFrame({"count": counts, "share": shares["value"], "beside": there})
        frame = frame.join(shares[["lower", "upper"]])
        above = frame["lower"] > frame["beside"]
        below = frame["upper"] < frame["beside"]
        word = pd.Series("", index=frame.index).mask(above.fillna(value=False), "above")
        return frame.assign(word=word.mask(below.fillna(value=False), "below"))

    def _beside(self, group: str) -> float | None:
        """Give the partnership's share; nothing where its own count is small."""
        count, total = self.beside[group], sum(self.beside.values())
        small = self.public and self.rules.is_small(count)
        return None if small or not total else 100 * count / total

    @property
    def title(self) -> str:
        """Say the finding as the title of a table."""
        apart = self.frame[self.frame["word"] != ""]
        if apart.empty:
            return f"Outcomes in {self.area.name} are much as in {self.around.name}"
        group = str((apart["share"] - apart["beside"]).abs().astype(float).idxmax())
        here, there = (percent_text(float(apart[name][group])) for name in ("share", "beside"))
        return f"{group}: {here}, against {there} in {self.around.name}"

    @property
    def sentence(self) -> str:
        """Say how many outcomes there were, and what they are of."""
        if not self.told:
            return (
                f"The outcomes of crimes in {self.area.name} {in_period(self.period)} are kept "
                "back: they are few, or would give few away."
            )
        were = "was" if self.total == 1 else "were"
        gone = f" There are no outcomes for {self.missing}." if self.missing else ""
        return (
            f"{counted(self.total, 'outcome')} {were} decided "
            f"{in_held(self.period, self.missing)} of crimes in {self.area.name}, whenever these "
            f"were recorded; so they are not the outcomes of the crimes above.{gone}"
        )

    def values(self) -> Iterator[Value]:
        """Give its values for machines: what is shown, and nothing else."""
        if not self.told:
            return
        yield Value(
            key="decided.total",
            value=self.total,
            text=count_text(self.total),
            unit="count",
            label=f"Outcomes decided, {self.area.name}, {self.period.label}",
        )
        for group, row in self.frame.dropna(subset=["count"]).iterrows():
            yield Value(
                key=f"decided.{slug_of(str(group))}",
                value=float(row["share"]),
                text=percent_text(float(row["share"])),
                unit="%",
                lower=float(row["lower"]),
                upper=float(row["upper"]),
                label=f"Outcomes decided: {str(group).lower()}, share ({int(row['count'])})",
            )


def decided_of(
    store: Store,
    *,
    area: Area,
    around: Area,
    period: Period,
    edition: str,
    periods: Sequence[Period] = (),
) -> Decided | None:
    """Find the outcomes that were decided in a period of crimes in a ward.

    Parameters
    ----------
    store
        Where outcomes by small area come from.
    area, around
        The place, and its partnership.
    period
        When they were decided.
    edition
        ``public`` or ``sensitive``.
    periods
        The periods that pages of the partnership's family tell of.

    Returns
    -------
    Decided or None
        None where no outcome of these months is held for the place.
    """
    found = _by_group(store, area, period)
    if found is None or not sum(found[0].values()):
        return None
    counts, months = found
    beside = _by_group(store, around, period)
    hidden: frozenset[str] = frozenset()
    rules = rules_of(area)
    if edition == "public":
        wanted = (period, *periods)
        spans = {p: held[0] for p in spans_of(wanted) if (held := _by_group(store, area, p))}
        kept = hidden_outcomes(spans, shown=wanted, threshold=rules.threshold)
        hidden = frozenset(group for group, when in kept if when == months_of(period))
    return Decided(
        area=area,
        around=around,
        period=period,
        counts=counts,
        beside=beside[0] if beside else dict.fromkeys(ORDER, 0),
        kept_back=hidden,
        missing=months,
        rules=rules,
        public=edition == "public",
    )


def _by_group(store: Store, area: Area, period: Period) -> tuple[dict[str, int], str] | None:
    """Count by group, with the months that are missing; None where all of them are."""
    table = store.activity.outcomes(area, period)
    gone = table.isna().all(axis=1) if len(table.columns) else table.index == table.index
    if gone.all():
        return None
    sums = table.sum()
    groups = sums.groupby([GROUPS.get(str(outcome), OPEN) for outcome in sums.index]).sum()
    missing = [day.date() for day in table.index[gone]]
    return {group: int(groups.get(group, 0)) for group in ORDER}, months_text(missing)
