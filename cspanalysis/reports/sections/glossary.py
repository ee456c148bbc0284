"""The words that the report uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.glossary import terms_in

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["glossary"]


def glossary(facts: Facts) -> Block:
    """Explain the words that this report uses."""
    return display.glossary_table(terms_in(_words(facts)))


def _words(facts: Facts) -> str:
    """Text in which words to explain are looked for."""
    labels = (f"{c.measure.label} {c.measure.reading}" for c in facts.every_change)
    caveats = (caveat.text for c in facts.every_change for caveat in c.caveats)
    dumped = facts.partnership.model_dump_json() if facts.partnership else ""
    held = re.sub(r'"\w+":', " ", dumped)  # its keys are no words of the report
    return "\n".join([*labels, *caveats, *(w.text for w in facts.written), held])
