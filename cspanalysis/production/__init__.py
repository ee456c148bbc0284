"""Production: notebooks x areas x periods, to executed notebooks and the truth about each.

It knows notebooks, parameters and run records, and nothing of crime.
"""

from __future__ import annotations

from cspanalysis.production.fingerprints import CurrentHash, Verdict
from cspanalysis.production.plan import Job, Plan, read_plan
from cspanalysis.production.records import RunRecord, state
from cspanalysis.production.results import Event, RunResult, why
from cspanalysis.production.roots import root_of
from cspanalysis.production.run import explain, publish_again, run
from cspanalysis.production.summary import failed_folders, summary
from cspanalysis.production.workers import workers

__all__ = [
    "CurrentHash",
    "Event",
    "Job",
    "Plan",
    "RunRecord",
    "RunResult",
    "Verdict",
    "explain",
    "failed_folders",
    "publish_again",
    "read_plan",
    "root_of",
    "run",
    "state",
    "summary",
    "why",
    "workers",
]
