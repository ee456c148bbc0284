"""The contract of the room: each function's name, parameters, columns and words.

Reports, notebooks and outside checks call by these; change one only together with all of them.
"""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest

import cspanalysis.methods as methods
from cspanalysis.methods import (
    adjust,
    assurance,
    backtest,
    compare,
    concentration,
    dispersion,
    forecast,
    funnel,
    newcombe_interval,
    poisson_interval,
    prediction_accuracy_index,
    priority_scores,
    proportion,
    rate,
    seasonal_profile,
    suppress,
    survey_share,
    variation,
    verdict,
    weighted_displacement_difference,
    wilson_interval,
    xmr,
)

MONTHS = pd.period_range("2021-01", periods=36, freq="M")

# what METHODS asks for: data by position, then options by name with their defaults
SIGNATURES = {
    "poisson_interval": "count, *, confidence=0.95, method='byar'",
    "wilson_interval": "successes, trials, *, confidence=0.95",
    "newcombe_interval": "x1, n1, x2, n2, *, confidence=0.95",
    "rate": "count, denominator, *, per=1000, confidence=0.95",
    "proportion": "successes, trials, *, per=1, confidence=0.95",
    "compare": (
        "before, after, *, exposure_before=1.0, exposure_after=1.0, dispersion=1.0, "
        "freedom=inf, doubt=0.0, confidence=0.95"
    ),
    "dispersion": "counts",
    "adjust": "p_values",
    "verdict": "p_value, p_adjusted, ratio, *, lower=None, upper=None, alpha=0.05",
    "xmr": (
        "values, *, limit_factor=2.66, screen=True, shift_points=7, trend_points=7, rebase_at=(), "
        "apart=(), fix_after=None, improvement='decrease', target=None, clip_at_zero=False"
    ),
    "variation": "chart",
    "assurance": "chart",
    "funnel": (
        "count, denominator, *, kind='rate', target=None, overdispersion=True, winsorise=0.1, "
        "transform='sqrt'"
    ),
    "funnel_limits": "count, denominator, *, sizes",
    "seasonal_profile": "series, *, confidence=0.95, robust=False, per_day=True",
    "seasonal_choice": "series, *, alpha=0.05",
    "forecast": "series, *, horizon, level=(80, 95)",
    "backtest": "series, *, horizon=3, level=(80, 95), first=24",
    "gini": "counts, *, unbiased=False",
    "generalised_gini": "counts, *, unbiased=False",
    "concentration": "counts, *, shares=(0.25, 0.5)",
    "slope_index": "counts, people, rank, *, per=1000, confidence=0.95",
    "hot_spots": (
        "frame, geometry, *, value='count', distance=None, star=True, standardise=False, "
        "false_discovery=0.05"
    ),
    "prediction_accuracy_index": "observed, predicted, *, size=None",
    "harm": "counts, weights",
    "weighted_displacement_difference": (
        "treated, control, *, displacement_treated=(0, 0), displacement_control=(0, 0), "
        "time_weights=(1, 1), area_weights=(1, 1, 1, 1), confidence=0.95"
    ),
    "interrupted_series": "series, *, start, season=True, confidence=0.95",
    "survey_share": "answers, weights=None, *, confidence=0.95, self_selected=False",
    "priority_scores": "issues, criteria, *, formula='sum'",
    "rank_sensitivity": (
        "issues, criteria, *, formula='sum', top=5, score_step=1, weight_share=0.2, draws=2000, "
        "seed=0"
    ),
    "revision": "earlier_vintage, later_vintage",
    "suppress": "table, *, threshold=5, round_to=None, published=(), total='Total'",
    "audit": "table, *editions, threshold=5, round_to=None, total='Total', strict=True",
}


def _plain(function) -> str:
    """Write a signature without its annotations."""
    signature = inspect.signature(function)
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
    ]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty)).strip(
        "()"
    )


@pytest.mark.parametrize("name", SIGNATURES)
def test_parameters_and_defaults(name):
    assert name in methods.__all__
    assert _plain(getattr(methods, name)).rstrip(")") == SIGNATURES[name].rstrip(")")


@pytest.mark.parametrize("name", methods.__all__)
def test_options_come_by_name_after_the_data(name):
    function = getattr(methods, name)
    if inspect.isclass(function):
        return
    for parameter in inspect.signature(function).parameters.values():
        if parameter.default is not parameter.empty and (name, parameter.name) not in {
            ("survey_share", "weights"),
            ("audit", "editions"),
        }:
            assert parameter.kind is parameter.KEYWORD_ONLY, f"{name}: {parameter.name}"


