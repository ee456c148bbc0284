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
    from cspanalysis.vocabulary import Measure

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
    recorded = (_with_held(facts, gap) for gap in (priority.gaps if priority else ()))
    known = [*(f"{gap.rstrip('.')}." for gap in recorded), *missing]
    if not known:
        return absent(facts, "Nobody has listed what is not known of this.", "gaps")
    return display.bullets(*known)


def _recorded_gaps(facts: Facts) -> Iterator[str]:
    if facts.partnership:
        yield from (_with_held(facts, gap) for gap in facts.partnership.gaps)
        for priority in facts.partnership.priorities:
            for gap in priority.gaps:
                yield f"{priority.title}: {_uncapitalised(_with_held(facts, gap))}"


def _with_held(facts: Facts, gap: str) -> str:
    """Add to a recorded gap which of the partners' measures that it names are held by now."""
    named = [m.phrase for m in _held(facts) if m.by_partners and m.phrase.lower() in gap.lower()]
    if not named:
        return gap
    return f"{gap.rstrip('.')}. Held by now for {facts.period.label}: {joined(named)}"


def _held(facts: Facts) -> dict[Measure, None]:
    """Give the measures of which there is a figure of the period or of a part of it."""
    counts = (
        c.measure
        for c in facts.every_change
        if (one := facts.values.get(f"change.{c.measure.code}.count")) and one.value is not None
    )
    return dict.fromkeys([*counts, *(one.measure for one in facts.recorded.indicators)])


def _measures_without_figures(facts: Facts) -> Iterator[str]:
    for priority in facts.partnership.priorities if facts.partnership else ():
        held = _held(facts)
        lacking = [aim.measure.phrase for aim in priority.measures if aim.measure not in held]
        if lacking:
            yield (
                f"{priority.title}: there is no figure of {joined(lacking, word='or')} in "
                f"{facts.period.label}"
            )


def _uncapitalised(text: str) -> str:
    """Let a sentence go on from a colon; abbreviations keep their capitals."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
