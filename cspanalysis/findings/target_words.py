"""What several targets say together, in a title and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.findings.targets import CANNOT_BE_SAID, WITHIN_CHANCE, Status, TargetFinding
from cspanalysis.findings.words import joined, number_word
from cspanalysis.partnership import Partnership
from cspanalysis.vocabulary import Area

__all__ = ["no_targets", "targets_by_status", "targets_title"]


def targets_title(found: Sequence[TargetFinding]) -> str:
    """Write the title of the table of targets: its finding."""
    held = [f for f in found if f.target is not None]
    if not held:
        return "No target is set"
    met = sum(f.status == "met" for f in held)
    missed = sum(f.status == "not met" for f in held)
    if len(held) == 1:
        return _ONE[held[0].status]
    share = f"of {number_word(len(held))} targets"
    if met:
        return f"{_capital(met)} {share} {_is(met)} clearly met"
    if missed:
        return f"{_capital(missed)} {share} {_is(missed)} clearly missed; none is clearly met"
    return f"None {share} can be called met or missed"


def targets_by_status(found: Sequence[TargetFinding]) -> tuple[tuple[Status, str], ...]:
    """Name the measures that have a target under what can be said of them, in few words."""
    named = {
        status: list(dict.fromkeys(_named(f) for f in found if f.target and f.status == status))
        for status in _ORDER
    }
    return tuple((status, joined(names)) for status, names in named.items() if names)


_ONE: dict[Status, str] = {
    "met": "The one target is met",
    "not met": "The one target is not met",
    WITHIN_CHANCE: "The one target can't be called met or missed: chance explains the distance",
    CANNOT_BE_SAID: "Whether the one target is met can't be said",
}
_ORDER: tuple[Status, ...] = ("not met", "met", WITHIN_CHANCE, CANNOT_BE_SAID)


def no_targets(partnership: Partnership | None, area: Area) -> str:
    """Say in a sentence why no target is shown and what to do; empty where one is set."""
    if area.kind != "csp":
        return (
            f"No targets are known for {area.name}: partnerships alone have a file to set them in."
        )
    file = f"data/partnerships/{area.slug}/partnership.yml"
    if partnership is None:
        return (
            f"No targets are known for {area.name}: it has no partnership file. "
            f"Write one at {file}."
        )
    if any(aim.target for priority in partnership.priorities for aim in priority.measures):
        return ""
    return f"The plan sets no targets: add 'target' to a priority's measures in {file}."


def _named(found: TargetFinding) -> str:
    """Name the measure; where a target that is met is no good news by itself, say so."""
    if found.status != "met" or not found.remark:
        return found.measure.phrase
    kind = "police activity" if found.measure.police_activity else "neither good nor bad by itself"
    return f"{found.measure.phrase} ({kind})"


def _capital(number: int) -> str:
    return number_word(number).capitalize()


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
