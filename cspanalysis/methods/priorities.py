"""Rank issues by scores that people gave them, and show how much the ranking hangs on them."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats

__all__ = ["priority_scores", "rank_sensitivity"]

Formula: TypeAlias = Literal["sum", "mean", "product", "product_of_sums"]
NEEDED = ("weight", "lowest", "highest")


def priority_scores(
    issues: pd.DataFrame, criteria: pd.DataFrame, *, formula: Formula = "sum"
) -> pd.DataFrame:
    """Score and rank issues by criteria, scales, weights and a formula that are all data.

    ``sum``: ``sum(w x)``. ``mean``: ``sum(w x) / sum(w)``. ``product``: ``prod(x^w)``, such as
    impact x likelihood. ``product_of_sums``: ``sum(w x)`` within each group of criteria, multiplied
    over the groups, such as (physical + financial harm) x (frequency + trend).

    Parameters
    ----------
    issues
        One row an issue, its name as index, one column a criterion. A column ``confidence``, of
        any type, is how sure the scorers are: it is shown beside the score and never enters it.
        Further columns are left out.
    criteria
        One row a criterion, its name as index: ``weight`` (from 0, not all 0), ``lowest`` and
        ``highest`` (ends of its scale, from 0); ``group`` too for ``product_of_sums``.
    formula
        See above.

    Returns
    -------
    pandas.DataFrame
        One row an issue, highest score first: the criteria, ``score``, ``rank`` (1 = first; equal
        scores share the better rank) and ``confidence`` where it was given. An issue with a
        missing score has no score and no rank, and stands last.

    Raises
    ------
    ValueError
        If a criterion has no column, a score lies off its scale, or weights or scales are off.

    Examples
    --------
    >>> issues = pd.DataFrame(
    ...     {"impact": [4, 2, 3], "likelihood": [2, 4, 3], "confidence": ["low", "high", "high"]},
    ...     index=["arson", "shoplifting", "burglary"])
    >>> criteria = pd.DataFrame(
    ...     {"weight": 1, "lowest": 1, "highest": 4}, index=["impact", "likelihood"])
    >>> priority_scores(issues, criteria, formula="product")[["score", "rank"]]
                 score  rank
    burglary       9.0     1
    arson          8.0     2
    shoplifting    8.0     2
    """
    scores, weights, groups = _checked(issues, criteria, formula)
    score = _apply(formula, scores, weights, groups)
    columns = [*criteria.index, *[name for name in issues.columns if name == "confidence"]]
    found = issues[columns].assign(score=score, rank=_ranks(score)).astype({"rank": "Int64"})
    return found.sort_values("rank", kind="stable", na_position="last")


def rank_sensitivity(
    issues: pd.DataFrame,
    criteria: pd.DataFrame,
    *,
    formula: Formula = "sum",
    top: int = 5,
    score_step: float = 1,
    weight_share: float = 0.2,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say how often each issue stays in the top k when scores and weights move a little.

    In each draw every score moves by ``-score_step``, 0 or ``+score_step`` with equal chance (not
    beyond its scale), and every weight is multiplied by a number drawn evenly from
    ``1 - weight_share`` to ``1 + weight_share``.

    Parameters
    ----------
    issues, criteria, formula
        See `priority_scores`.
    top
        The k of the top k.
    score_step, weight_share
        How far scores and weights move; 0 lets them stand.
    draws, seed
        Number of draws and where they start: the same seed gives the same answer.

    Returns
    -------
    pandas.DataFrame
        One row an issue, highest score first: ``score``, ``rank`` (both as scored), ``in_top``
        (share of draws in which it ranks at ``top`` or better, equal ranks included), ``best`` and
        ``worst`` (ranks between which it lies in nine draws of ten), and ``confidence`` where it
        was given. An issue without a rank has none of these.

    Raises
    ------
    ValueError
        See `priority_scores`; or if ``top`` or ``draws`` is below 1, or a step is off.

    Examples
    --------
    >>> issues = pd.DataFrame({"harm": [5, 1]}, index=["robbery", "littering"])
    >>> criteria = pd.DataFrame({"weight": [1], "lowest": [1], "highest": [5]}, index=["harm"])
    >>> rank_sensitivity(issues, criteria, top=1)["in_top"].to_dict()
    {'robbery': 1.0, 'littering': 0.0}
    """
    if top < 1 or draws < 1 or score_step < 0 or not 0 <= weight_share <= 1:
        raise ValueError("top and draws: from 1; score_step: from 0; weight_share: from 0 to 1")
    scored = priority_scores(issues, criteria, formula=formula)
    scores, weights, groups = _checked(issues, criteria, formula)
    dice = np.random.default_rng(seed)
    moves = score_step * dice.integers(-1, 2, (draws, *scores.shape))
    lowest, highest = (criteria[end].to_numpy(float) for end in ("lowest", "highest"))
    moved = np.clip(scores + moves, lowest, highest)
    swung = weights * dice.uniform(1 - weight_share, 1 + weight_share, (draws, 1, len(weights)))
    ranks = _ranks(_apply(formula, moved, swung, groups))
    found = pd.DataFrame(
        {
            "in_top": np.where(np.isnan(ranks[0]), np.nan, np.mean(ranks <= top, axis=0)),
            "best": np.quantile(ranks, 0.05, axis=0, method="inverted_cdf"),
            "worst": np.quantile(ranks, 0.95, axis=0, method="inverted_cdf"),
        },
        index=issues.index,
    )
    kept = [name for name in ("score", "rank", "confidence") if name in scored]
    return scored[kept].join(found)[[*kept[:2], *found.columns, *kept[2:]]]


