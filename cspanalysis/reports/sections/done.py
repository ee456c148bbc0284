"""What was done about a priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.priorities.target_words import targets_title
from cspanalysis.reports.sections.absent import absent
from cspanalysis.reports.sections.commentary import section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["done"]


def done(facts: Facts) -> Block:
    """Show what was done: actions of the last plan, projects and targets."""
    progress, projects, targets = (
        facts.focused.own_progress,
        facts.focused.own_projects,
        facts.focused.own_targets,
    )
    if facts.focused.focus.priority is None:
        return absent(facts, "No record of work on this was supplied.", "priorities")
    return display.together(
        display.progress_table(progress)
        if progress
        else absent(facts, "No action of the last plan on this was supplied.", "last_plan"),
        display.project_table(projects)
        if projects
        else absent(facts, "No project on this was supplied.", "projects"),
        display.target_table(targets, caption=targets_title(targets))
        if targets
        else absent(facts, "No target is set for this.", "priorities"),
        section(facts, "what-was-done"),
    )
