"""Rates set beside those of other areas: "higher than in Bedford", "much the same as in ..."."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cspanalysis.commentary.claims.marked import Marked
from cspanalysis.commentary.claims.matter import Matter, Ruling
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.commentary.claims.records import RATE_IN
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import rate_text
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import joined

__all__ = ["is_among_others", "rank_of_others", "rule_on_areas", "rule_on_rate_of"]

_OF = re.compile(
    rf"\b(?:of|among|in|out of)\s+(?:(?:the|its|all|other)\s+){{0,2}}(?P<number>{NUMBER})\s+"
    r"(?:[\w-]+\s+){0,3}(?:areas|partnerships|districts|boroughs|councils|authorities|forces)\b",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:in|of|among|across|within)\s+(?:the\s+|its\s+)?"
    r"(?:most similar|family|peer|country|region|England|East of England|similar)\b",
    re.I,
)
_ORDINAL = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[- ]$", re.I
)
_ALL = re.compile(rf"other (?:(?P<number>{NUMBER}) )?(?:areas|partnerships|districts)", re.I)


def rule_on_areas(matter: Matter) -> Ruling:
    """Judge a rate beside the rates of the areas that are named, or of all that are held.

    Beyond them is one whose interval leaves theirs out; much the same one whose interval does
    not. Areas, or a group of them, whose rates are not held support and contradict nothing; and
    no change over time is ever asked.
    """
    own, others = matter.change.rate, _named(matter)
    if own is None or not others:
        return matter.ruling(None, "other area", "The assessment holds no such figures of theirs.")
    if re.search(r"\bonly\b", matter.statement.words, re.IGNORECASE):
        return _only(matter, own, others)
    sides = {_side(own, value) for value in others}
    sense = matter.statement.sense
    right = (sides == {sense}) is not matter.statement.negated
    told = joined([f"{value.text} in {_place(value)}" for value in others])
    reason = f"The rate is {rate_text(own.value)} here, against {told}."
    if sides == {""} and sense:
        beside = [own.value - (value.value or 0.0) for value in others]
        if all(one > 0 if sense == "up" else one < 0 for one in beside):
            return Ruling("as recorded", "other area", f"{reason} Chance can explain that.")
    return Ruling.of(right, "other area", reason, *others)


def _only(matter: Matter, own: Rate, named: Sequence[Value]) -> Ruling:
    """Judge "only Bedford recorded a higher rate" by the rates of all areas that are held."""
    above = matter.statement.sense == "down"  # theirs above ours
    held = _peers(matter)
    sign = 1 if above else -1
    beyond = [value for value in held if sign * ((value.value or 0.0) - own.value) > 0]
    told = joined([f"{_place(value)} ({value.text})" for value in beyond]) or "no other area"
    reason = f"The rate is {rate_text(own.value)} here; {'above' if above else 'below'} it: {told}."
    return Ruling.of(set(named) == set(beyond), "other area", reason, *named)


def rank_of_others(
    statement: Statement, marked: Marked, change: Change, values: Mapping[str, Value]
) -> Ruling | None:
    """Rule on a place among areas that are not those held: of another number, or of a group."""
    said = marked.text[statement.end :]
    number, held = _OF.search(said), values.get(f"rank.{change.measure.code}.highest")
    if held is None:
        return None
    known = re.search(r" of (\w+)", held.text)
    other = number and known and read(number["number"]).value != read(known[1]).value
    if not other and not _GROUP.search(said):
        return None
    reason = f"The assessment holds its place among {known[1] if known else 'other'} areas alone."
    return Ruling("not traceable", "rank", reason)


def rule_on_rate_of(
    statement: Statement, name: str, change: Change, values: Mapping[str, Value]
) -> Ruling | None:
    """Judge the rate of another area that is named; None where it is not held."""
    value = next(
        (
            value
            for key, value in values.items()
            if key.startswith(f"rate.{change.measure.code}.") and _place(value) == name
        ),
        None,
    )
    if value is None or value.value is None or name == change.area.name:
        return None
    right = statement.numbers[0].fits(value.value)
    return Ruling.of(right, "rate", f"{value.label} is {value.text}.", value)


def is_among_others(statement: Statement, marked: Marked) -> bool:
    """Tell whether the largest change is one among areas: "the second largest of 8 areas"."""
    said = marked.text[statement.end :]
    return bool(
        _ORDINAL.search(marked.text[: statement.start]) or _OF.search(said) or _GROUP.search(said)
    )


def _named(matter: Matter) -> Sequence[Value]:
    """Give the rates of the areas that a statement names; none where one of them is not held."""
    said, held = matter.statement.reach, _rates(matter)
    if found := _ALL.fullmatch(said.removeprefix("the ")):
        peers = _peers(matter)
        number = found["number"]
        return peers if number is None or read(number).value == len(peers) else ()
    named = []
    for value in sorted(held, key=lambda value: -len(_place(value))):
        if _place(value) in said:
            named.append(value)
            said = said.replace(_place(value), "")
    return named


def _rates(matter: Matter) -> Sequence[Value]:
    """Give the rates of all other areas that are held, the force's too."""
    start, area = f"rate.{matter.change.measure.code}.", matter.change.area
    rates = {k: v for k, v in matter.extra.items() if k.startswith(start) and v.value is not None}
    return [value for key, value in rates.items() if key != f"{start}{area.slug}"]


def _peers(matter: Matter) -> Sequence[Value]:
    area = matter.change.area
    force = f".{Area.named(area.force).slug}" if area.force else "no force"
    return [value for value in _rates(matter) if not value.key.endswith(force)]


def _side(own: Rate, other: Value) -> str:
    lower, upper = (limit or other.value or 0.0 for limit in (other.lower, other.upper))
    return "up" if own.lower > upper else "down" if own.upper < lower else ""


def _place(value: Value) -> str:
    found = RATE_IN.search(value.label)
    return found["place"] if found else value.label
