"""The statutory map as an appendix: requirement, law, section, and what shows it."""

from __future__ import annotations

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import bullets, paragraphs, table
from cspanalysis.display.together import together
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.findings.work.legal_basis import coming_intro
from cspanalysis.findings.work.statutory import StatutoryMap

__all__ = ["statutory_table"]


def statutory_table(found: StatutoryMap) -> Block:
    """Show what the law asks for, where it stands in the report, and what is there."""
    import pandas as pd

    rows = [
        (
            duty.requirement.text,
            duty.law,
            duty.requirement.section,
            sentence(duty.state),
            sentence(duty.evidence.text),
        )
        for duty in found.duties
    ]
    head = ["What the law asks for", "Where it says so", "Section", "State", "What shows it"]
    frame = pd.DataFrame(rows, columns=head)
    return together(
        paragraphs(*found.sentences),
        table(frame, caption=found.title, notes=found.notes),
        paragraphs(coming_intro(found.coming)) if found.coming else None,
        bullets(*(one.line for one in found.coming)) if found.coming else None,
    )
