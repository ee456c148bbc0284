"""The area beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.levels import levels_subtitle, levels_title, no_levels
from cspanalysis.findings.wording.numbers import in_period
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["comparisons", "comparisons_of_a_priority", "comparisons_of_all", "ranks"]


def comparisons(facts: Facts) -> Block:
    """Set the area beside the CSPs of its force, the force, and the areas it is like."""
    if facts.evidence.lines and all(line.after is None for line in facts.evidence.lines):
        return display.paragraphs(
            f"No figures of {facts.area.name} itself are held for all of this period to set beside "
            "others."
        )
    beside = None if facts.comparators.chosen == "force" else _standings(facts)
    if not facts.levels:
        return beside or display.paragraphs(no_levels(facts.changes))
    drawn = display.rate_comparison(
        facts.levels,
        title=levels_title(facts.levels),
        subtitle=levels_subtitle(facts.levels),
        source=facts.source,
    )
    return display.together(drawn, beside)


def comparisons_of_all(facts: Facts) -> Block:
    """Draw how the area's rates compare with its force's and its comparators'.

    The table of ranks stands apart, as `ranks`; the rates of all crime on the first page.
    """
    total = facts.standings.get("all-crime")
    if total is None or total.force is None:
        return comparisons(facts)
    rate = f"per {total.own.rate.per:,} {total.own.rate.denominator}"
    return display.together(
        display.paragraphs(_who(facts), _without_figures(facts)),
        display.comparison_chart(
            list(facts.standings.values()),
            title=total.title,
            subtitle=(
                f"Rates {in_period(facts.period)} divided by those of {total.force.area.name}, "
                f"{rate}. Half lies as far from the line as twice."
            ),
            source=facts.source,
        ),
    )


def _who(facts: Facts) -> str:
    """Say which areas it is compared with and why; nothing where they are those of its force."""
    return "" if facts.comparators.chosen == "force" else facts.comparators.sentence


def ranks(facts: Facts) -> Block:
    """Show the table of rates and ranks that `comparisons_of_all` draws."""
    total = facts.standings.get("all-crime")
    if total is None or total.force is None:
        return display.paragraphs("The rates stand under the comparison with other areas.")
    return _table_of_ranks(facts)


def comparisons_of_a_priority(facts: Facts) -> Block:
    """Set its leading measure beside those of comparators, in level and in change."""
    standing = facts.focused.finding.standing
    force = _against_force(facts)
    if standing is None:
        text = "There are no figures of other areas to set beside it."
        return display.paragraphs(text, force)
    rate, when = standing.own.rate, standing.own.period.label
    return display.together(
        display.paragraphs(standing.sentence, force),
        display.rate_comparison(
            standing.levels,
            title=standing.title,
            subtitle=f"Rates in {when} per {rate.per:,} {rate.denominator}.",
            source=facts.source,
        ),
    )


def _standings(facts: Facts) -> Block | None:
    """Show which areas it is compared with, why, and where it ranks; None without figures."""
    if not facts.standings:
        return None
    return display.together(display.paragraphs(facts.comparators.sentence), _table_of_ranks(facts))


def _table_of_ranks(facts: Facts) -> Block:
    caption = f"Rates of {facts.area.name} among those of the areas compared with"
    return display.standing_table(
        list(facts.standings.values()), caption=f"{caption}, {facts.period.label}"
    )


def _without_figures(facts: Facts) -> str:
    """Name the comparators that have no figures."""
    held = {level.area for standing in facts.standings.values() for level in standing.levels}
    return _no_figures([area for area in facts.comparators.areas if area not in held])


def _against_force(facts: Facts) -> str:
    """Say whether the area changed otherwise than the rest of its force."""
    leading = facts.focused.leading
    force = leading.force if leading else None
    if leading is None or force is None or force.gap is None:
        return ""
    if force.gap == "no clear difference":
        return (
            f"The change in {leading.measure.phrase} can't be told apart from that of the rest "
            f"of {force.name}."
        )
    return f"It changed otherwise than the rest of {force.name}: it lies {force.gap} that."


def _no_figures(areas: Sequence[Area]) -> str:
    if not areas:
        return ""
    return f"No figures are held of {joined([area.name for area in areas])} for these months."
