"""Progress: how far the last plan was carried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import number_word, percent_text
from cspanalysis.findings.wording.sentences import date_text, plural, sentence, some_of
from cspanalysis.partnership.plans import LastPlan
from cspanalysis.partnership.work import Action, ActionStatus, Priority
from cspanalysis.vocabulary.listed import joined

__all__ = ["Progress"]

STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a plan was carried out, action by action.

    Parameters
    ----------
    plan
        The plan.
    priorities
        The priorities that its actions served.
    on
        Day by which dates are judged: the last of the report's period.
    """

    plan: LastPlan
    priorities: tuple[Priority, ...]
    on: date

    @property
    def actions(self) -> tuple[Action, ...]:
        """The plan's actions, in its order."""
        return self.plan.actions

    def told_status(self, action: Action) -> str:
        """Give the status of an action; of one past its date that it is overdue as well."""
        return f"overdue, marked {action.status}" if action in self.past_due else action.status

    def served(self, action: Action) -> str:
        """Name the priority that an action served; empty for the plan as a whole."""
        return next((p.title for p in self.priorities if p.key == action.priority), "")

    def with_status(self, status: ActionStatus) -> tuple[Action, ...]:
        """Give the actions of a status, in the plan's order."""
        return tuple(action for action in self.actions if action.status == status)

    @property
    def past_due(self) -> tuple[Action, ...]:
        """Actions that nobody calls late, whose date has passed without their being done."""
        open_ones = (*self.with_status("on track"), *self.with_status("not started"))
        return tuple(a for a in open_ones if a.due is not None and a.due <= self.on)

    @property
    def without_evidence(self) -> tuple[Action, ...]:
        """Actions called done with nothing that shows it."""
        return tuple(a for a in self.with_status("done") if not (a.evidence or a.outcome))

    @property
    def share_done(self) -> float | None:
        """Percentage of the actions that are done; None without actions."""
        if not self.actions:
            return None
        return 100 * len(self.with_status("done")) / len(self.actions)

    @property
    def title(self) -> str:
        """How many actions are done, and their share."""
        if not self.actions:
            return f"No actions of '{self.plan.title}' are recorded"
        done = some_of(len(self.with_status("done")), len(self.actions), "action", "done")
        share = "" if self.share_done in {0, 100} else f" ({percent_text(self.share_done)})"
        return sentence(f"{done}{share}")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which plan it was and what of it is not done; then what needs a word, one text each."""
        plan = f"The last plan, '{self.plan.title}', covered {self.plan.months.label}."
        others = joined(list(self._others()))
        return (f"{plan} {sentence(others)}." if others else plan, *self._doubts())

    def values(self) -> Iterator[Value]:
        """Give the numbers of the plan's progress by key."""
        counts = [("actions", "in all", len(self.actions))]
        counts += [(s.replace(" ", "-"), s, len(self.with_status(s))) for s in STATUSES]
        counts += [("overdue", "overdue", len(self.past_due))]
        for key, words, number in counts:
            yield Value(
                key=f"plan.{key}",
                value=number,
                text=number_word(number),
                unit="actions",
                label=f"Actions of the last plan: {words}",
            )
        share = self.share_done
        if share is not None:
            yield Value(
                key="plan.share-done",
                value=share,
                text=percent_text(share),
                unit="%",
                label="Actions of the last plan: share done",
            )

    def _others(self) -> Iterator[str]:
        for status in STATUSES[1:]:
            if found := tuple(a for a in self.with_status(status) if a not in self.past_due):
                named = f" ({_named(found)})" if status in {"late", "stopped"} else ""
                number = f"{number_word(len(found))} {plural('action', len(found))}"
                yield f"{number} {'is' if len(found) == 1 else 'are'} {status}{named}"
        if found := self.past_due:
            number = f"{number_word(len(found))} {plural('action', len(found))}"
            yield f"{number} {'is' if len(found) == 1 else 'are'} overdue"

    def _doubts(self) -> Iterator[str]:
        for action in self.past_due:
            due = date_text(action.due, otherwise="")
            yield f"'{action.action}' is overdue: due on {due} and marked '{action.status}'."
        if missing := self.without_evidence:
            number = f"{number_word(len(missing))} {plural('action', len(missing))} marked done"
            verb = "carries" if len(missing) == 1 else "carry"
            yield sentence(f"{number} {verb} no evidence: {_named(missing)}.")


def _named(actions: tuple[Action, ...]) -> str:
    return joined([f"'{action.action}'" for action in actions])