def _apply(formula: Formula, scores: Floats, weights: Floats, groups: list[Floats]) -> Floats:
    """Apply a formula along the last axis, the criteria."""
    if formula == "product":
        return np.asarray(np.prod(scores**weights, axis=-1), dtype=float)
    if formula == "product_of_sums":
        sums = [np.sum(scores * weights * group, axis=-1) for group in groups]
        return np.asarray(np.prod(sums, axis=0), dtype=float)
    total = np.sum(scores * weights, axis=-1)
    return np.asarray(total / np.sum(weights, axis=-1) if formula == "mean" else total, dtype=float)


def _ranks(score: Floats) -> Floats:
    """Rank along the last axis: 1 is the highest, equal scores share the better rank."""
    # equal but for rounding is equal
    rounded = np.round(score, 9)
    higher = rounded[..., None, :] > rounded[..., :, None]
    return np.where(np.isnan(score), np.nan, 1.0 + higher.sum(axis=-1))


def _checked(
    issues: pd.DataFrame, criteria: pd.DataFrame, formula: str
) -> tuple[Floats, Floats, list[Floats]]:
    if formula not in get_args(Formula):
        raise ValueError(f"formula '{formula}': write one of {', '.join(get_args(Formula))}")
    needed = [*NEEDED, "group"] if formula == "product_of_sums" else [*NEEDED]
    _has(criteria.columns, needed, "criteria: no column")
    _has(issues.columns, criteria.index, "issues: no column")
    if issues.index.has_duplicates or criteria.index.has_duplicates:
        raise ValueError("issues, criteria: a name stands there twice; give each once")
    weights = amounts(criteria["weight"], "criteria, column 'weight'")
    if not weights.any():
        raise ValueError("criteria: all weights are 0; give at least one above")
    scores = amounts(issues[criteria.index], "issues", missing=True)
    _on_scale(issues, scores, criteria)
    group = criteria["group"] if "group" in needed else pd.Series(0, index=criteria.index)
    return scores, weights, [(group == name).to_numpy(float) for name in group.unique()]


def _on_scale(issues: pd.DataFrame, scores: Floats, criteria: pd.DataFrame) -> None:
    lowest, highest = (amounts(criteria[end], f"criteria, column '{end}'") for end in NEEDED[1:])
    if (lowest >= highest).any():
        raise ValueError("criteria: a scale ends where it starts; give lowest below highest")
    for row, column in np.argwhere((scores < lowest) | (scores > highest)):
        raise ValueError(
            f"issues: '{issues.index[row]}' scores {scores[row, column]:g} on "
            f"'{criteria.index[column]}'; its scale is {lowest[column]:g} to {highest[column]:g}"
        )


def _has(columns: pd.Index, needed: pd.Index | list[str], words: str) -> None:
    absent = [str(name) for name in needed if name not in columns]
    if absent:
        raise ValueError(f"{words} '{absent[0]}'; it needs {', '.join(map(str, needed))}")
