"""What several targets say together, in a title and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.findings.priorities.targets import (
    CANNOT_BE_SAID,
    WITHIN_CHANCE,
    Status,
    TargetFinding,
    amount_text,
    yearly_of,
)
from cspanalysis.findings.wording.numbers import count_text, day_text, in_period, number_word
from cspanalysis.partnership import Partnership
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import joined

__all__ = ["no_targets", "target_in_short", "targets_by_status", "targets_title"]


def targets_title(found: Sequence[TargetFinding]) -> str:
    """Write the title of the table of targets: its finding."""
    held = [f for f in found if f.target is not None]
    if not held:
        return "No target is set"
    due = [f for f in held if f.passed is not False]
    if not due:
        return _title_ahead(held)
    ahead = len(held) - len(due)
    later = f"; {number_word(ahead)} {_is(ahead)} not yet due" if ahead else ""
    return f"{_title_due(due, of_all=not ahead)}{later}"


def _title_due(due: Sequence[TargetFinding], *, of_all: bool) -> str:
    met = sum(f.status == "met" for f in due)
    missed = sum(f.status == "not met" for f in due)
    if len(due) == 1:
        return _ONE[due[0].status].format("target" if of_all else "target that is due")
    share = f"of {number_word(len(due))} targets{'' if of_all else ' that are due'}"
    if met:
        return f"{_capital(met)} {share} {_is(met)} clearly met"
    if missed:
        return f"{_capital(missed)} {share} {_is(missed)} clearly missed; none is clearly met"
    return f"None {share} can be called met or missed"


def _title_ahead(held: Sequence[TargetFinding]) -> str:
    if len(held) == 1:
        return _ONE[held[0].status].format("target")
    reached = sum(f.status == "not yet due, reached" for f in held)
    if not reached:
        return f"None of {number_word(len(held))} targets is due yet; none is clearly reached"
    return (
        f"None of {number_word(len(held))} targets is due yet; "
        f"{number_word(reached)} {_is(reached)} clearly reached so far"
    )


def targets_by_status(found: Sequence[TargetFinding]) -> tuple[tuple[Status, str], ...]:
    """Name the measures that have a target under what can be said of them, in few words."""
    named = {
        status: list(dict.fromkeys(_named(f) for f in found if f.target and f.status == status))
        for status in _ORDER
    }
    return tuple((status, joined(names)) for status, names in named.items() if names)


def target_in_short(found: TargetFinding) -> str:
    """Say what a target wants, by when, and what can be said of it, beside the count itself.

    How far the count is from it stands in the table of targets.
    """
    name = f"{found.measure.phrase[:1].upper()}{found.measure.phrase[1:]}"
    amount = _wanted(found) if found.value is None else f"{found.way} {amount_text(found.value)}"
    by = f" by {day_text(found.aim.by.isoformat())}" if found.aim.by else ""
    told = f"{name}: {amount}{by}{_start(found)}."
    return " ".join(filter(None, (told, _stands(found), found.remark)))


def _wanted(found: TargetFinding) -> str:
    """Say what a target wants that comes to no number in the period."""
    yearly = yearly_of(found.target) if found.target else None
    if yearly is not None:
        return f"{found.way} {amount_text(yearly)} in twelve months"
    return f"{found.share} than {in_period(found.baseline)}"


def _start(found: TargetFinding) -> str:
    """Say what a target starts from, where that is a count of its own."""
    if found.value is None or not found.share:
        return ""
    if found.before is None or found.target is None or found.target.change is None:
        return f" ({found.share})"
    return f" ({found.share} than the {count_text(found.before)} {in_period(found.baseline)})"


def _stands(found: TargetFinding) -> str:
    """Say how the count stands to its target; before its day, what would show of it."""
    if not found.known:
        return found.reason
    shows = found.power.in_short(found.period) if found.power else ""
    if found.passed is False and found.status == "not yet due, within chance":
        return shows
    side = "above" if found.way == "at most" else "below"
    said = _SAID[found.status].format(side)
    return f"{said} {shows}".strip() if found.status == WITHIN_CHANCE else said


_SAID: dict[Status, str] = {
    "met": "It is met, by more than chance alone would give.",
    "not met": "It is not met, by more than chance alone would give.",
    WITHIN_CHANCE: "The count is so near that chance can put it on either side.",
    "not yet due, reached": "It is reached already, by more than chance alone would give.",
    "not yet due, not reached": "The count is still {} it, by more than chance alone would give.",
}
_ONE: dict[Status, str] = {
    "met": "The one {} is met",
    "not met": "The one {} is not met",
    WITHIN_CHANCE: "The one {} can't be called met or missed: chance explains the distance",
    CANNOT_BE_SAID: "Whether the one {} is met can't be said",
    "not yet due, reached": "The one {} is not yet due, and clearly reached so far",
    "not yet due, not reached": "The one {} is not yet due, and clearly not reached so far",
    "not yet due, within chance": "The one {} is not yet due; so far chance explains the distance",
    "not yet due, no figure": "The one {} is not yet due; how it stands can't be said",
}
_ORDER: tuple[Status, ...] = (
    "not met",
    "met",
    WITHIN_CHANCE,
    CANNOT_BE_SAID,
    *(
        "not yet due, not reached",
        "not yet due, reached",
        "not yet due, within chance",
        "not yet due, no figure",
    ),
)


def no_targets(partnership: Partnership | None, area: Area) -> str:
    """Say in a sentence that no target is set; empty where one is."""
    if area.kind != "csp":
        return f"No targets are known for {area.name}: they are set for whole partnerships."
    if partnership is None:
        return f"No targets were supplied for {area.name}."
    if any(aim.target for priority in partnership.priorities for aim in priority.measures):
        return ""
    return "The plan sets no targets that could be measured."


def _named(found: TargetFinding) -> str:
    """Name the measure; where a target that is met is no good news by itself, say so."""
    if found.status not in {"met", "not yet due, reached"} or not found.remark:
        return found.measure.phrase
    kind = "police activity" if found.measure.police_activity else "neither good nor bad by itself"
    return f"{found.measure.phrase} ({kind})"


def _capital(number: int) -> str:
    return number_word(number).capitalize()


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
