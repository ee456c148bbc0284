"""Projects as a table, and what is known of whether each one worked."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.display.block import Block
from cspanalysis.display.prose import bullets, table
from cspanalysis.display.together import together
from cspanalysis.findings.phrases import pounds_text, some_of
from cspanalysis.findings.phrases import sentence as capital
from cspanalysis.findings.projects import Delivered
from cspanalysis.findings.words import NOT_APPLICABLE, NOT_AVAILABLE

__all__ = ["project_table"]


def project_table(found: Sequence[Delivered]) -> Block:
    """Show what each project delivered and cost, and under it whether it worked."""
    import pandas as pd

    rows = [_row(one) for one in found]
    head = ["Project", "When", "Delivered", "Cost", "Cost for each person reached"]
    frame = pd.DataFrame(rows, columns=head, dtype=object)
    kept = [name for name in head if (frame[name] != NOT_APPLICABLE).any()]
    money = {"Cost": pounds_text, "Cost for each person reached": pounds_text}
    said = (f"{one.project.name}: {' '.join(one.sentences)}" for one in found)
    return together(table(frame[kept], caption=_title(found), formats=money), bullets(*said))


def _title(found: Sequence[Delivered]) -> str:
    tested = sum(one.effect is not None and not one.effect.refused for one in found)
    return capital(some_of(tested, len(found), "project", "tested against a control area"))


def _row(one: Delivered) -> tuple[object, ...]:
    project = one.project
    return (
        project.name,
        project.months.label if project.months else "not given",
        "; ".join(one.outputs) or "nothing recorded",
        NOT_AVAILABLE if project.cost is None else project.cost,
        NOT_APPLICABLE if one.cost_each is None else round(one.cost_each),
    )
