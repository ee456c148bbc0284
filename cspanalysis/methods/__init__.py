"""Statistics: numbers or frames in, frames out; no files, no drawing, no words.

Names are loaded when first used, so that importing this package imports neither scipy nor
statsmodels.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cspanalysis.methods.comparison import Dispersion, adjust, compare, dispersion, verdict
    from cspanalysis.methods.control_chart import assurance, per_day, variation, xmr
    from cspanalysis.methods.divergence import compare_changes
    from cspanalysis.methods.intervals import newcombe_interval, poisson_interval, wilson_interval
    from cspanalysis.methods.rates import proportion, rate

__all__ = [
    "Dispersion",
    "adjust",
    "assurance",
    "compare",
    "compare_changes",
    "dispersion",
    "newcombe_interval",
    "per_day",
    "poisson_interval",
    "proportion",
    "rate",
    "variation",
    "verdict",
    "wilson_interval",
    "xmr",
]

_HOMES = {
    "Dispersion": "comparison",
    "adjust": "comparison",
    "compare": "comparison",
    "dispersion": "comparison",
    "verdict": "comparison",
    "assurance": "control_chart",
    "per_day": "control_chart",
    "variation": "control_chart",
    "xmr": "control_chart",
    "compare_changes": "divergence",
    "newcombe_interval": "intervals",
    "poisson_interval": "intervals",
    "wilson_interval": "intervals",
    "proportion": "rates",
    "rate": "rates",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
