"""Production: notebooks x areas x periods, to executed notebooks and the truth about each.

It knows notebooks, parameters and run records, and nothing of crime.
"""

from __future__ import annotations

from cspanalysis.production.plan import Job, Plan, read_plan
from cspanalysis.production.records import RunRecord, state
from cspanalysis.production.run import Event, RunResult, publish_again, run, why

__all__ = [
    "Event",
    "Job",
    "Plan",
    "RunRecord",
    "RunResult",
    "publish_again",
    "read_plan",
    "run",
    "state",
    "why",
]
