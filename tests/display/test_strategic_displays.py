"""Blocks of the strategic assessment: headings, points, pairs, charts and tables."""

from __future__ import annotations

import base64
import re

import pandas as pd
import pytest

from cspanalysis import display
from cspanalysis.display import TABLES
from cspanalysis.findings.changes.emerging import EmergingIssue
from cspanalysis.findings.priorities.matrix import priority_matrix
from cspanalysis.findings.priorities.themes import theme_coverage
from cspanalysis.vocabulary import Measure
from tests.findings.places.test_area_profile import profile
from tests.findings.places.test_comparators import FEW, standing
from tests.findings.priorities.test_matrix import finding
from tests.findings.priorities.test_priorities import change


def rows_of(block: display.Block) -> list[list[object]]:
    (table,) = block.records[TABLES]["tables"]
    return [row["cells"] for row in table["rows"]]


def notes_of(block: display.Block) -> str:
    return " ".join(block.records[TABLES]["tables"][0]["notes"])


def picture(block: display.Block) -> str:
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', str(block.html))
    assert found is not None
    return base64.b64decode(found[1]).decode()


def test_a_heading_may_ask_to_be_listed() -> None:
    assert str(display.heading("A < B").html) == "<h3>A &lt; B</h3>"
    assert str(display.heading("B", level=2, listed=True).html) == '<h2 class="listed">B</h2>'


def test_answers_are_paragraphs_that_open_with_their_question() -> None:
    shown = display.answers({"Is it real?": "No.", "Where": "In a ward.", "Next": ""})
    assert shown.text == "Is it real? No.\n\nWhere. In a ward."
    assert str(shown.html) == (
        '<div class="prose answers"><p><strong>Is it real?</strong> No.</p>'
        "<p><strong>Where.</strong> In a ward.</p></div>"
    )
    assert display.answers({"Next": ""}).html == ""


def test_points_leave_out_what_is_empty() -> None:
    shown = display.points({"When": "In June.", "Where": ""})
    assert shown.text == "- When. In June."
    assert str(shown.html) == (
        '<ul class="prose points"><li><strong>When.</strong> In June.</li></ul>'
    )
    assert display.points({"When": ""}).html == ""


def test_a_pair_keeps_what_both_record_and_one_alone_stands_as_it_is() -> None:
    table = display.table(pd.DataFrame({"A": ["x"], "B": [1]}), caption="One")
    other = display.paragraphs("Two.")
    both = display.side_by_side(table, other)
    assert str(both.html).startswith('<div class="pair"><div>')
    assert both.records == table.records
    assert display.side_by_side(None, other) == other


def test_parts_keep_texts_and_records_in_order() -> None:
    table = display.table(pd.DataFrame({"A": ["x"], "B": [1]}), caption="One")
    opening, figures = display.heading("First"), display.paragraphs("Drawn.")
    shown = display.parts((opening, figures, table))
    assert str(shown.html).startswith('<div class="parts"><div class="part"><div><h3>First')
    assert shown.text == f"### First\n\nDrawn.\n\n{table.text}"
    assert shown.records == table.records
    assert display.parts().html == ""


def test_the_comparison_chart_sorts_by_ratio_and_keeps_its_numbers() -> None:
    from dataclasses import replace

    high = standing((6.0, 5.5, 6.5), FEW, force=True)
    low = standing((2.5, 2.4, 2.6), FEW, force=True)
    robbery = Measure.named("robbery")
    low = replace(low, levels=tuple(replace(level, measure=robbery) for level in low.levels))
    block = display.comparison_chart([low, high], title="T", subtitle="S", source="Z")
    # Luton 6.0 and 2.5 against the force's 5.0; Bedford 4.0 and Slough 2.0.
    assert rows_of(block) == [["Burglary", 1.2, 0.8, 0.4], ["Robbery", 0.5, 0.8, 0.4]]
    assert "burglary 1.20 and robbery 0.50" in block.text
    assert "Rings: Bedford and Slough" in str(block.html)


