"""What changes the reading of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.caveats import gathered

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["caveats", "caveats_of_a_priority"]


def caveats(facts: Facts) -> Block:
    """List what changes the reading of these figures."""
    charted = dict.fromkeys(caveat for trend in facts.trends for caveat in trend.caveats)
    return display.caveat_list([*gathered(facts.every_change), *charted])


def caveats_of_a_priority(facts: Facts) -> Block:
    """List what changes the reading of these figures."""
    codes = {change.measure.code for change in facts.focused.finding.changes}
    charted = [c for t in facts.trends if t.measure.code in codes for c in t.caveats]
    return display.caveat_list([*gathered(facts.focused.finding.changes), *dict.fromkeys(charted)])
