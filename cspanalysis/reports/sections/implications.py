"""What the report means for money, law and equality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["implications"]


def implications(facts: Facts) -> Block:
    """Show what the report means for money, law, equality and other services."""
    held = facts.to_committee.committee
    if held is None:
        return absent(
            facts,
            "Nobody has written what this means for money, law, equality and other services.",
            "committee",
        )
    return display.together(
        display.heading("Financial"),
        display.cost_table(facts.to_committee.costs) if facts.to_committee.costs else None,
        _said(facts, held.financial, "what this means for money", "financial"),
        display.heading("Legal"),
        display.paragraphs(
            held.legal
            or "No legal implication is recorded beyond the duties set out under Background."
        ),
        display.heading("Equality"),
        _said(facts, held.equality, "what this means for equality", "equality"),
        display.heading("Other services of the council"),
        _said(facts, held.other, "what this means for other services", "other"),
        display.heading("Whether to consider this report in private"),
        display.paragraphs(held.part_two or "There is no reason to consider it in private."),
    )


def _said(facts: Facts, text: str | None, what: str, key: str) -> Block:
    if text:
        return display.paragraphs(text)
    return absent(facts, f"Nobody has written {what}.", f"committee.{key}")
