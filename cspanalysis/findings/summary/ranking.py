"""Ranking: which findings matter most, by four things that are known of each.

The score of a change is a weighted sum of four parts, each from 0 to 1, times a discount. It
orders what a report says first; it is shown to nobody as a number, for it is a convention.

* **Certainty** leads (0.4): what chance may explain must not head a report. It is full where the
  adjusted p-value is 0.0001, beyond which more evidence changes no decision.
* **Size** comes next (0.3): a doubling or a halving is as large as a change needs to be.
* **Divergence** from the force (0.15): what the area alone does is for its partnership to ask
  about; it counts only where the gap is more than chance gives.
* **Harm** (0.15): the share of the weighed harm. It is low because most measures have no honest
  weight, and what is not known adds nothing.

Police activity, and measures of which neither direction is good, count half: their change is
news, but it does not say that more or fewer people come to harm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.harm import Harm

__all__ = [
    "CERTAINTY", "CERTAIN_AT", "DISCOUNT", "DIVERGENCE", "HARM", "SIZE",
    "Importance", "importance", "ranked",
]  # fmt: skip

CERTAINTY, SIZE, DIVERGENCE, HARM = 0.4, 0.3, 0.15, 0.15
"""Weights of the four parts; they add up to 1."""

CERTAIN_AT = 4
"""Certainty is full where the p-value is 10 to minus this."""

DISCOUNT = 0.5
"""What a change counts for where it shows police activity or has no good direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """Hold what makes a change matter, each part from 0 to 1.

    Parameters
    ----------
    certainty
        ``min(1, -log10(p) / 4)``, p adjusted.
    size
        ``min(1, |log2(ratio)|)``; 1 from or to zero.
    divergence
        ``min(1, |log2(ratio / ratio of the force)|)`` where the gap is more than chance gives.
    harm
        Share of the harm that was weighed.
    discount
        Factor for police activity and measures without a good direction; else 1.
    """

    certainty: float
    size: float
    divergence: float = 0.0
    harm: float = 0.0
    discount: float = 1.0

    @property
    def score(self) -> float:
        """The weighted sum of the parts, discounted."""
        parts = (
            CERTAINTY * self.certainty,
            SIZE * self.size,
            DIVERGENCE * self.divergence,
            HARM * self.harm,
        )
        return self.discount * math.fsum(parts)


def importance(change: Change, *, harm: Harm | None = None) -> Importance:
    """Tell what makes a change matter; a comparison that was not made has no size.

    Parameters
    ----------
    change
        The change.
    harm
        Harm of the same table, where it is known.
    """
    other_than_harm = change.measure.police_activity or change.measure.good == "none"
    p = change.p_value if change.p_adjusted is None else change.p_adjusted
    return Importance(
        certainty=_certainty(p),
        size=_distance(change.ratio),
        divergence=_divergence(change),
        harm=_share(change, harm),
        discount=DISCOUNT if other_than_harm else 1.0,
    )


def ranked(changes: Sequence[Change], *, harm: Harm | None = None) -> tuple[Change, ...]:
    """Sort changes by how much they matter, most first; the input's order plays no part."""
    return tuple(sorted(changes, key=lambda c: (-importance(c, harm=harm).score, c.measure.code)))


def _certainty(p: float | None) -> float:
    if p is None:
        return 0.0
    return min(1.0, -math.log10(p) / CERTAIN_AT) if p > 0 else 1.0


def _distance(ratio: float | None) -> float:
    """How far a ratio lies from 1: 1 for a doubling, a halving and more."""
    if ratio is None:
        return 0.0
    return 1.0 if ratio <= 0 or math.isinf(ratio) else min(1.0, abs(math.log2(ratio)))


def _divergence(change: Change) -> float:
    force = change.force
    if force is None or force.gap not in {"above", "below"} or change.ratio is None:
        return 0.0
    moved = 1 + (force.percent_change or 0.0) / 100
    return 1.0 if moved <= 0 else _distance(change.ratio / moved)


def _share(change: Change, harm: Harm | None) -> float:
    lines = harm.lines if harm else ()
    found = (line.share for line in lines if line.measure.code == change.measure.code)
    return (next(found, None) or 0.0) / 100
