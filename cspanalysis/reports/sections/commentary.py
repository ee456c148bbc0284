"""What people wrote, where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.commentary.checked import CheckedSection

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = [
    "commentary",
    "commentary_beside_a_priority",
    "commentary_beside_plans",
    "commentary_beside_priorities",
    "on_priority",
    "section",
]


def section(facts: Facts, name: str, *, otherwise: str = "") -> Block:
    """Show the section of commentary of this name.

    In a report on one priority, a section that ends with the priority's key, such as
    ``options-burglary``, comes before one for every priority.

    Parameters
    ----------
    name
        One of the report's slots.
    otherwise
        What to say where nobody has written it.

    Raises
    ------
    ValueError
        If the report has no such section.
    """
    if name not in facts.kind.slots:
        raise ValueError(f"section '{name}': the report has {', '.join(facts.kind.slots)}")
    own = [f"{name}-{facts.focused.focus.key}"] if facts.wanted else []
    for wanted in (*own, name):
        for written in facts.written:
            if written.section.name == wanted:
                return display.commentary(written, byline=facts.kind.bylines)
    if not otherwise:
        return display.paragraphs()
    file = f"data/partnerships/{facts.area.slug}/commentary/{name}.md"
    return display.lacking(otherwise, do=f"Write it in {file}.")


def commentary(facts: Facts) -> Block:
    """Show the sections that have no place of their own, so that nothing written gets lost.

    Claims of drafts are held against the figures.
    """
    return _shown(facts, (w for w in facts.written if w.section.name not in facts.kind.slots))


def commentary_beside_priorities(facts: Facts) -> Block:
    """Show the sections that have no place of their own, nor under a priority of the report."""
    return _rest(facts, (one.key for one in facts.strategy.priority_findings))


def commentary_beside_plans(facts: Facts) -> Block:
    """Show the sections that have no place of their own, nor under a priority of the file."""
    return _rest(facts, (one.priority.key for one in facts.to_committee.planned))


def commentary_beside_a_priority(facts: Facts) -> Block:
    """Show the sections that have no place of their own, nor under another priority."""
    others = ("priority-", *(f"{name}-" for name in facts.kind.slots))
    rest = (w for w in facts.written if w.section.name not in facts.kind.slots)
    return _shown(facts, (w for w in rest if not w.section.name.startswith(others)))


def on_priority(facts: Facts, key: str) -> Block:
    """Show what people wrote on a priority for any report: ``priority-burglary``."""
    return _shown(facts, (w for w in facts.written if w.section.name == f"priority-{key}"))


def _rest(facts: Facts, keys: Iterable[str]) -> Block:
    placed = {*facts.kind.slots, *(f"priority-{key}" for key in keys)}
    return _shown(facts, (w for w in facts.written if w.section.name not in placed))


def _shown(facts: Facts, sections: Iterable[CheckedSection]) -> Block:
    return display.together(
        *(display.commentary(section, byline=facts.kind.bylines) for section in sections)
    )
