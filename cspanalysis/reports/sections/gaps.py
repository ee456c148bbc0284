"""What is not known and should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["gaps", "gaps_of_a_priority"]


def gaps(facts: Facts) -> Block:
    """List what is not known and should be, as recorded and as found in the figures."""
    listed = [*_recorded_gaps(facts), *_measures_without_figures(facts)]
    known = [f"{gap.rstrip('.')}." for gap in listed]
    if not known:
        return absent(facts, "Nobody has listed what is not known.", "gaps")
    return display.bullets(*known)


def gaps_of_a_priority(facts: Facts) -> Block:
    """List what is not known of it and should be."""
    priority = facts.focused.focus.priority
    missing = [
        f"There is no figure of {measure.phrase} in {facts.period.label}."
        for measure in facts.focused.finding.missing
    ]
    known = [*(f"{gap.rstrip('.')}." for gap in (priority.gaps if priority else ())), *missing]
    if not known:
        return absent(facts, "Nobody has listed what is not known of this.", "gaps")
    return display.bullets(*known)


def _recorded_gaps(facts: Facts) -> Iterator[str]:
    if facts.partnership:
        yield from facts.partnership.gaps
        for priority in facts.partnership.priorities:
            for gap in priority.gaps:
                yield f"{priority.title}: {_uncapitalised(gap)}"


def _measures_without_figures(facts: Facts) -> Iterator[str]:
    for priority in facts.partnership.priorities if facts.partnership else ():
        counts = {
            aim.measure.phrase: facts.values.get(f"change.{aim.measure.code}.count")
            for aim in priority.measures
        }
        given = {one.measure.phrase for one in facts.recorded.indicators}
        lacking = [
            name
            for name, one in counts.items()
            if (one is None or one.value is None) and name not in given
        ]
        if lacking:
            yield (
                f"{priority.title}: there is no figure of {joined(lacking, word='or')} in "
                f"{facts.period.label}"
            )


def _uncapitalised(text: str) -> str:
    """Let a sentence go on from a colon; abbreviations keep their capitals."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
