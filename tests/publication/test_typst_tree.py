"""The widths that columns get on paper."""

from __future__ import annotations

import re

import pytest

from cspanalysis.publication.document import document_of
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
