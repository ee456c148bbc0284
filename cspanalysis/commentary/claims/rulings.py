"""How one statement of one measure is judged against its change: a rule and a reason each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cspanalysis.commentary.claims.areas import rule_on_areas
from cspanalysis.commentary.claims.claim import HeldAgainst
from cspanalysis.commentary.claims.comparisons import back
from cspanalysis.commentary.claims.force_rules import FORCE_RULES, of_the_force
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.matter import (
    Matter,
    Ruling,
    absent,
    counts_fit,
    facts,
    way_fits,
    weight_of,
)
from cspanalysis.commentary.claims.numbers import read
from cspanalysis.commentary.claims.patterns import Kind
from cspanalysis.commentary.claims.peaks import rule_on_each, rule_on_peak, rule_on_series
from cspanalysis.commentary.claims.place_and_time import Place, Time
from cspanalysis.commentary.claims.spells import rule_on_row, rule_on_since
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_period, percent_text, rate_text
from cspanalysis.vocabulary import Period

__all__ = ["CAUSE", "rule_on"]

CAUSE = Ruling(
    "not traceable",
    "cause",
    "Counts can't tell a cause; give the evidence for it, or say what was done alone.",
)
_KEY = ("percent_change",)


def rule_on(
    statement: Statement,
    change: Change,
    *,
    place: Place = "here",
    time: Time = "period",
    span: Period | None = None,
    extra: Mapping[str, Value] | None = None,
    history: History | None = None,
    chance_said: bool = False,
) -> Ruling:
    """Judge one statement of one measure.

    The rules, in short. A stated size or pair of counts is arithmetic: it is held against the
    values, whether or not chance explains them. A bare direction ("rose") is supported where
    chance does not explain the change, or where the sentence says itself that chance may
    (`chance_said`); else it is as recorded where the counts went that way, and contradicted where
    they did not. "Significantly" says more, and is contradicted where chance explains the change.
    A comparison that was refused supports and contradicts nothing. A comparison with the force is
    arithmetic as well, unless it claims more than chance; "better" needs a measure with a good
    direction.
    """
    back = history or History(None)
    matter = Matter(statement, change, place, time, extra or {}, back, span, chance_said)
    if place == "elsewhere" and statement.kind not in {"cause", "group"}:
        return matter.ruling(None, "other area", "The assessment holds no figures of that area.")
    if time == "other" and statement.kind not in _OF_THEIR_OWN_TIME:
        return _at_another_time(matter)
    if place == "force" and statement.kind not in {"among", "cause", "group", "rank"}:
        return of_the_force(matter)
    return _RULES.get(statement.kind, _number)(matter)


# Counts


def _count(matter: Matter) -> Ruling:
    name = "baseline_count" if matter.time == "baseline" else "count"
    actual = matter.change.before if matter.time == "baseline" else matter.change.after
    if actual is None:
        return absent(matter)
    written = matter.statement.numbers[0]
    right = counts_fit(written, actual) and way_fits(matter)
    return matter.ruling(right, "count", f"{facts(matter.change)}.", name)


def _two_counts(matter: Matter) -> Ruling:
    change, (first, second) = matter.change, matter.statement.numbers
    if change.before is None or change.after is None:
        return absent(matter)
    right = counts_fit(first, change.before) and counts_fit(second, change.after)
    right = right and way_fits(matter)
    return matter.ruling(right, "counts", f"{facts(change)}.", "baseline_count", "count")


def _difference(matter: Matter) -> Ruling:
    if (difference := matter.change.change) is None:
        return absent(matter)
    right = counts_fit(matter.statement.numbers[0], abs(difference)) and way_fits(matter)
    return matter.ruling(right, "difference", f"{facts(matter.change)}.", "count")


def _same_number(matter: Matter) -> Ruling:
    if (difference := matter.change.change) is None:
        return absent(matter)
    return matter.ruling(difference == 0, "counts", f"{facts(matter.change)}.", "count")


def _at_another_time(matter: Matter) -> Ruling:
    span, change = matter.span, matter.change
    count = None if span is None else matter.history.count(change, span)
    if span is None or count is None or matter.statement.kind != "count" or matter.place != "here":
        return matter.ruling(None, "other time", "The assessment holds no figures of that time.")
    reason = f"{change.measure.label} was {count_text(count)} {in_period(span)}."
    right = counts_fit(matter.statement.numbers[0], count)
    if right and (sense := matter.statement.sense) and " from " not in f"{matter.statement.words} ":
        earlier = [
            matter.history.count(change, one)
            for one in (back(span, len(span.months)), span.baseline())
        ]
        moved = [count - one for one in earlier if one is not None]
        right = not moved or any(m > 0 if sense == "up" else m < 0 for m in moved)
    return matter.ruling(right, "count", reason)


# Sizes


def _percentage(matter: Matter) -> Ruling:
    change, statement = matter.change, matter.statement
    if change.percent_change is None or change.refused:
        return absent(matter)
    right = statement.numbers[0].fits(abs(change.percent_change))
    right = right and (way_fits(matter) or abs(change.percent_change) < 0.05)
    return matter.ruling(right, "percent change", f"{facts(change)}.", "percent_change")


def _range(matter: Matter) -> Ruling:
    change = matter.change
    if change.percent_change is None or change.refused:
        return absent(matter)
    low, high = (w.value - w.step for w in matter.statement.numbers)
    right = low <= abs(change.percent_change) <= high + 1 and way_fits(matter)
    return matter.ruling(right, "percent change", f"{facts(change)}.", "percent_change")


def _interval(matter: Matter) -> Ruling:
    change = matter.change
    if change.lower is None or change.upper is None:
        return absent(matter)
    limits = sorted(100 * (limit - 1) for limit in (change.lower, change.upper))
    if matter.statement.sense == "down":
        limits = sorted(-limit for limit in limits)
    right = all(w.fits(x) for w, x in zip(matter.statement.numbers, limits, strict=True))
    text = f"The interval of the change is {percent_text(limits[0])} to {percent_text(limits[1])}."
    return matter.ruling(right, "interval", text, "percent_change")


def _multiple(matter: Matter) -> Ruling:
    change = matter.change
    if not change.before or change.after is None or change.refused:
        return absent(matter)
    times = change.after / change.before
    if change.by_day and change.percent_change is not None:
        times = 1 + change.percent_change / 100  # the size that is printed, day for day
    said = matter.statement.numbers[0]
    if said.hedge == ("under" if said.value > 1 else "over"):  # "nearly doubled": of the change
        sign = 1 if said.value > 1 else -1
        said = replace(said, value=sign * (said.value - 1), hedge="under")
        times = sign * (times - 1)
    said = replace(said, value=100 * said.value, step=100 * said.step)  # "about" is of percent
    return matter.ruling(said.fits(100 * times), "ratio", f"{facts(change)}.", "ratio")


def _rate(matter: Matter) -> Ruling:
    rate = matter.change.rate
    if rate is None or matter.time != "period":
        return absent(matter)
    reason = f"The rate is {rate_text(rate.value)} per {rate.per:,} {rate.denominator}."
    written = matter.statement.numbers
    pairs = zip(written, (rate.value, rate.lower, rate.upper), strict=False)
    right = all(w.fits(value) for w, value in pairs)
    if not right and written[0].hedge == "about" and _is_near(written[0].value, rate.value):
        return matter.ruling(None, "rate", f"{reason} Another year's residents may give this.")
    return matter.ruling(right, "rate", reason, "rate")


def _is_near(written: float, actual: float) -> bool:
    """Tell whether another denominator may explain it: within a tenth."""
    return abs(written - actual) <= actual / 10


# Directions


def _direction(matter: Matter) -> Ruling:
    """Judge "rose" and "did not rise" by the word of the line; the other way is always wrong."""
    change, weight = matter.change, weight_of(matter.change)
    if change.refused or change.before is None or change.after is None:
        return absent(matter)
    clear = weight == "clear" and (not matter.statement.sense or way_fits(matter))
    if matter.statement.negated:
        if way_fits(matter) and not (clear or matter.chance_said):
            return matter.recorded(f"{facts(change)}.", *_KEY)
        return _told(matter, not clear, "no change")
    if not way_fits(matter):
        return _told(matter, False, "direction")
    if matter.chance_said:
        return _told(matter, True, "chance is said")
    if weight == "clear":
        return _told(matter, True, "direction")
    return matter.recorded(f"{facts(change)}.", *_KEY)


def _certain(matter: Matter) -> Ruling:
    """Judge "rose significantly" and "showed a clear change": more than the counts alone say."""
    change, weight = matter.change, weight_of(matter.change)
    if weight == "untested" or matter.statement.negated:
        ruling = _direction(matter)
        if ruling.verdict != "as recorded":
            return ruling
        return matter.ruling(None, "no test", f"{facts(change)}; no test is made of this.")
    if not way_fits(matter):
        return _told(matter, False, "direction")
    if weight == "unknown" and str(change.verdict) != "no clear change":
        return matter.recorded(f"{facts(change)}.", *_KEY)
    return _told(
        matter, weight == "clear", "direction" if weight == "clear" else "chance explains it"
    )


def _improved(matter: Matter) -> Ruling:
    good = matter.change.measure.good
    if good == "none":
        reason = "Neither direction of this measure is better."
        return matter.ruling(None, "no good direction", reason)
    higher = (good == "higher") is (matter.statement.sense == "up")
    moved = replace(matter.statement, sense="up" if higher else "down")
    return _direction(replace(matter, statement=moved))


def _nothing_clear(matter: Matter) -> Ruling:
    """Judge "no clear change", which denies a clear one and no more."""
    weight = weight_of(matter.change)
    if weight == "untested":
        return _steady(matter) if matter.change.lower is not None else absent(matter)
    return _told(matter, weight != "clear", "no change")


def _steady(matter: Matter) -> Ruling:
    """Judge "stable" and "much the same"."""
    change, weight = matter.change, weight_of(matter.change)
    if weight in {"clear", "steady"} or str(change.verdict) == "no clear change":
        return _told(matter, weight != "clear", "no change")
    if change.lower is None or change.upper is None:
        return absent(matter)
    if weight != "possible" and not change.lower <= 1 <= change.upper:
        return _told(matter, False, "no change")
    return matter.recorded(f"{facts(change)}.", *_KEY)


def _told(matter: Matter, right: bool, rule: str) -> Ruling:
    return matter.ruling(right, rule, f"{facts(matter.change)}.", *_KEY)


def _by_chance(matter: Matter) -> Ruling:
    """Judge that chance can explain a change: not where its interval excludes no change."""
    change = matter.change
    if change.verdict is None:
        return absent(matter)
    return matter.ruling(change.quiet, "no change", f"{facts(change)}.", "percent_change")


# Months and small areas


def _half_in_places(matter: Matter) -> Ruling:
    small = ("concentration", "holding_half", "places")
    wards = ("where", "wards_holding_half", "wards")
    start, *names = wards if matter.statement.reach.lower() == "wards" else small
    names = names[: len(matter.statement.numbers)]
    return _held(matter, [f"{start}.{_code(matter)}.{name}" for name in names])


def _share_of_places(matter: Matter) -> Ruling:
    return _held(matter, [f"concentration.{_code(matter)}.share"])


def _run(matter: Matter) -> Ruling:
    key, statement = f"trend.{_code(matter)}.run", matter.statement
    side = "above" if statement.sense == "up" else "below"
    value = matter.extra.get(key)
    turned = value is not None and side not in value.label
    counted = replace(statement, numbers=(read(statement.reach),))
    return _held(replace(matter, statement=counted), [key], also=not turned)


def _usual_range(matter: Matter) -> Ruling:
    """Judge on which side of its usual range the last month lies; of other months nothing is."""
    value = matter.extra.get(f"trend.{_code(matter)}.position")
    month = matter.statement.reach or (matter.span.label if matter.span else "")
    if value is None or month not in value.label:
        reason = "The assessment holds no usual range of that month."
        return matter.ruling(None, "usual range", reason)
    wanted = {"up": 1, "down": -1}.get(matter.statement.sense, 0)
    right = (value.value == wanted) is not matter.statement.negated
    reason = f"{value.label} is {value.text}."
    return Ruling.of(right, "usual range", reason, value)


def _held(matter: Matter, keys: Sequence[str], *, also: bool = True) -> Ruling:
    """Judge the numbers of a statement by further values, in order."""
    held = [value for key in keys if (value := matter.extra.get(key)) and value.value is not None]
    if len(held) < len(keys):
        return matter.ruling(None, "no figure", "The assessment has no figure for this.")
    pairs = zip(matter.statement.numbers, held, strict=True)
    right = also and all(written.fits(value.value or 0.0) for written, value in pairs)
    reason = " ".join(f"{value.label} is {value.text}." for value in held)
    against = HeldAgainst(" ".join(keys), " of ".join(value.text for value in held))
    return Ruling("supported" if right else "contradicted", "value", reason, against)


def _code(matter: Matter) -> str:
    return matter.change.measure.code


# Ranks, and what has no value


def _rank(matter: Matter) -> Ruling:
    """Judge a place among areas, and "among the highest two of three": its place is one of them."""
    end = "lowest" if matter.statement.sense == "down" else "highest"
    value = matter.extra.get(f"rank.{_code(matter)}.{end}")
    if value is None or value.value is None or not matter.statement.numbers:
        return matter.ruling(None, "rank", "The assessment does not rank areas by this measure.")
    place = matter.statement.numbers[0].value
    right = value.value <= place if matter.statement.kind == "among" else value.value == place
    return Ruling.of(right, "rank", f"{matter.change.area.name} is {value.text}.", value)


def _number(matter: Matter) -> Ruling:
    return matter.ruling(None, "number", "No value of the assessment says what this number is.")


_OF_THEIR_OWN_TIME: frozenset[Kind] = frozenset(
    {"cause", "each", "group", "in a row", "peak", "run", "series", "since", "usual range"}
)
"""Statements that say themselves over which months or years they hold."""

_RULES: Mapping[Kind, Callable[[Matter], Ruling]] = {
    **FORCE_RULES,
    "alone": _direction,
    "among": _rank,
    "half in places": _half_in_places,
    "run": _run,
    "share of places": _share_of_places,
    "since": rule_on_since,
    "certain": _certain,
    "chance": _by_chance,
    "change": _percentage,
    "count": _count,
    "difference": _difference,
    "each": rule_on_each,
    "direction": _direction,
    "improved": _improved,
    "in a row": rule_on_row,
    "interval": _interval,
    "multiple": _multiple,
    "group": rule_on_areas,
    "nothing clear": _nothing_clear,
    "peak": rule_on_peak,
    "steady": _steady,
    "range": _range,
    "rate": _rate,
    "rank": _rank,
    "same number": _same_number,
    "series": rule_on_series,
    "two counts": _two_counts,
    "usual range": _usual_range,
}
