"""Every figure of a report, recorded for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.summary.headline import chosen
from cspanalysis.reports.family import family_classes

if TYPE_CHECKING:
    from cspanalysis.display import Block, Headline
    from cspanalysis.reports.facts import Facts

__all__ = ["figures", "opening", "record"]


def record(facts: Facts) -> Block:
    """Record every figure that the report prints, and what was read for it."""
    held = list(figures(facts))
    return display.record(held, facts.store.inquiry.inputs_read(), family_classes(facts))


def figures(facts: Facts) -> Iterator[Headline]:
    """Give every figure that the report prints, for machines."""
    for change in facts.every_change:
        yield from display.change_figures(change, source=facts.source)
    yield from display.value_figures(facts.further.values(), source=facts.source)
    file = f"Partnership file of {facts.area.label}"
    for part in facts.parts:
        yield from display.value_figures(part.file_values(), source=file)
    for part in facts.parts:
        own = (value for value in part.own_values() if value.key not in facts.further)
        yield from display.value_figures(own, source=facts.source)


def opening(facts: Facts) -> list[Headline]:
    """Give the few figures to open with."""
    return [
        display.headline_of(change, source=facts.source, monthly=facts.monthly)
        for change in chosen(facts.changes, harm=facts.harm)
    ]
