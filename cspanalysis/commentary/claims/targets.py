"""Targets: what a target is, whether it was met, and how far a count lies from it."""

from __future__ import annotations

from collections.abc import Mapping

from cspanalysis.commentary.claims.marked import Marked
from cspanalysis.commentary.claims.matter import NO_TARGET, Ruling
from cspanalysis.commentary.claims.signals import TARGET
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_period

__all__ = ["rule_beside_target", "rule_on_target", "rule_on_target_itself"]


def rule_on_target_itself(
    statement: Statement, change: Change, values: Mapping[str, Value]
) -> Ruling | None:
    """Judge a number that is said to be a measure's target; None where none is recorded.

    Of "120 against 100" the second is.
    """
    held = _held(change, values)
    if held is None or not statement.numbers or ("%" in statement.words) != (held.unit == "%"):
        return None
    target, *count = statement.numbers
    right = target.fits(held.value or 0.0) and all(n.fits(change.after or 0) for n in count)
    return _told(held, right, f"{held.label} is {held.text}.")


def rule_beside_target(
    statement: Statement, marked: Marked, change: Change, values: Mapping[str, Value]
) -> Ruling | None:
    """Support "missed its target (120 against 100)"; None where these may be other counts."""
    if statement.kind != "two counts" or not TARGET.search(marked.text[: statement.start]):
        return None
    ruling = rule_on_target_itself(statement, change, values)
    return ruling if ruling is not None and ruling.verdict == "supported" else None


def rule_on_target(
    statement: Statement, change: Change, values: Mapping[str, Value], *, own: bool
) -> Ruling:
    """Judge "met its target" and "9 above target" by the count; `own` where it is of the period."""
    held, count = _held(change, values), change.after
    if held is None or not held.value or count is None or not own:
        return NO_TARGET
    gap = count - held.value
    if statement.sense:
        right = (gap > 0) is (statement.sense == "up") and gap != 0
    else:
        met = gap <= 0 if "at most" in held.label else gap >= 0
        right = met is not statement.negated
    size = abs(100 * gap / held.value if "%" in statement.words else gap)
    right = right and all(number.fits(size) for number in statement.numbers)
    reason = f"{held.label} is {held.text}; {in_period(change.period)} it was {count_text(count)}."
    return _told(held, right, reason)


def _held(change: Change, values: Mapping[str, Value]) -> Value | None:
    """Give the one target that is recorded for a measure; None where there are several."""
    end = f".{change.measure.code}.value"
    held = [v for k, v in values.items() if k.startswith("target.") and k.endswith(end) and v.value]
    return held[0] if len(held) == 1 else None


def _told(held: Value, right: bool, reason: str) -> Ruling:
    return Ruling.of(right, "target", reason, held)
