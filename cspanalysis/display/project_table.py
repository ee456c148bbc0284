"""Projects as a table, and what is known of whether each one worked."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.layout import points
from cspanalysis.display.prose import table
from cspanalysis.display.together import together
from cspanalysis.findings.wording.numbers import NOT_APPLICABLE, NOT_AVAILABLE
from cspanalysis.findings.wording.sentences import pounds_text, some_of
from cspanalysis.findings.wording.sentences import sentence as capital
from cspanalysis.findings.work.projects import Delivered

__all__ = ["project_table"]

_NO_DATES, _NOTHING = "not given", "nothing recorded"
# Columns, each with what it holds where a project has nothing to put there.
_HEAD = {
    "Project": "",
    "When": _NO_DATES,
    "Delivered": _NOTHING,
    "Cost": NOT_AVAILABLE,
    "Cost for each person reached": NOT_APPLICABLE,
}
_UNFILLED = {
    "When": "No project gives its dates.",
    "Delivered": "No project says what it delivered.",
    "Cost": "No project gives its cost.",
}


def project_table(found: Sequence[Delivered]) -> Block:
    """Show what each project delivered and cost, and under it whether it worked.

    A column that no project fills is left out, and a note says so; where nobody tested any of
    the projects, the title says it once for all of them.
    """
    import pandas as pd

    rows = [_row(one) for one in found]
    frame = pd.DataFrame(rows, columns=list(_HEAD), dtype=object)
    kept = [name for name, empty in _HEAD.items() if (frame[name] != empty).any()]
    money = {"Cost": pounds_text, "Cost for each person reached": pounds_text}
    notes = [said for name, said in _UNFILLED.items() if name not in kept]
    notes += dict.fromkeys(one.note for one in found if one.note)
    shown = table(frame[kept], caption=_title(found), formats=money, notes=notes)
    tested = any(one.effect for one in found)
    return together(shown, points({one.project.name: _known(one, tested) for one in found}))


def _known(one: Delivered, tested: bool) -> str:
    return " ".join(one.sentences) if tested else one.project.about or ""


def _title(found: Sequence[Delivered]) -> str:
    tested = sum(one.effect is not None and not one.effect.refused for one in found)
    return capital(some_of(tested, len(found), "project", "tested against a control area"))


def _row(one: Delivered) -> tuple[object, ...]:
    project = one.project
    return (
        project.name,
        project.months.label if project.months else _NO_DATES,
        "; ".join(one.outputs) or _NOTHING,
        NOT_AVAILABLE if project.cost is None else project.cost,
        NOT_APPLICABLE if one.cost_each is None else round(one.cost_each),
    )
