"""The priority matrix: scores that people gave, those that figures suggest, and how firm ranks are.

The shipped criteria are data (``data/reference/priority-criteria.csv``); a partnership may bring
its own. A criterion that nobody scored for any priority takes no part, and the table says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.partnership.criteria import shipped_criteria
from cspanalysis.partnership.partnership import Matrix
from cspanalysis.partnership.work import Criterion
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SUGGESTED", "PriorityMatrix", "priority_matrix", "suggested_score"]

SUGGESTED: Mapping[str, str] = {
    "volume": "share of all records: below 2 %, 5 %, 10 %, 20 %, or above",
    "trend": "clearly lower; months improving; no sign; months of concern; clearly higher",
    "comparison": "the lowest by more than chance; below the middle; much the same; above; the "
    "highest by more than chance",
}
"""What each criterion's five steps are where the figures suggest the score."""

STEPS = (2.0, 5.0, 10.0, 20.0)
"""Shares of all records, in percent, at which the suggested score of volume rises by a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityMatrix:
    """Hold the scores of priorities and how much their ranks hang on them.

    Parameters
    ----------
    criteria
        The criteria that take part.
    left_out
        Criteria that nobody scored and no figure suggests a score of.
    titles
        Titles of the priorities by key, in their order.
    scores
        One row a priority (its key), one column a criterion.
    suggested
        Of each priority the criteria whose score the figures suggest.
    ranking
        As `methods.rank_sensitivity` gives it, highest score first.
    top
        The k of "stays in the first k".
    unscored
        For each priority that can't be ranked, the criteria without a score.
    """

    criteria: tuple[Criterion, ...]
    left_out: tuple[Criterion, ...]
    titles: Mapping[str, str]
    scores: pd.DataFrame = field(compare=False)
    suggested: Mapping[str, frozenset[str]]
    ranking: pd.DataFrame = field(compare=False)
    top: int
    unscored: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """Write the title of the table: which come first, and whether that is firm."""
        ranked = self.ranking.dropna(subset=["rank"])
        if ranked.empty:
            return "No priority can be ranked yet"
        first = joined([self.titles[str(k)] for k in ranked.index[ranked["rank"] == 1]])
        ties = int((ranked["rank"] == 1).sum())
        verb = "comes" if ties == 1 else "come"
        return f"{first} {verb} first; {self._firmness(ranked)}"

    def values(self) -> Iterator[Value]:
        """Give its values for machines: score, rank and how often each stays in the first k."""
        ranked = self.ranking.dropna(subset=["rank"]).reset_index()
        for row in ranked.to_dict("records"):
            key = str(row["index"])
            label = f"Priority {self.titles[key]}"
            score, rank, stays = float(row["score"]), int(row["rank"]), 100 * float(row["in_top"])
            yield Value(
                key=f"priority.{key}.score", value=score, text=f"{score:g}", label=f"{label}: score"
            )
            yield Value(
                key=f"priority.{key}.rank",
                value=rank,
                text=number_word(rank),
                lower=float(row["best"]),
                upper=float(row["worst"]),
                label=f"{label}: rank",
            )
            yield Value(
                key=f"priority.{key}.stays",
                value=stays,
                text=f"{stays:.0f}\N{NO-BREAK SPACE}%",
                unit="%",
                label=f"{label}: share of draws in the first {number_word(self.top)}",
            )

    @property
    def order_text(self) -> str:
        """Say where scores would put priorities otherwise than the partnership; empty elsewhere."""
        ranks = {str(key): int(rank) for key, rank in self.ranking["rank"].dropna().items()}
        given = [ranks[key] for key in self.titles if key in ranks]
        if given == sorted(given):
            return ""
        return "The scores alone would order them otherwise than the partnership does."

    def _firmness(self, ranked: pd.DataFrame) -> str:
        """Say whether the first k stay when scores and weights move a little."""
        if len(ranked) <= self.top:
            return "there are too few to ask how firm that is"
        firm = int((ranked["in_top"] >= 0.9).sum())
        named = f"first {number_word(self.top)}"
        if self.top == 1:
            firm_words = "it stays there when scores move a little"
            return firm_words if firm else "that hangs on small differences of scores"
        if firm >= self.top:
            return f"the {named} stay when scores move a little"
        return f"the {named} hang on small differences of scores"


def suggested_score(
    name: str, finding: PriorityFinding, *, criterion: Criterion, records: int
) -> float | None:
    """Suggest a score from what was found; None where the figures say nothing.

    Parameters
    ----------
    name
        ``volume``, ``trend`` or ``comparison``; the five steps of each are in `SUGGESTED`, laid
        out evenly on the criterion's scale.
    finding
        What the figures say of the priority.
    criterion
        The criterion, for the ends of its scale.
    records
        Records of all crime and anti-social behaviour in the area and period.
    """
    step = {
        "volume": lambda: _volume_step(finding, records),
        "trend": lambda: _trend_step(finding),
        "comparison": lambda: _comparison_step(finding),
    }[name]()
    if step is None:
        return None
    return criterion.lowest + step / 4 * (criterion.highest - criterion.lowest)


def priority_matrix(
    found: Sequence[PriorityFinding], *, matrix: Matrix | None, records: int
) -> PriorityMatrix | None:
    """Score and rank priorities; None where there is none.

    Parameters
    ----------
    found
        The priorities.
    matrix
        The partnership's own criteria and formula; None for the shipped ones and their sum.
    records
        See `suggested_score`.
    """
    if not found:
        return None
    shipped, findings = shipped_criteria()
    criteria = matrix.criteria if matrix else shipped
    scores, suggested = _scores(found, criteria, findings, records)
    known = scores.notna().any()
    used = tuple(c for c in criteria if known[c.key])
    scores = scores[[criterion.key for criterion in used]]
    top = min(3, max(1, len(found) - 1))
    return PriorityMatrix(
        criteria=used,
        left_out=tuple(c for c in criteria if not known[c.key]),
        titles={finding.key: finding.title for finding in found},
        scores=scores,
        suggested=suggested,
        ranking=_ranking(found, scores, used, matrix, top),
        top=top,
        unscored={
            str(key): tuple(c.title for c in used if row.isna()[c.key])
            for key, row in scores.iterrows()
            if row.isna().any()
        },
    )


def _scores(
    found: Sequence[PriorityFinding],
    criteria: Sequence[Criterion],
    findings: Mapping[str, str],
    records: int,
) -> tuple[pd.DataFrame, dict[str, frozenset[str]]]:
    import pandas as pd

    rows: dict[str, dict[str, float | None]] = {}
    suggested = {}
    for finding in found:
        given = dict(finding.priority.scores) if finding.priority else {}
        offered = {
            c.key: suggested_score(findings[c.key], finding, criterion=c, records=records)
            for c in criteria
            if c.key in findings and c.key not in given
        }
        rows[finding.key] = {c.key: given.get(c.key, offered.get(c.key)) for c in criteria}
        suggested[finding.key] = frozenset(k for k, score in offered.items() if score is not None)
    frame = pd.DataFrame.from_dict(rows, orient="index", dtype=float)
    return frame.reindex(columns=[c.key for c in criteria]), suggested


def _ranking(
    found: Sequence[PriorityFinding],
    scores: pd.DataFrame,
    criteria: Sequence[Criterion],
    matrix: Matrix | None,
    top: int,
) -> pd.DataFrame:
    import pandas as pd

    from cspanalysis.methods import rank_sensitivity

    columns = ["score", "rank", "in_top", "best", "worst", "confidence"]
    if not criteria:
        return pd.DataFrame(index=scores.index, columns=columns, dtype=float)
    scales = pd.DataFrame(
        {
            "weight": [c.weight for c in criteria],
            "lowest": [c.lowest for c in criteria],
            "highest": [c.highest for c in criteria],
            "group": [c.group or "" for c in criteria],
        },
        index=[c.key for c in criteria],
    )
    sure = [(f.priority.confidence if f.priority else None) or "not given" for f in found]
    issues = scores.assign(confidence=sure)
    return rank_sensitivity(issues, scales, formula=matrix.formula if matrix else "sum", top=top)


def _volume_step(finding: PriorityFinding, records: int) -> int | None:
    if finding.leading is None or finding.leading.after is None or not records:
        return None
    if finding.leading.measure.by_partners:
        return None
    share = 100 * finding.leading.after / records
    return sum(share >= step for step in STEPS)


def _trend_step(finding: PriorityFinding) -> int | None:
    change = finding.leading
    if change is None or change.verdict is None:
        return None
    if change.measure.good == "none":
        return 2
    worse = "higher" if change.measure.good == "lower" else "lower"
    if change.stands_out:
        return 4 if change.verdict == worse else 0
    variation = finding.trend.variation if finding.trend else "common"
    return {"concern": 3, "improvement": 1}.get(variation, 2)


def _comparison_step(finding: PriorityFinding) -> int | None:
    """Tell the standing in five steps; a high rate scores high."""
    standing = finding.standing
    if standing is None:
        return None
    rate, others = standing.own.rate, standing.others
    if all(rate.lower > level.rate.upper for level in others):
        return 4
    if all(rate.upper < level.rate.lower for level in others):
        return 0
    return {"above": 3, "below": 1}.get(standing.against_median, 2)
