"""Errors word for word: what is wrong, where, and what to do."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cspanalysis import methods
from cspanalysis.methods.harmonics import seasonal_choice

MONTHS = pd.period_range("2021-01", periods=24, freq="M")
COUNTS = pd.Series(range(5, 29), index=MONTHS)
ONE = pd.DataFrame({"measure": ["theft"], "weight": [2.0], "table": "own", "version": "1"})
TWO = pd.concat([ONE, ONE.assign(version="2")])
THEFT = pd.Series({"theft": 3})
ISSUES = pd.DataFrame({"harm": [2, 1]}, index=["burglary", "litter"])
CRITERIA = pd.DataFrame({"weight": [1], "lowest": [1], "highest": [3]}, index=["harm"])

ERRORS = [
    (lambda: methods.poisson_interval(-1), "count: -1 at position 0 is negative; give 0 or more"),
    (
        lambda: methods.poisson_interval(1, confidence=95),
        "confidence: 95 is not between 0 and 1; write 0.95 for 95 %",
    ),
    (
        lambda: methods.rate(1, 10, per=0),
        "per: 0; give a number above 0, such as 1000",
    ),
    (lambda: methods.adjust([0.5, 2]), "p_values: 2 at position 1 is not between 0 and 1"),
    (
        lambda: methods.compare(1, 2, exposure_after=0),
        "exposure_after: 0 at position 0 is not above 0",
    ),
    (
        lambda: seasonal_choice([1, 2]),
        "series: the index holds no months; give a Series by month",
    ),
    # places
    (lambda: methods.gini([]), "counts: empty; give at least one value"),
    (lambda: methods.gini([[1, 2]]), "counts: give one row of counts, one a place"),
    (
        lambda: methods.generalised_gini([1, 0.5]),
        "counts: 0.5 at position 1 is not a whole number; counts are whole",
    ),
    (
        lambda: methods.prediction_accuracy_index([1, 2], [1]),
        "observed, predicted, size: lengths differ; give one value a place",
    ),
    (
        lambda: methods.prediction_accuracy_index([1, 2], [1, -2]),
        "predicted: -2 at position 1 is negative; give 0 or more",
    ),
    (
        lambda: methods.prediction_accuracy_index([1, 2], [1, 2], size=[-1, 2]),
        "size: -1 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.prediction_accuracy_index([1, 2], [1, 2], size=[0, 2]),
        "size: a place of size 0; leave it out",
    ),
    # harm
    (
        lambda: methods.harm(THEFT, ONE.drop(columns="table")),
        "weights: no column 'table'; it needs measure, weight, table, version",
    ),
    (
        lambda: methods.harm(THEFT, TWO),
        "weights: more than one table or version (or none); choose one",
    ),
    (
        lambda: methods.harm(pd.concat([THEFT, THEFT]), ONE),
        "counts: a measure stands there twice; give one count a measure",
    ),
    (
        lambda: methods.harm(-THEFT, ONE),
        "counts: -3 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.harm(THEFT, ONE.assign(weight=-1.0)),
        "weights: -1 at position 0 is negative; give 0 or more",
    ),
    # evaluation
    (
        lambda: methods.weighted_displacement_difference([1, -2], [1, 2]),
        "counts: -2 at position 1 is negative; give 0 or more",
    ),
    (
        lambda: methods.weighted_displacement_difference([1, 2], [1, 2], area_weights=(1, 1)),
        "area_weights: (1, 1); give 4 weights above 0",
    ),
    (
        lambda: methods.weighted_displacement_difference([1, 2], [1, 2], time_weights=(1, 0)),
        "time_weights: (1, 0); give 2 weights above 0",
    ),
    (
        lambda: methods.weighted_harm_difference([1, 2], [1], [1, 2]),
        "estimates, errors, weights: lengths differ; give one an offence",
    ),
    (
        lambda: methods.weighted_harm_difference([1], [-1], [1]),
        "errors: -1 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.weighted_harm_difference([1], [1], [-1]),
        "weights: -1 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.weighted_harm_difference([math.nan], [1], [1]),
        "estimates: one is missing or infinite; leave that offence out",
    ),
    (
        lambda: methods.interrupted_series(COUNTS / 2, start="2022-01"),
        "series: 2.5 at position 0 is not a whole number; counts are whole",
    ),
    (
        lambda: methods.interrupted_series(COUNTS.head(20), start="2022-01"),
        "series: a season needs each month twice; give more or season=False",
    ),
    # survey, priorities
    (
        lambda: methods.design_effect([1, -1]),
        "weights: -1 at position 1 is negative; give 0 or more",
    ),
    (
        lambda: methods.survey_share([1, 0], [1, -1]),
        "weights: -1 at position 1 is negative; give 0 or more",
    ),
    (
        lambda: methods.rank_sensitivity(ISSUES, CRITERIA, draws=0),
        "top and draws: from 1; score_step: from 0; weight_share: from 0 to 1",
    ),
    (
        lambda: methods.priority_scores(ISSUES, CRITERIA, formula="vote"),
        "formula 'vote': write one of sum, mean, product, product_of_sums",
    ),
    (
        lambda: methods.priority_scores(pd.concat([ISSUES, ISSUES]), CRITERIA),
        "issues, criteria: a name stands there twice; give each once",
    ),
    (
        lambda: methods.priority_scores(ISSUES, CRITERIA.assign(weight=-1)),
        "criteria, column 'weight': -1 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.priority_scores(ISSUES, CRITERIA.assign(weight=0)),
        "criteria: all weights are 0; give at least one above",
    ),
    (
        lambda: methods.priority_scores(ISSUES.assign(harm=[-1, 1]), CRITERIA),
        "issues: -1 at position 0 is negative; give 0 or more",
    ),
    (
        lambda: methods.priority_scores(ISSUES, CRITERIA.assign(lowest=3)),
        "criteria: a scale ends where it starts; give lowest below highest",
    ),
    (
        lambda: methods.priority_scores(ISSUES, CRITERIA.drop(columns="lowest")),
        "criteria: no column 'lowest'; it needs weight, lowest, highest",
    ),
    # season
    (
        lambda: methods.seasonal_profile([1, 2]),
        "series: a list; give a pandas Series by month",
    ),
    (
        lambda: methods.seasonal_profile(pd.Series([1, 2])),
        "series: its index holds numbers; give the months as index",
    ),
    (
        lambda: methods.forecast_against_outturn(
            pd.DataFrame({"mean": 1.0, "lower_80": 0.0, "upper_80": 2.0}, MONTHS), pd.Series([1])
        ),
        "outturn: its index holds numbers; give the months as index",
    ),
    (
        lambda: methods.seasonally_adjust(
            COUNTS, profile=pd.DataFrame({"index": [1.0, math.nan]}, index=[1, 2])
        ),
        "series can't be adjusted: the index of a month is missing; chart it unadjusted",
    ),
    (
        lambda: methods.seasonally_adjust(
            COUNTS, profile=pd.DataFrame({"index": np.r_[[0.5] * 6, 0, [1.0] * 5]}, range(1, 13))
        ),
        "series can't be adjusted: month 7 has no counts; chart it as it is",
    ),
]


@pytest.mark.parametrize(("call", "message"), ERRORS)
def test_an_error_says_what_where_and_what_to_do(call, message):
    with pytest.raises(ValueError, match=r"^") as caught:
        call()
    assert str(caught.value) == message
