"""Rules for what is said of the area beside its force, and of the force itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspanalysis.commentary.claims.matter import Matter, Ruling, counts_fit
from cspanalysis.commentary.claims.patterns import Kind
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import MINIMUM_BASE
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_period,
    rate_text,
    signed_percent_text,
)
from cspanalysis.vocabulary import Area

__all__ = ["FORCE_RULES", "of_the_force"]


def _gap(matter: Matter) -> Ruling:
    own, force = _both(matter)
    if own is None or force is None:
        return _no_force(matter)
    above = matter.statement.sense == "up"
    right = (own > force if above else own < force) is not matter.statement.negated
    return _against_force(matter, right, "against the force")


def _gap_times(matter: Matter) -> Ruling:
    """Judge "twice the rise across the force" by both percentages."""
    own, force = _both(matter)
    if own is None or not force:
        return _no_force(matter)
    right = matter.statement.numbers[0].fits(own / force)
    return _against_force(matter, right, "against the force")


def _rate_gap(matter: Matter) -> Ruling:
    """Judge a rate above or below the force's: rates are set side by side, and not changes."""
    own, force = matter.change.rate, Area.named(matter.change.area.force or matter.change.area)
    value = matter.extra.get(f"rate.{matter.change.measure.code}.{force.slug}")
    if own is None or value is None or value.value is None:
        return _no_force(matter)
    above = own.value > value.value
    right = (above is (matter.statement.sense == "up")) is not matter.statement.negated
    right = right and all(number.fits(value.value) for number in matter.statement.numbers)
    reason = f"The rate is {rate_text(own.value)} here and {value.text} in {force.name}."
    return Ruling.of(right, "rate of the force", reason, value)


def _performs(matter: Matter) -> Ruling:
    own, force = _both(matter)
    if own is None or force is None:
        return _no_force(matter)
    higher_is_good = matter.change.measure.good == "higher"
    better = own > force if higher_is_good else own < force
    right = (better is (matter.statement.sense == "up")) is not matter.statement.negated
    if own == force:
        right = matter.statement.negated
    if right and matter.change.measure.good == "none":
        reason = f"{_beside_force(matter)} Neither direction of this measure is better."
        return matter.ruling(None, "no good direction", reason, "percent_change")
    return _against_force(matter, right, "better than the force")


def _follows(matter: Matter) -> Ruling:
    own, force = _both(matter)
    if own is None or force is None:
        return _no_force(matter)
    alike = own * force > 0 or own == force
    return _against_force(matter, alike is not matter.statement.negated, "direction of the force")


def _apart(matter: Matter) -> Ruling:
    force = matter.change.force
    if force is None or force.gap is None:
        return _no_force(matter)
    apart = matter.statement.kind == "beyond chance"
    right = (force.gap in {"above", "below"}) is apart
    return _against_force(matter, right, "test against the force")


def _gap_beyond_chance(matter: Matter) -> Ruling:
    force = matter.change.force
    if force is None or force.gap is None:
        return _no_force(matter)
    wanted = "above" if matter.statement.sense == "up" else "below"
    return _against_force(matter, force.gap == wanted, "test against the force")


def of_the_force(matter: Matter) -> Ruling:
    """Judge what is said of the force itself: its percentage, its counts or its direction."""
    force, statement = matter.change.force, matter.statement
    if statement.kind in FORCE_RULES:
        return FORCE_RULES[statement.kind](matter)
    if statement.kind == "count":
        return _count_of_force(matter)
    percent = force.percent_change if force else None
    if force is None or percent is None or statement.kind not in _OF_FORCE:
        return _no_force(matter)
    reason = f"In {force.name} it changed by {signed_percent_text(percent)}."
    fits = _OF_FORCE[statement.kind](statement, percent)
    way = {"up": percent >= 0, "down": percent <= 0}.get(statement.sense, True)
    if statement.kind == "change" and not statement.sense:
        way = percent >= 0 or (matter.change.percent_change or 0) < 0
    right = (fits and way) is not statement.negated
    return matter.ruling(right, "change of the force", reason, "force_percent_change")


def _count_of_force(matter: Matter) -> Ruling:
    force, change = matter.change.force, matter.change
    at_baseline = matter.time == "baseline"
    count = None if force is None else force.before if at_baseline else force.after
    if force is None or count is None:
        return _no_force(matter)
    span = change.baseline if at_baseline else change.period
    reason = f"In {force.name} it was {count_text(count)} {in_period(span)}."
    return matter.ruling(
        counts_fit(matter.statement.numbers[0], count), "count of the force", reason
    )


def _range_of_force(statement: Statement, percent: float) -> bool:
    return statement.numbers[0].value <= abs(percent) <= statement.numbers[1].value


_OF_FORCE: Mapping[Kind, Callable[[Statement, float], bool]] = {
    "change": lambda statement, percent: statement.numbers[0].fits(abs(percent)),
    "range": _range_of_force,
    "direction": lambda _, percent: percent != 0,
    "multiple": lambda statement, percent: statement.numbers[0].fits(1 + percent / 100),
}


def _no_force(matter: Matter) -> Ruling:
    reason = "The assessment does not hold this measure against the force."
    return matter.ruling(None, "no figure of the force", reason)


def _against_force(matter: Matter, right: bool, rule: str) -> Ruling:
    names = ("percent_change", "force_percent_change")
    return matter.ruling(right, rule, _beside_force(matter), *names)


def _both(matter: Matter) -> tuple[float | None, float | None]:
    change = matter.change
    own = None if change.refused else change.percent_change
    return own, change.force.percent_change if change.force else None


def _beside_force(matter: Matter) -> str:
    change, force = matter.change, matter.change.force
    own, percent = _both(matter)
    here = f"{change.measure.label} changed {_moved(change.before, change.after, own)} here"
    if force is None:
        return f"{here}."
    return f"{here} and {_moved(force.before, force.after, percent)} in {force.name}."


def _moved(before: int | None, after: int | None, percent: float | None) -> str:
    """Say a change in percent, or in counts where the base is too small for a percentage."""
    if before is None or after is None or before >= MINIMUM_BASE:
        return f"by {signed_percent_text(percent)}"
    return f"from {count_text(before)} to {count_text(after)}"


FORCE_RULES: Mapping[Kind, Callable[[Matter], Ruling]] = {
    "apart": _apart,
    "beyond chance": _apart,
    "follows": _follows,
    "gap": _gap,
    "gap beyond chance": _gap_beyond_chance,
    "gap times": _gap_times,
    "performs": _performs,
    "rate gap": _rate_gap,
}
