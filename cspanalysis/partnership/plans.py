"""The plans that a partnership's work is held against: its own last one, and the police's."""

from __future__ import annotations

from cspanalysis.partnership.fields import Part, PeriodField
from cspanalysis.partnership.work import Action

__all__ = ["LastPlan", "PolicePlan"]


class LastPlan(Part):
    """Hold the plan that this assessment looks back on.

    Parameters
    ----------
    title
        Its name.
    months
        The months that it was for.
    actions
        Its actions, each with how far it came.
    """

    title: str
    months: PeriodField
    actions: tuple[Action, ...] = ()


class PolicePlan(Part):
    """Hold the police and crime plan that priorities are held against.

    Parameters
    ----------
    title
        Its name.
    objectives
        Its objectives, in its words.
    """

    title: str
    objectives: tuple[str, ...] = ()
