"""Say what share of people answered so, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats, check_confidence, refuse

__all__ = ["design_effect", "survey_share"]


def design_effect(weights: Any) -> float:
    """Give Kish's design effect of unequal weights: how many times the variance they cost.

    ``deff = n sum(w^2) / sum(w)^2``, 1 where all weights are equal; n / deff is the effective
    sample size.

    Parameters
    ----------
    weights
        One weight a respondent, from 0, in any unit; a respondent of weight 0 counts in n.

    Returns
    -------
    float
        From 1 up. Missing where all weights are 0.

    Raises
    ------
    ValueError
        If there is no weight, or one is missing or negative.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley, section 11.7.

    Examples
    --------
    >>> design_effect([1, 1, 1, 3])
    1.3333333333333333
    """
    found = amounts(weights, "weights")
    # against the largest weight, so that huge or tiny units don't overflow when squared
    found = found / found.max() if found.max() > 0 else np.full(found.shape, np.nan)
    return float(found.size * np.sum(found**2) / np.sum(found) ** 2)


def survey_share(
    answers: Any,
    weights: Any = None,
    *,
    confidence: float = 0.95,
    self_selected: bool = False,
) -> pd.DataFrame:
    """Estimate the share of a population that would answer yes, with Wilson's interval.

    ``p = sum(w x) / sum(w)``; Wilson's limits of p on the effective sample size n / deff, deff
    being Kish's (see `design_effect`).

    Parameters
    ----------
    answers
        1 or True for yes, 0 or False for no, one a respondent. Who did not answer is missing
        (None or NaN) and is left out with their weight, but counted in ``unanswered``.
    weights
        One weight a respondent; all alike by default.
    confidence
        Of the interval.
    self_selected
        True for an open questionnaire. The interval then speaks of the people who chose to answer,
        of nobody else; the frame says so, and so must every report.

    Returns
    -------
    pandas.DataFrame
        One row: ``share``, ``lower``, ``upper``, ``answered``, ``unanswered``, ``deff``,
        ``effective`` (sample size) and ``self_selected``. Without an answer of weight above 0,
        share and limits are missing.

    Raises
    ------
    ValueError
        If an answer is neither 0 nor 1, lengths differ, or a weight is missing or negative.

    References
    ----------
    Wilson (1927), see `wilson_interval`; Kish (1965), see `design_effect`.

    Examples
    --------
    >>> survey_share([1] * 29 + [0] * 78).round(3)[["share", "lower", "upper"]].values.tolist()
    [[0.271, 0.196, 0.362]]
    """
    from cspanalysis.methods.intervals import wilson_limits

    check_confidence(confidence)
    said, weight = _respondents(answers, weights)
    answered = ~np.isnan(said)
    said, weight = said[answered], weight[answered]
    deff = design_effect(weight) if said.size else np.nan
    effective = said.size / deff
    total = weight.sum()
    share = min(float(weight @ said) / total, 1.0) if total > 0 else np.nan
    hits, of = np.array([share * effective]), np.array([effective])
    lower, upper = wilson_limits(hits, of, confidence=confidence)
    row = {"share": share, "lower": lower, "upper": upper, "answered": said.size}
    row |= {"unanswered": int((~answered).sum()), "deff": deff, "effective": effective}
    return pd.DataFrame(row | {"self_selected": self_selected}, index=[0])


def _respondents(answers: Any, weights: Any) -> tuple[Floats, Floats]:
    said = np.asarray(pd.array(list(answers), dtype="Float64").to_numpy(float, na_value=np.nan))
    refuse("answers", said, ~np.isnan(said) & (said != 0) & (said != 1), "is neither 0 nor 1")
    weight = np.ones(said.shape) if weights is None else amounts(weights, "weights")
    if weight.shape != said.shape:
        raise ValueError(f"weights: {weight.size} for {said.size} answers; give one a respondent")
    return said, weight
