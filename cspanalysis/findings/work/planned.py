"""Planned: a priority as a committee reads it, its actions and what its figures say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import TO_BE_CONFIRMED, count_text, day_text
from cspanalysis.findings.wording.sentences import counted, sentence
from cspanalysis.partnership.work import PlannedAction, Priority
from cspanalysis.vocabulary.listed import joined

__all__ = ["Planned", "stands_beside"]


@dataclass(frozen=True, slots=True)
class Planned:
    """Hold a priority, what is planned for it, and the changes of its measures.

    Parameters
    ----------
    priority
        The priority as the partnership's file has it.
    changes
        Changes of the report by code of their measure.
    """

    priority: Priority
    changes: Mapping[str, Change]

    @property
    def why(self) -> str:
        """Why it is a priority, and who answers for it."""
        owner = f"Owner: {self.priority.owner}." if self.priority.owner else ""
        return " ".join(filter(None, (self.priority.why, owner)))

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions, each with its owner and its date where they say more than the intro."""
        return tuple(self._said(action) for action in self.priority.actions)

    @property
    def intro(self) -> str:
        """How many actions are planned, and by when; empty where none is."""
        actions = self.priority.actions
        if not actions:
            return ""
        first = sentence(counted(len(actions), "action"))
        verb = "is" if len(actions) == 1 else "are"
        if self._one_date:
            return f"{first} {verb} planned, due by {day_text(str(actions[0].due))}:"
        dated = sum(action.due is not None for action in actions)
        if not dated:
            return f"{first} {verb} planned, with no date set:"
        if dated == len(actions):
            return f"{first} {verb} planned:"
        few = "one has" if dated == 1 else f"{counted(dated, 'action').split()[0]} have"
        return f"{first} {verb} planned, of which {few} a date:"

    @property
    def figures(self) -> str:
        """What the report's figures say of the measures of the priority; empty without measures."""
        held = [self.changes.get(aim.measure.code) for aim in self.priority.measures]
        found = [change for change in held if change is not None]
        absent = [
            aim.measure.phrase
            for aim, change in zip(self.priority.measures, held, strict=True)
            if change is None
        ]
        parts = (*_clear(found), _quiet(found), _open(found), _missing(absent))
        return " ".join(filter(None, parts))

    @property
    def _one_date(self) -> bool:
        dates = {action.due for action in self.priority.actions}
        return len(dates) == 1 and None not in dates

    def _said(self, action: PlannedAction) -> str:
        due = "" if self._one_date or not action.due else f"by {day_text(str(action.due))}"
        facts = ", ".join(filter(None, (action.owner, due)))
        return f"{action.action.rstrip('.')} ({facts})." if facts else action.action


def stands_beside(priorities: Sequence[Priority]) -> str:
    """Say how many priorities and actions stand beside the figures; empty without priorities."""
    if not priorities:
        return ""
    actions = counted(sum(len(priority.actions) for priority in priorities), "action")
    verb = "stands" if len(priorities) == 1 else "stand"
    named = sentence(counted(len(priorities), "priority"))
    return f"{named}, with {actions} planned, {verb} beside these figures."


def _clear(found: list[Change]) -> list[str]:
    return [
        f"{sentence(c.measure.phrase)} {'are' if c.measure.plural else 'is'} clearly {c.verdict}: "
        f"{_counts(c)}. {c.measure.reading}".strip()
        for c in found
        if c.stands_out
    ] + [
        f"{sentence(c.measure.phrase)} {'are' if c.measure.plural else 'is'} {c.verdict}: "
        f"{_counts(c)}."
        for c in found
        if c.possible
    ]


def _quiet(found: list[Change]) -> str:
    lines = [f"{c.measure.phrase} ({_counts(c)})" for c in found if c.quiet]
    return f"There is no clear change in {joined(lines)}." if lines else ""


def _open(found: list[Change]) -> str:
    awaited = [c.measure.phrase for c in found if c.status == TO_BE_CONFIRMED]
    refused = [c.measure.phrase for c in found if c.verdict is None and c.status != TO_BE_CONFIRMED]
    parts = (
        f"The figure of {joined(awaited)} is still to be confirmed." if awaited else "",
        f"No comparison is made of {joined(refused)}." if refused else "",
    )
    return " ".join(filter(None, parts))


def _missing(names: list[str]) -> str:
    return f"The report holds no figures of {joined(names)}." if names else ""


def _counts(change: Change) -> str:
    return f"{count_text(change.before)} to {count_text(change.after)}"
