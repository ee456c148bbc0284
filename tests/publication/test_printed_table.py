"""What of the table of changes is printed, and what the drawn column stands for."""

from __future__ import annotations

from typing import Any

from cspanalysis.publication.printed_table import printed

KINDS = ("measure", "count", "difference", "force", "drawn")


def _cell(kind: str, across: int = 1, scope: str = "") -> Any:
    return [["", [kind], [["scope", scope]]], {"t": "AlignDefault"}, 1, across, []]


def _table(*kinds: str) -> dict[str, Any]:
    row = [["", [], []], [_cell(kind) for kind in kinds]]
    group = [["", [], []], [_cell("group", len(kinds), "rowgroup")]]
    body = [["", [], []], 0, [], [group, row]]
    return {"t": "Table", "c": [[], [], list(kinds), [[], [row]], [body], []]}


def _kinds(table: dict[str, Any]) -> list[list[str]]:
    rows = [*table["c"][3][1], *table["c"][4][0][3]]
    return [[cell[0][1][0] for cell in row[1]] for row in rows]


def test_paper_leaves_out_what_the_drawn_column_shows() -> None:
    cut = printed(_table(*KINDS))
    assert _kinds(cut) == [["measure", "count", "drawn"], ["group"], ["measure", "count", "drawn"]]
    assert cut["c"][4][0][3][0][1][0][3] == 3  # a group spans what is left
    assert len(cut["c"][2]) == 3


def test_word_cuts_a_crowded_table_alone() -> None:
    few = _table("measure", "count", "difference", "drawn")
    assert printed(few, crowded=True) is few
    assert len(_kinds(printed(_table(*KINDS), crowded=True))[0]) == 3


def test_other_tables_stay_as_they_are() -> None:
    plain = _table("measure", "count")
    assert printed(plain) is plain
