"""The period beside several baselines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.other_comparisons import other_comparisons as compared
from cspanalysis.vocabulary.comparison import DEFAULTS, Comparison

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["other_comparisons"]


def other_comparisons(facts: Facts, asked: str | Sequence[str] = ()) -> Block:
    """Set the period beside several baselines in one table, one word each.

    Parameters
    ----------
    asked
        Comparisons, in a list or separated by commas: "year before", "period before",
        "rolling 12 months", "financial year to date", "mean of three years", or a name and a
        period. Without them those of the partnership's file, else all that can be made.

    Raises
    ------
    UsageError
        If one is not known.
    """
    if facts.monthly is None:
        return _without_months(facts)
    found = compared(
        _asked(facts, asked),
        monthly=facts.monthly,
        changes=facts.changes,
        sides=facts.evidence.comparison,
    )
    made = [one for one in found if one.made]
    absent = [f"{o.title}: {o.reason}" for o in found if not o.made]
    values = [value for one in made for value in one.values()]
    caption = f"{facts.area.name}, {facts.period.label}, beside other periods"
    return display.together(
        display.other_comparisons_table(made, caption=caption),
        display.bullets(*absent),
        display.record(list(display.value_figures(values, source=facts.source))),
    )


def _without_months(facts: Facts) -> Block:
    """Say what figures of whole periods are compared with, and which earlier ones are held."""
    if facts.first_data is None:
        return display.paragraphs(
            f"These figures hold no months, so {facts.period.label} is compared with "
            f"{facts.baseline.label} alone."
        )
    source, length = facts.evidence.source, len(facts.period.months)
    held = facts.store.figures.published_periods(facts.area, source=source)
    earlier = [s for s in held if s.end < facts.period.start and len(s.months) == length]
    nothing = (
        f"Nothing is compared: these figures hold no months, and none of {facts.baseline.label}."
    )
    if not earlier:
        return display.paragraphs(nothing)
    return display.lacking(
        f"{nothing} The source has figures of {earlier[-1].label}.",
        do=f"Set the parameter 'baseline: {earlier[-1]}' to compare with it.",
    )


def _asked(facts: Facts, asked: str | Sequence[str]) -> list[Comparison]:
    named = asked.split(",") if isinstance(asked, str) else asked
    if given := [Comparison.parse(name) for name in named if name.strip()]:
        return given
    own = facts.partnership.comparisons if facts.partnership else ()
    before = [c for c in own if c.baseline is None or c.baseline.end < facts.period.start]
    return before or [Comparison(name) for name in DEFAULTS]
