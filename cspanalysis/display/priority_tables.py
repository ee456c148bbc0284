"""Tables of a strategic assessment: themes, emerging issues and the priority matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cspanalysis.display.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.emerging import EmergingIssue, emerging_title
from cspanalysis.findings.matrix import SUGGESTED, PriorityMatrix
from cspanalysis.findings.themes import ThemeCoverage, themes_title
from cspanalysis.findings.words import NOT_AVAILABLE, joined, number_word

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

    rows = [_matrix_row(matrix, str(key)) for key in matrix.ranking.index]
    return table(pd.DataFrame(rows), caption=matrix.title, notes=list(_matrix_notes(matrix)))


def _matrix_row(matrix: PriorityMatrix, key: str) -> dict[str, object]:
    ranked = matrix.ranking.loc[key]
    has_rank = ranked["rank"] == ranked["rank"] and ranked["rank"] is not None
    cells: dict[str, object] = {"Priority": matrix.titles[key]}
    for criterion in matrix.criteria:
        score = matrix.scores.loc[key, criterion.key]
        mark = "*" if criterion.key in matrix.suggested[key] else ""
        cells[_head(criterion.title, criterion.weight)] = (
            f"{score:g}{mark}" if score == score else NOT_AVAILABLE
        )
    cells["Score"] = f"{ranked['score']:g}" if has_rank else NOT_AVAILABLE
    cells["Rank (range)"] = (
        f"{int(ranked['rank'])} ({int(ranked['best'])} to {int(ranked['worst'])})"
        if has_rank
        else NOT_AVAILABLE
    )
    stays = f"{100 * ranked['in_top']:.0f}\N{NO-BREAK SPACE}%" if has_rank else NOT_AVAILABLE
    cells[f"Stays in first {number_word(matrix.top)}"] = stays
    cells["Confidence"] = ranked["confidence"]
    return cells


def _head(title: str, weight: float) -> str:
    return title if weight == 1 else f"{title} (counts {weight:g} times)"


def _matrix_notes(matrix: PriorityMatrix) -> Iterator[str]:
    suggested = {key for keys in matrix.suggested.values() for key in keys}
    if suggested:
        steps = [
            f"{c.title}: {SUGGESTED.get(c.key, '')}" for c in matrix.criteria if c.key in suggested
        ]
        yield f"* Suggested from the figures, lowest step first. {'. '.join(steps)}."
    if matrix.left_out:
        titles = joined([criterion.title.lower() for criterion in matrix.left_out])
        yield f"Nobody has scored these, so they take no part: {titles}."
    for key, titles_left in matrix.unscored.items():
        yield f"{matrix.titles[key]} has no rank: no score for {joined(titles_left).lower()}."
    yield (
        "Range: where the rank lies nine times in ten when every score moves by up to one and "
        "weights by a fifth. Confidence stands beside the score and does not enter it."
    )