def test_no_name_of_a_comparison_lies_upon_dots_of_its_row_or_the_one_above() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from cspanalysis.blocks.style import drawing
    from cspanalysis.display.comparison_chart import _ROW, _draw_row, _limits, _set_axes

    rows = [standing((5.0, 4.5, 5.5), FEW, force=True)] * 3
    with drawing(210, _ROW * len(rows)) as figure:
        figure.set_dpi(96)
        axes = figure.add_axes((0, 0, 1, 1))
        _set_axes(axes, rows, _limits(rows))
        for place, row in enumerate(rows):
            _draw_row(axes, place, row)
        renderer = FigureCanvasAgg(figure).get_renderer()
        names = [t.get_window_extent(renderer) for t in axes.texts if t.get_text() == "Burglary"]
        dots = [axes.transData.transform(line.get_xydata())[0][1] for line in axes.lines[1:]]
    assert len(names) == 3
    assert not any(name.y0 < dot + 3 and dot - 3 < name.y1 for name in names for dot in dots)


def test_the_name_of_a_ratio_at_the_edge_of_a_comparison_stays_on_the_drawing() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from cspanalysis.blocks.style import PHONE, drawing
    from cspanalysis.display.comparison_chart import _EDGE, _VALUES, _set_axes

    with drawing(PHONE, 200) as figure:
        figure.set_dpi(96)
        share = (PHONE - _VALUES - _EDGE) / PHONE
        axes = figure.add_axes((_EDGE / PHONE, 0.2, share, 0.8))
        _set_axes(axes, [standing((5.0, 4.5, 5.5), FEW, force=True)], (0.23, 2.2))
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.canvas.draw()
        first = axes.get_xticklabels()[0]
    assert first.get_text() == "a quarter"
    assert first.get_window_extent(renderer).x0 >= 0


def test_the_comparison_chart_needs_the_force() -> None:
    with pytest.raises(ValueError, match="has no rates of a force"):
        display.comparison_chart([standing((6, 5, 7), FEW)], title="T", subtitle="", source="")


def test_the_decile_chart_draws_a_bar_a_tenth_and_tells_them() -> None:
    deciles = dict.fromkeys(range(1, 11), 0) | {1: 3, 5: 7}
    block = display.decile_chart(profile(deciles))
    assert rows_of(block)[0] == [1, 3]
    assert len(rows_of(block)) == 10
    assert "3 in tenth 1" in block.text
    assert "<svg" in picture(block)
    with pytest.raises(ValueError, match="no index of deprivation"):
        display.decile_chart(profile({}))


def test_every_theme_has_a_line_that_says_what_is_missing() -> None:
    block = display.theme_table(theme_coverage([change("burglary", 9, 8)]))
    rows = {str(row[0]): row for row in rows_of(block)}
    assert rows["Reoffending"][1:3] == ["None", "No data"]
    assert rows["Crime and disorder"][1] == "Burglary (8)"
    assert all(row[3] for row in rows.values())


def test_emerging_issues_are_told_with_their_signs() -> None:
    issue = EmergingIssue(
        measure=Measure.named("shoplifting"),
        signs=("Above its range.", "More to come."),
        strength=4.5,
        direction="worse",
    )
    assert rows_of(display.emerging_table([issue])) == [
        [
            "Shoplifting",
            "Above its range. More to come.",
            "Worth watching: it may be getting worse.",
        ]
    ]


def test_the_matrix_marks_suggested_scores_and_says_what_has_no_rank() -> None:
    findings = [
        finding("violence", scores={"harm": 5}, confidence="low"),
        finding("burglary", scores={"harm": 2, "volume": 4}),
        finding("arson"),
    ]
    matrix = priority_matrix(findings, matrix=None, records=800)
    assert matrix is not None
    block = display.matrix_table(matrix)
    assert [row[:5] for row in rows_of(block)] == [
        ["Violence", "4*", "3*", "5", 17.0],
        ["Burglary", "4", "3*", "2", 11.0],
        ["Arson", "4*", "3*", "[x]", "[x]"],
    ]
    assert rows_of(block)[0][-1] == "low"
    notes = notes_of(block)
    assert "Arson has no rank: no score for harm." in notes
    assert "Nobody has scored these" in notes
    assert "Not all criteria weigh the same: Harm counts twice." in notes
