"""Strategic assessments for community safety partnerships, from notebooks.

A notebook needs one name: ``Assessment.open(area, period)``. Names are loaded when first used,
so that importing the package costs nothing that was not asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cspanalysis.reports.assessment import Assessment
    from cspanalysis.reports.committee_report import CommitteeReport
    from cspanalysis.reports.data_quality import DataQuality
    from cspanalysis.reports.place_profile import PlaceProfile
    from cspanalysis.reports.priority_profile import PriorityProfile
    from cspanalysis.reports.strategic_assessment import StrategicAssessment
    from cspanalysis.vocabulary import Area, Measure, Period

__version__ = "0.1.0"
__all__ = [
    "Area",
    "Assessment",
    "CommitteeReport",
    "DataQuality",
    "Measure",
    "Period",
    "PlaceProfile",
    "PriorityProfile",
    "StrategicAssessment",
    "__version__",
]

_HOMES = {
    "Area": "cspanalysis.vocabulary",
    "Assessment": "cspanalysis.reports.assessment",
    "CommitteeReport": "cspanalysis.reports.committee_report",
    "DataQuality": "cspanalysis.reports.data_quality",
    "Measure": "cspanalysis.vocabulary",
    "Period": "cspanalysis.vocabulary",
    "PlaceProfile": "cspanalysis.reports.place_profile",
    "PriorityProfile": "cspanalysis.reports.priority_profile",
    "StrategicAssessment": "cspanalysis.reports.strategic_assessment",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cspanalysis' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
