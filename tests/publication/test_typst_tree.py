"""The widths that columns get on paper."""

from __future__ import annotations

import json
import re

import pytest

from cspanalysis.publication.document import document_of
from cspanalysis.publication.fonts import fallback_folder, font_folder
from cspanalysis.publication.html import TEMPLATES
from cspanalysis.publication.typst_tree import TypstWriter


@pytest.mark.parametrize(
    ("more", "wide"),
    [
        ("", 24.3),  # "April 2021 to" in the first of two lines
        ("<th class='drawn'>Ratio</th>", 14.1),  # "2021 to" in the second of four
    ],
)
def test_a_column_is_as_wide_as_the_name_of_its_period_needs(more: str, wide: float) -> None:
    heads = f"<th>Measure</th><th class='count'>April 2021 to March 2022</th>{more}"
    cells = "<th scope='row'>Burglary</th><td class='count'>12</td>"
    cells += "<td class='drawn'></td>" if more else ""
    page = (
        "<html><main><table class='changes'><caption>Counts</caption><thead><tr>"
        f"{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></main></html>"
    )
    document = document_of(page)
    (block,) = TypstWriter(document).blocks(document.blocks)
    columns = re.search(r"columns: \(1fr, ([\d.]+)mm", str(block))
    assert columns
    assert float(columns[1]) == wide


def written(rows: str, heads: str = "<th>Group</th><th class='number'>People</th>") -> str:
    page = (
        f"<html><main><table><caption>Who</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></main></html>"
    )
    document = document_of(page)
    (block,) = TypstWriter(document).blocks(document.blocks)
    return str(block["c"][1])


def test_a_narrow_table_is_no_wider_than_its_words() -> None:
    text = written("<tr><th scope='row'>Over 65</th><td class='number'>34</td></tr>" * 2)
    assert "columns: (auto, auto,)" in text
    assert "narrow: true" in text
    assert "rule-above" not in text


def test_rows_of_several_lines_are_told_apart_by_rules() -> None:
    long = "Train all officers who visit homes, and those who answer the telephone at night. " * 2
    row = f"<tr><th scope='row'>{long}</th><td>{long}</td></tr>"
    text = written(row * 3, "<th>Action</th><th>Outcome</th>")
    assert "narrow: false" in text
    assert text.count("rule-above") == 2
    assert text.count("opens") == 2  # both cells of the first row


def test_rows_of_one_line_need_no_rules() -> None:
    row = "<tr><th scope='row'>Mark bicycles</th><td>536 marked at nine events.</td></tr>"
    assert "rule-above" not in written(row * 3, "<th>Action</th><th>Outcome</th>")


def test_a_table_and_its_block_say_how_many_rows_they_have() -> None:
    rows = "".join(f"<tr><th scope='row'>{n}</th><td>1</td></tr>" for n in range(9))
    head = "<thead><tr><th>Group</th><th>People</th></tr></thead>"
    table = f"<table><caption>Who</caption>{head}<tbody>{rows}</tbody></table>"
    block = f"<div class='table-block'>{table}<div class='notes'><p>A note</p></div></div>"
    document = document_of(f"<html><main>{block}{block}</main></html>")
    made = "".join(str(part["c"]) for part in TypstWriter(document).blocks(document.blocks))
    assert made.count("#table-block(rows: 9)[") == 2  # each counts its own
    assert made.count(" rows: 9, narrow") == 2


def test_no_row_is_lower_than_what_is_taken_for_the_least() -> None:
    """So that what has too many rows to fit need not be measured."""
    import typst

    look = (TEMPLATES / "report.typ").read_text(encoding="utf-8")
    cells = '..range(12).map(_ => cell("body tight leftmost")[a])'
    height = f"measure(table(columns: 1, stroke: none, {cells})).height"
    source = f"{look}\n#context [#set text(size: 9pt)\n#metadata({height} / least-row) <rows>]"
    fonts = typst.Fonts(False, False, [font_folder(), fallback_folder()])
    (found,) = json.loads(typst.query(source.encode(), "<rows>", field="value", font_paths=fonts))
    assert found >= 12