TABLE = pd.DataFrame({"a": [3, 40, 25], "b": [20, 9, 18]})
ISSUES = pd.DataFrame({"harm": [2, 1]}, index=["burglary", "litter"])
CRITERIA = pd.DataFrame({"weight": [1], "lowest": [1], "highest": [3]}, index=["harm"])
COLUMNS = [
    (lambda: rate(5, 1000), "rate lower upper method"),
    (lambda: proportion(5, 10), "value lower upper method"),
    (lambda: compare(8, 17), "change percent_change ratio lower upper p_value method"),
    (
        lambda: xmr([1, 2, 3]),
        "value segment mean moving_range lower upper near_lower near_upper signal meaning",
    ),
    (
        lambda: funnel([5, 6, 7], 10),
        "value z lower_95 upper_95 lower_998 upper_998 phi tau2 position beyond",
    ),
    (
        lambda: seasonal_profile(pd.Series(range(5, 41), index=MONTHS)),
        "index lower upper years reason",
    ),
    (
        lambda: forecast(pd.Series(range(5, 41), index=MONTHS), horizon=2),
        "mean lower_80 upper_80 lower_95 upper_95 method",
    ),
    (
        lambda: backtest(pd.Series(range(5, 41), index=MONTHS)),
        "origins mase bias coverage_80 coverage_95",
    ),
    (lambda: concentration([3, 1]).curve, "place_share crime_share"),
    (lambda: concentration([3, 1]).shares, "crime_share places place_share"),
    (
        lambda: prediction_accuracy_index([1, 2], [2, 1]),
        "observed predicted size crime_share size_share pai pei",
    ),
    (
        lambda: weighted_displacement_difference([9, 5], [8, 8]),
        "local local_error displacement displacement_error total error z p_value lower upper",
    ),
    (
        lambda: survey_share([1, 0]),
        "share lower upper answered unanswered deff effective self_selected",
    ),
    (lambda: priority_scores(ISSUES, CRITERIA), "harm score rank"),
    (lambda: suppress(TABLE), "a b Total"),
]


@pytest.mark.parametrize(("made", "columns"), COLUMNS)
def test_columns(made, columns):
    assert list(made().columns) == columns.split()


def test_pairs_unpack():
    lower, upper = poisson_interval(17)
    assert lower < 17 < upper
    phi, p_value = dispersion([3, 5, 9])
    assert phi > 1 > p_value
    curve, shares = concentration([3, 1])
    assert (len(curve), len(shares)) == (3, 2)


def test_words():
    p_values, ratios = [0.01, 0.01, 0.2], [1.5, 0.5, 1.5]
    assert verdict(p_values, p_values, ratios).tolist() == ["higher", "lower", "can't tell"]
    high = [20, 22, 19, 21, 20, 23, 18, 21, 20, 22, 19, 20, 35]
    low = [*high[:-1], 2]
    last = {
        (which, improvement): variation(xmr(points, improvement=improvement))
        for which, points in (("high", high), ("low", low))
        for improvement in ("increase", "decrease", "neutral")
    }
    assert last == {
        ("high", "increase"): "improvement",
        ("high", "decrease"): "concern",
        ("high", "neutral"): "neutral_high",
        ("low", "increase"): "concern",
        ("low", "decrease"): "improvement",
        ("low", "neutral"): "neutral_low",
    }
    assert variation(xmr(high[:-1])) == "common"
    met = [assurance(xmr(high, target=target)) for target in (100, 20, -100, None)]
    assert met == ["consistently_meets", "hit_or_miss", "consistently_fails", "none"]
    assert assurance(xmr(high, target=100, improvement="neutral")) == "none"


A, B, C, D = [3, 40, 250], [20, 60, 300], [5, 9, 100], [10, 50, 101]
PAIRS = [
    (poisson_interval, (A,)),
    (wilson_interval, (A, B)),
    (newcombe_interval, (A, B, C, D)),
]
FRAMES = [(rate, (A, B)), (proportion, (A, B)), (compare, (A, C))]
FORMS = [tuple, np.array, pd.Series, lambda x: pd.Series(x, dtype="Int64"), pd.Index]


@pytest.mark.parametrize(("function", "data"), PAIRS)
@pytest.mark.parametrize("form", FORMS)
def test_intervals_take_numbers_in_any_form(function, data, form):
    for one_by_one, together in zip(
        zip(*(function(*line) for line in zip(*data, strict=True)), strict=True),
        function(*map(form, data)),
        strict=True,
    ):
        np.testing.assert_array_equal(one_by_one, together)


@pytest.mark.parametrize(("function", "data"), FRAMES)
@pytest.mark.parametrize("form", FORMS)
def test_frames_take_numbers_in_any_form(function, data, form):
    lines = pd.concat([function(*line) for line in zip(*data, strict=True)], ignore_index=True)
    pd.testing.assert_frame_equal(lines, function(*map(form, data)).reset_index(drop=True))


@pytest.mark.parametrize("form", FORMS)
def test_rows_of_numbers_come_in_any_form(form):
    np.testing.assert_array_equal(adjust(form([0, 1])), [0, 1])
    assert dispersion(form(A)) == dispersion(A)
    pd.testing.assert_frame_equal(xmr(form(A)), xmr(A))
    pd.testing.assert_frame_equal(funnel(form(A), form(B)), funnel(A, B))
    assert methods.gini(form(A)) == methods.gini(A)
    assert methods.generalised_gini(form(A)) == methods.generalised_gini(A)
