"""How one statement of one measure is judged against its change: a rule and a reason each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cspanalysis.findings.claims.binding import Place, Time
from cspanalysis.findings.claims.claim import ClaimVerdict, HeldAgainst
from cspanalysis.findings.claims.numbers import Written
from cspanalysis.findings.claims.statements import Kind, Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value, key_of, values_of
from cspanalysis.findings.words import count_text, percent_text, rate_text, signed_percent_text

__all__ = ["Ruling", "rule_on"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Hold how a statement was judged."""

    verdict: ClaimVerdict
    rule: str
    reason: str
    held_against: HeldAgainst | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """Hold a statement with the change that it is held against, and where and when it holds."""

    statement: Statement
    change: Change
    place: Place
    time: Time
    extra: Mapping[str, Value]
    chance_said: bool = False

    def ruling(self, right: bool | None, rule: str, reason: str, *names: str) -> Ruling:
        """Judge: right, wrong, or (None) not to be judged; `names` are the values held against."""
        verdict: ClaimVerdict = "not traceable"
        if right is not None:
            verdict = "supported" if right else "contradicted"
        values = values_of([self.change])
        held = [values[key_of(self.change, name)] for name in names]
        joint = " to " if "count" in names else " against "
        against = HeldAgainst(
            " ".join(value.key for value in held), joint.join(value.text for value in held)
        )
        return Ruling(verdict, rule, reason, against if held else None)


def rule_on(
    statement: Statement,
    change: Change,
    *,
    place: Place = "here",
    time: Time = "period",
    extra: Mapping[str, Value] | None = None,
    chance_said: bool = False,
) -> Ruling:
    """Judge one statement of one measure.

    The rules, in short. A stated size or pair of counts is arithmetic: it is held against the
    values, whether or not chance explains them. A bare direction ("rose") says that something
    changed: it is supported only where chance does not explain the change, or where the sentence
    says itself that chance may (`chance_said`). A comparison that was refused supports and contradicts nothing. A comparison with the force is arithmetic as
    well, unless it claims more than chance; "better" needs a measure with a good direction.
    """
    matter = Matter(statement, change, place, time, extra or {}, chance_said)
    if place == "elsewhere":
        return matter.ruling(None, "other area", "The assessment holds no figures of that area.")
    if time == "other":
        return matter.ruling(None, "other time", "The assessment holds no figures of that time.")
    if place == "force":
        return _of_the_force(matter)
    return _RULES[statement.kind](matter)


# Counts


def _count(matter: Matter) -> Ruling:
    name = "baseline_count" if matter.time == "baseline" else "count"
    actual = matter.change.before if matter.time == "baseline" else matter.change.after
    if actual is None:
        return _absent(matter)
    written = matter.statement.numbers[0]
    right = _counts_fit(written, actual) and _way_fits(matter)
    return matter.ruling(right, "count", f"{_facts(matter.change)}.", name)


def _two_counts(matter: Matter) -> Ruling:
    change, (first, second) = matter.change, matter.statement.numbers
    if change.before is None or change.after is None:
        return _absent(matter)
    right = _counts_fit(first, change.before) and _counts_fit(second, change.after)
    right = right and _way_fits(matter)
    return matter.ruling(right, "counts", f"{_facts(change)}.", "baseline_count", "count")


def _difference(matter: Matter) -> Ruling:
    if (difference := matter.change.change) is None:
        return _absent(matter)
    right = _counts_fit(matter.statement.numbers[0], abs(difference)) and _way_fits(matter)
    return matter.ruling(right, "difference", f"{_facts(matter.change)}.", "count")


def _same_number(matter: Matter) -> Ruling:
    if (difference := matter.change.change) is None:
        return _absent(matter)
    return matter.ruling(difference == 0, "counts", f"{_facts(matter.change)}.", "count")


# Sizes


def _percentage(matter: Matter) -> Ruling:
    change, statement = matter.change, matter.statement
    if change.percent_change is None or change.refused:
        return _absent(matter)
    right = statement.numbers[0].fits(abs(change.percent_change))
    right = right and (_way_fits(matter) or abs(change.percent_change) < 0.05)
    return matter.ruling(right, "percent change", f"{_facts(change)}.", "percent_change")


def _range(matter: Matter) -> Ruling:
    change = matter.change
    if change.percent_change is None or change.refused:
        return _absent(matter)
    low, high = (w.value - w.step for w in matter.statement.numbers)
    right = low <= abs(change.percent_change) <= high + 1 and _way_fits(matter)
    return matter.ruling(right, "percent change", f"{_facts(change)}.", "percent_change")


def _interval(matter: Matter) -> Ruling:
    change = matter.change
    if change.lower is None or change.upper is None:
        return _absent(matter)
    limits = sorted(100 * (limit - 1) for limit in (change.lower, change.upper))
    if matter.statement.sense == "down":
        limits = sorted(-limit for limit in limits)
    right = all(w.fits(x) for w, x in zip(matter.statement.numbers, limits, strict=True))
    text = f"The interval of the change is {percent_text(limits[0])} to {percent_text(limits[1])}."
    return matter.ruling(right, "interval", text, "percent_change")


def _multiple(matter: Matter) -> Ruling:
    change = matter.change
    if not change.before or change.after is None or change.refused:
        return _absent(matter)
    right = matter.statement.numbers[0].fits(change.after / change.before)
    return matter.ruling(right, "ratio", f"{_facts(change)}.", "ratio")


