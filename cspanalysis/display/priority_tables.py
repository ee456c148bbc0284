"""Tables of a strategic assessment: themes, emerging issues and the priority matrix."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.emerging import EmergingIssue, emerging_title
from cspanalysis.findings.priorities.matrix import SUGGESTED, PriorityMatrix
from cspanalysis.findings.priorities.themes import ThemeCoverage, themes_title
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE, number_word, percent_text
from cspanalysis.vocabulary.listed import joined

__all__ = ["emerging_table", "matrix_table", "theme_table"]


def theme_table(found: Sequence[ThemeCoverage]) -> Block:
    """Show each theme of the law with the measures that stand for it, or that it has none."""
    import pandas as pd

    rows = [
        (c.theme.title, c.held, c.changed, c.note or "Nothing that is known of.") for c in found
    ]
    columns = ["Theme", "Figures held", "Clear changes", "What is missing"]
    return table(pd.DataFrame(rows, columns=columns), caption=themes_title(found))


def emerging_table(found: Sequence[EmergingIssue]) -> Block:
    """Show the measures outside the priorities in which something unusual shows."""
    import pandas as pd

    rows = [(i.measure.label, " ".join(i.signs), i.reading) for i in found]
    frame = pd.DataFrame(rows, columns=["Measure", "What is unusual", "How to read it"])
    return table(frame, caption=emerging_title(found))


def matrix_table(matrix: PriorityMatrix) -> Block:
    """Show scores by criterion, score, rank with its range, and confidence beside."""
    import pandas as pd

    rows = [_matrix_row(matrix, row) for row in matrix.ranking.reset_index().to_dict("records")]
    return table(
        pd.DataFrame(rows),
        caption=matrix.title,
        notes=list(_matrix_notes(matrix)),
        formats={"Score": lambda score: f"{score:g}", "Rank": lambda rank: f"{rank:.0f}"},
    )


def _matrix_row(matrix: PriorityMatrix, ranked: Mapping[Hashable, Any]) -> dict[str, object]:
    key = str(ranked["index"])
    cells: dict[str, object] = {"Priority": matrix.titles[key]}
    for criterion in matrix.criteria:
        cells[criterion.title] = _score_text(matrix, key, criterion.key)
    cells |= _rank_cells(matrix, ranked)
    cells["Confidence"] = str(ranked["confidence"])
    return cells


def _score_text(matrix: PriorityMatrix, key: str, criterion: str) -> str:
    score = matrix.scores[criterion].to_dict()[key]
    mark = "*" if criterion in matrix.suggested[key] else ""
    return f"{score:g}{mark}" if score == score else NOT_AVAILABLE


def _rank_cells(matrix: PriorityMatrix, ranked: Mapping[Hashable, Any]) -> dict[str, object]:
    import pandas as pd

    many = matrix.top > 1
    stays = f"Stays in first {number_word(matrix.top)}" if many else "Stays first"
    if pd.isna(ranked["rank"]):
        return {"Score": None, "Rank": None, "Range": NOT_AVAILABLE, stays: NOT_AVAILABLE}
    return {
        "Score": float(ranked["score"]),
        "Rank": float(ranked["rank"]),
        "Range": f"{ranked['best']:.0f} to {ranked['worst']:.0f}",
        stays: percent_text(100 * ranked["in_top"]),
    }


def _times(weight: float) -> str:
    """Say how much a weight makes of a score.

    Examples
    --------
    >>> _times(2), _times(3), _times(0.5)
    ('twice', '3 times', '0.5 times')
    """
    return "twice" if weight == 2 else f"{weight:g} times"


def _matrix_notes(matrix: PriorityMatrix) -> Iterator[str]:
    suggested = {key for keys in matrix.suggested.values() for key in keys}
    if suggested:
        steps = [
            f"{c.title}: {SUGGESTED.get(c.key, '')}" for c in matrix.criteria if c.key in suggested
        ]
        yield f"* Suggested from the figures, lowest step first. {'. '.join(steps)}."
    weighted = [(c.title, c.weight) for c in matrix.criteria if c.weight != 1]
    if weighted:
        told = [f"{title} counts {_times(weight)}" for title, weight in weighted]
        yield f"Not all criteria weigh the same: {joined(told)}."
    if matrix.left_out:
        titles = joined([criterion.title.lower() for criterion in matrix.left_out])
        yield f"Nobody has scored these, so they take no part: {titles}."
    for key, titles_left in matrix.unscored.items():
        yield f"{matrix.titles[key]} has no rank: no score for {joined(titles_left).lower()}."
    yield (
        "Range: where the rank lies nine times in ten when every score moves by up to one and "
        "weights by a fifth. Confidence stands beside the score and does not enter it."
    )
