"""Statistics: numbers or frames in, frames out; no files, no drawing, no words.

Names are loaded when first used, so that importing this package imports neither scipy nor
statsmodels.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cspanalysis.methods.change_model import borrowed_noise, count_noise
    from cspanalysis.methods.comparison import Dispersion, adjust, compare, dispersion
    from cspanalysis.methods.control_chart import assurance, per_day, variation, xmr
    from cspanalysis.methods.control_rules import beyond, shift, trend, two_of_three
    from cspanalysis.methods.disclosure import suppress
    from cspanalysis.methods.disclosure_audit import audit
    from cspanalysis.methods.divergence import compare_changes
    from cspanalysis.methods.evaluation import (
        interrupted_series,
        weighted_displacement_difference,
        weighted_harm_difference,
    )
    from cspanalysis.methods.forecasting import (
        backtest,
        forecast,
        forecast_against_outturn,
        rolling_forecasts,
    )
    from cspanalysis.methods.funnel_curves import funnel_limits
    from cspanalysis.methods.funnels import funnel
    from cspanalysis.methods.gradient import slope_index
    from cspanalysis.methods.harm_index import harm, harm_ratio, harm_total
    from cspanalysis.methods.harmonics import SeasonalChoice, seasonal_choice
    from cspanalysis.methods.intervals import (
        dispersed_interval,
        newcombe_interval,
        poisson_interval,
        wilson_interval,
    )
    from cspanalysis.methods.judging import smallest_change, verdict
    from cspanalysis.methods.level_steps import steps
    from cspanalysis.methods.peers import (
        nearest,
        peer_summary,
        position,
        rank,
        rank_chances,
        rank_interval,
        shrunken_rates,
    )
    from cspanalysis.methods.places import (
        Concentration,
        concentration,
        generalised_gini,
        gini,
        hot_spots,
        prediction_accuracy_index,
    )
    from cspanalysis.methods.priorities import priority_scores, rank_sensitivity
    from cspanalysis.methods.protection import protect
    from cspanalysis.methods.rates import proportion, rate
    from cspanalysis.methods.revisions import revised_months, revision
    from cspanalysis.methods.seasonal_range import usual_range
    from cspanalysis.methods.seasonality import seasonal_profile, seasonally_adjust, stl
    from cspanalysis.methods.simple_forecasts import (
        airline_forecast,
        naive_forecast,
        seasonal_naive_forecast,
    )
    from cspanalysis.methods.survey import design_effect, survey_share
    from cspanalysis.methods.watching import watch

__all__ = [
    "Concentration",
    "Dispersion",
    "SeasonalChoice",
    "adjust",
    "airline_forecast",
    "assurance",
    "audit",
    "backtest",
    "beyond",
    "borrowed_noise",
    "compare",
    "compare_changes",
    "concentration",
    "count_noise",
    "design_effect",
    "dispersed_interval",
    "dispersion",
    "forecast",
    "forecast_against_outturn",
    "funnel",
    "funnel_limits",
    "generalised_gini",
    "gini",
    "harm",
    "harm_ratio",
    "harm_total",
    "hot_spots",
    "interrupted_series",
    "naive_forecast",
    "nearest",
    "newcombe_interval",
    "peer_summary",
    "per_day",
    "poisson_interval",
    "position",
    "prediction_accuracy_index",
    "priority_scores",
    "proportion",
    "protect",
    "rank",
    "rank_chances",
    "rank_interval",
    "rank_sensitivity",
    "rate",
    "revised_months",
    "revision",
    "rolling_forecasts",
    "seasonal_choice",
    "seasonal_naive_forecast",
    "seasonal_profile",
    "seasonally_adjust",
    "shift",
    "shrunken_rates",
    "slope_index",
    "smallest_change",
    "steps",
    "stl",
    "suppress",
    "survey_share",
    "trend",
    "two_of_three",
    "usual_range",
    "variation",
    "verdict",
    "watch",
    "weighted_displacement_difference",
    "weighted_harm_difference",
    "wilson_interval",
    "xmr",
]

_HOMES = {
    "borrowed_noise": "change_model",
    "count_noise": "change_model",
    "Dispersion": "comparison",
    "adjust": "comparison",
    "compare": "comparison",
    "dispersion": "comparison",
    "assurance": "control_chart",
    "per_day": "control_chart",
    "variation": "control_chart",
    "xmr": "control_chart",
    "beyond": "control_rules",
    "shift": "control_rules",
    "trend": "control_rules",
    "two_of_three": "control_rules",
    "suppress": "disclosure",
    "audit": "disclosure_audit",
    "compare_changes": "divergence",
    "interrupted_series": "evaluation",
    "weighted_displacement_difference": "evaluation",
    "weighted_harm_difference": "evaluation",
    "backtest": "forecasting",
    "forecast": "forecasting",
    "forecast_against_outturn": "forecasting",
    "rolling_forecasts": "forecasting",
    "funnel_limits": "funnel_curves",
    "funnel": "funnels",
    "slope_index": "gradient",
    "harm": "harm_index",
    "harm_ratio": "harm_index",
    "harm_total": "harm_index",
    "SeasonalChoice": "harmonics",
    "seasonal_choice": "harmonics",
    "dispersed_interval": "intervals",
    "newcombe_interval": "intervals",
    "poisson_interval": "intervals",
    "wilson_interval": "intervals",
    "smallest_change": "judging",
    "verdict": "judging",
    "steps": "level_steps",
    "nearest": "peers",
    "peer_summary": "peers",
    "position": "peers",
    "rank": "peers",
    "rank_chances": "peers",
    "rank_interval": "peers",
    "shrunken_rates": "peers",
    "Concentration": "places",
    "concentration": "places",
    "generalised_gini": "places",
    "gini": "places",
    "hot_spots": "places",
    "prediction_accuracy_index": "places",
    "priority_scores": "priorities",
    "rank_sensitivity": "priorities",
    "protect": "protection",
    "proportion": "rates",
    "rate": "rates",
    "revised_months": "revisions",
    "revision": "revisions",
    "usual_range": "seasonal_range",
    "seasonal_profile": "seasonality",
    "seasonally_adjust": "seasonality",
    "stl": "seasonality",
    "airline_forecast": "simple_forecasts",
    "naive_forecast": "simple_forecasts",
    "seasonal_naive_forecast": "simple_forecasts",
    "design_effect": "survey",
    "survey_share": "survey",
    "watch": "watching",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