def _rate(matter: Matter) -> Ruling:
    rate = matter.change.rate
    if rate is None or matter.time != "period":
        return _absent(matter)
    reason = f"The rate is {rate_text(rate.value)} per {rate.per:,} {rate.denominator}."
    return matter.ruling(matter.statement.numbers[0].fits(rate.value), "rate", reason, "rate")


# Directions


def _direction(matter: Matter) -> Ruling:
    change, statement = matter.change, matter.statement
    if change.verdict is None:
        return _absent(matter)
    wanted = {"up": "higher", "down": "lower"}.get(statement.sense)
    clear = change.stands_out if wanted is None else change.verdict == wanted
    if statement.negated:
        return matter.ruling(not clear, "no change", f"{_facts(change)}.", "percent_change")
    if change.stands_out:
        return matter.ruling(clear, "direction", f"{_facts(change)}.", "percent_change")
    if not _way_fits(matter):
        return matter.ruling(False, "direction", f"{_facts(change)}.", "percent_change")
    if matter.chance_said:
        return matter.ruling(True, "chance is said", f"{_facts(change)}.", "percent_change")
    return matter.ruling(False, "chance explains it", f"{_facts(change)}.", "percent_change")


def _nothing_clear(matter: Matter) -> Ruling:
    change = matter.change
    if change.verdict is None:
        return _absent(matter)
    right = not change.stands_out
    return matter.ruling(right, "no change", f"{_facts(change)}.", "percent_change")


# Against the force


def _gap(matter: Matter) -> Ruling:
    own, force = _both(matter)
    if own is None or force is None:
        return _no_force(matter)
    above = matter.statement.sense == "up"
    right = (own > force if above else own < force) is not matter.statement.negated
    return _against_force(matter, right, "against the force")


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


def _of_the_force(matter: Matter) -> Ruling:
    """Judge what is said of the force itself: its percentage, its counts or its direction."""
    force, statement = matter.change.force, matter.statement
    if statement.kind in {"gap", "performs", "follows", "apart", "beyond chance", "rank"}:
        return _RULES[statement.kind](matter)
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


def _range_of_force(statement: Statement, percent: float) -> bool:
    return statement.numbers[0].value <= abs(percent) <= statement.numbers[1].value


_OF_FORCE: Mapping[Kind, Callable[[Statement, float], bool]] = {
    "change": lambda statement, percent: statement.numbers[0].fits(abs(percent)),
    "range": _range_of_force,
    "direction": lambda _, percent: percent != 0,
    "multiple": lambda statement, percent: statement.numbers[0].fits(1 + percent / 100),
}


# Ranks, and what has no value


def _rank(matter: Matter) -> Ruling:
    end = "lowest" if matter.statement.sense == "down" else "highest"
    value = matter.extra.get(f"rank.{matter.change.measure.code}.{end}")
    if value is None or value.value is None or not matter.statement.numbers:
        reason = "The assessment does not rank areas by this measure."
        return matter.ruling(None, "rank", reason)
    right = matter.statement.numbers[0].value == value.value
    held = HeldAgainst(value.key, value.text)
    verdict: ClaimVerdict = "supported" if right else "contradicted"
    return Ruling(verdict, "rank", f"{matter.change.area.name} is {value.text}.", held)


def _number(matter: Matter) -> Ruling:
    return matter.ruling(None, "number", "No value of the assessment says what this number is.")


def _absent(matter: Matter) -> Ruling:
    change = matter.change
    reason = change.refused or "The assessment has no figure for this."
    if not change.refused and change.before == 0:
        reason = f"{_facts(change)}: from zero there is no percentage."
    rule = "comparison refused" if change.refused else "no figure"
    return matter.ruling(None, rule, reason)


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
    own, force = _both(matter)
    name = matter.change.force.name if matter.change.force else "the force"
    return (
        f"{matter.change.measure.label} changed by {signed_percent_text(own)} here and by "
        f"{signed_percent_text(force)} in {name}."
    )


def _facts(change: Change) -> str:
    """Write what the assessment knows of a change, without its full stop."""
    size = (
        "" if change.percent_change is None else f" ({signed_percent_text(change.percent_change)})"
    )
    went = f"{count_text(change.before)} to {count_text(change.after)}"
    text = f"{change.measure.label} went from {went}{'' if change.refused else size}"
    if change.verdict == "no clear change":
        return f"{text}, which chance alone can explain"
    if change.stands_out:
        return f"{text}, which chance does not explain"
    return text


def _counts_fit(written: Written, actual: float) -> bool:
    return written.fits(actual, exact=True)


def _way_fits(matter: Matter) -> bool:
    """Tell whether the counts went the way that is stated; any way fits where none is."""
    before, after = matter.change.before, matter.change.after
    if before is None or after is None:
        return True
    return {"up": after > before, "down": after < before}.get(matter.statement.sense, True)


_RULES: Mapping[Kind, Callable[[Matter], Ruling]] = {
    "apart": _apart,
    "beyond chance": _apart,
    "certain": _direction,
    "chance": _nothing_clear,
    "change": _percentage,
    "count": _count,
    "difference": _difference,
    "direction": _direction,
    "follows": _follows,
    "gap": _gap,
    "gap beyond chance": _gap_beyond_chance,
    "interval": _interval,
    "multiple": _multiple,
    "nothing clear": _nothing_clear,
    "number": _number,
    "performs": _performs,
    "range": _range,
    "rate": _rate,
    "rank": _rank,
    "same number": _same_number,
    "superlative": _number,
    "two counts": _two_counts,
}
