"""Shortfalls: what months that are short, or years that hold less than official totals, change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from cspanalysis.findings.finding import MINIMUM_BASE, Caveat, Change, Verdict
from cspanalysis.findings.words import (
    count_text,
    day_text,
    joined,
    months_text,
    percent_text,
    signed_percent_text,
)
from cspanalysis.store.official import held_of_official
from cspanalysis.store.shortened import ShortMonth, lost, short_months
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.composites import composites

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["NONE", "PUT_BACK", "Shortfall", "held_to", "restored_word", "shortfall_of"]

MOVES = 0.02
"""Where the share of the official total that files hold moves by more, comparisons bear it."""

PUT_BACK = "With what is missing put back this would read "
"""How the caveat of one line begins that tells the size of a shortfall's effect on it."""

_WORTH = 1.0
"""Percentage points by which a change must read otherwise to be told line by line."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Hold what the files of a comparison's two periods lack.

    Parameters
    ----------
    short
        Months of either that lost crimes between editions.
    lost
        By measure, what they lost in the baseline period and in the period.
    shares
        Shares of the official total that the two periods hold, what was lost put back; the same
        twice where no official years cover both.
    years
        The official years that tell it, as readers are told them.
    """

    short: tuple[ShortMonth, ...] = ()
    lost: Mapping[str, tuple[int, int]] | None = None
    shares: tuple[float, float] = (1.0, 1.0)
    years: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is lacking that a comparison bears."""
        return bool(self.short) or self.shares[0] != self.shares[1]

    def restored(self, code: str, before: int, after: int) -> tuple[int, int]:
        """Give two counts as they would be, on the footing of the period, without shortfall."""
        gone = (self.lost or {}).get(code, (0, 0))
        ratio = self.shares[1] / self.shares[0]
        counts = round((before + gone[0]) * ratio), after + gone[1]
        return max(0, counts[0]), max(0, counts[1])

    def caveats(self) -> tuple[Caveat, ...]:
        """Say of a whole comparison which months and years are short, and by how much."""
        texts = []
        if self.short:
            texts.append(_short_text(self.short))
        if self.shares[0] != self.shares[1]:
            texts.append(self.years)
        return tuple(Caveat("coverage", text) for text in texts)


NONE = Shortfall()


def shortfall_of(store: Store, area: Area, *, period: Period, baseline: Period) -> Shortfall:
    """Find what the street files of two periods lack, for an area of a force."""
    spans = (baseline, period)
    short = [short_months(store, area, span.months) for span in spans]
    tables = [lost(store, area, months) for months in short]
    codes = {str(code) for table in tables for code in table.columns}
    gone = {code: (_sum(tables[0], code), _sum(tables[1], code)) for code in codes}
    for one in composites() if gone else ():
        parts = [gone.get(code, (0, 0)) for code in one.street.parts]
        gone[one.measure.code] = (sum(b for b, _ in parts), sum(a for _, a in parts))
    shares, years = _official(store, area, spans)
    every = tuple(dict.fromkeys(sorted((*short[0], *short[1]), key=lambda one: one.month)))
    return Shortfall(every, gone, shares, years)


def held_to(change: Change, restored: Change | None) -> Change:
    """Hold a change to what it would be without a shortfall.

    The size of the effect stands as a caveat. A word that the shortfall could make is refused; one
    that it could make surer is given as possible.
    """
    if restored is None or change.refused:
        return change
    word = restored_word(change.verdict, restored.verdict)
    told = _effect(change, restored)
    if word is None:
        return replace(
            change,
            refused=f"{told} What is short could make this change by itself.".strip(),
            verdict=None,
            percent_change=None,
            ratio=None,
            lower=None,
            upper=None,
            p_value=None,
            p_adjusted=None,
            visible=(None, None),
        )
    caveats = change.caveats
    if told and _differs(change, restored):
        caveats = (Caveat("shortfall", told), *caveats)
    return replace(change, verdict=word, caveats=caveats)


def restored_word(word: Verdict | None, restored: Verdict | None) -> Verdict | None:
    """Give the word that stands whether or not a shortfall is put right; None where none does.

    Examples
    --------
    >>> restored_word("higher", "possibly higher"), restored_word("lower", "can't tell")
    ('possibly higher', None)
    >>> restored_word("can't tell", "lower"), restored_word("steady", "can't tell")
    ("can't tell", "can't tell")
    """
    if word is None or word == restored or word == "can't tell":
        return word
    if word == "steady":
        return "can't tell"
    way = word.removeprefix("possibly ")
    if restored is not None and restored.endswith(way):
        return cast("Verdict", f"possibly {way}")
    return None


def _differs(change: Change, restored: Change) -> bool:
    """Tell whether the effect is worth telling of one line."""
    if change.percent_change is None or restored.percent_change is None:
        return False
    return abs(change.percent_change - restored.percent_change) >= _WORTH


def _effect(change: Change, restored: Change) -> str:
    """Say how a change reads without the shortfall; empty where no percentages are printed."""
    before = change.before or 0
    if change.percent_change is None or restored.percent_change is None or before < MINIMUM_BASE:
        return ""
    return (
        f"{PUT_BACK}{signed_percent_text(restored.percent_change)} rather than "
        f"{signed_percent_text(change.percent_change)}."
    )


def _short_text(short: Sequence[ShortMonth]) -> str:
    months = months_text([one.month for one in short])
    held, was = (sum(getattr(one, name) for one in short) for name in ("held", "was"))
    verb = "is" if len(short) == 1 else "are"
    editions = joined(sorted({day_text(one.earlier) for one in short}))
    return (
        f"{months} {verb} short in the police files: the force's crimes with a location come to "
        f"{count_text(held)}, against {count_text(was)} as published in {editions} "
        f"({percent_text(100 * (1 - held / was))} fewer). Usual ranges and steps leave such months "
        "out."
    )


def _official(
    store: Store, area: Area, spans: tuple[Period, Period]
) -> tuple[tuple[float, float], str]:
    """Give the shares of the official totals that two periods hold, and the years in words."""
    force = area if area.kind == "force" else Area.named(area.force) if area.force else None
    if force is None:
        return NONE.shares, ""
    held = held_of_official(store, force)
    if held.empty:
        return NONE.shares, ""
    whole = held.xs("all-crime", level="measure")
    share = (whole["files"] + whole["lost"]) / whole["official"]
    found = [_covered(share, span) for span in spans]
    if found[0] is None or found[1] is None or abs(found[1] / found[0] - 1) <= MOVES:
        return NONE.shares, ""
    years = [year for year in share.index if any(set(year.months) & set(s.months) for s in spans)]
    named = joined([f"{percent_text(100 * share[year])} in {year.label}" for year in years])
    shift = percent_text(100 * abs(found[0] / found[1] - 1))
    way = "high" if found[1] > found[0] else "low"
    text = (
        f"The force's files hold {named} of the crimes that official totals count. A change "
        f"reads about {shift} too {way} for that."
    )
    return (found[0], found[1]), text


def _covered(share: pd.Series, span: Period) -> float | None:
    """Weigh the shares of official years by the months of a period that lie in each."""
    months = {year: len(set(year.months) & set(span.months)) for year in share.index}
    known = sum(months.values())
    if 2 * known < len(span.months):
        return None
    return float(sum(number * share[year] for year, number in months.items()) / known)


def _sum(table: pd.DataFrame, code: str) -> int:
    return int(table[code].sum()) if code in table else 0
