"""Tracing numbers to recorded values of their subject, and telling whose they are otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cspanalysis.commentary.claims.claim import HeldAgainst
from cspanalysis.commentary.claims.marked import Marked
from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.matter import Ruling
from cspanalysis.commentary.claims.numbers import FRACTION, NUMBER, read
from cspanalysis.commentary.claims.patterns import Kind
from cspanalysis.commentary.claims.records import Asked, Records, known_measures, words_of
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.values import Value

__all__ = ["Tracer"]

_INTERVALS: frozenset[Kind] = frozenset({"interval", "range"})
_LEFT_ALONE = frozenset(
    {
        *("average", "basis", "cause", "comparison refused", "in a row", "peak"),
        *("no good direction", "other time"),
        *("rank", "since", "target", "usual range", "value"),
    }
)
"""Rules that no further value can mend: nothing is held, or it was held against its own."""
_OF_OTHERS = frozenset({"other area", "part of a measure"})
"""Rules of what is of something else: the same number supports nothing of it."""
_OF_WARD = re.compile(r": (.+ ward), ")
"""In the label of a value: "Vehicle crime: Central ward, 2023"."""
_BESIDE = re.compile(r"[^\d.;,]*")
_NEXT = re.compile(r"\s+[a-z]{4,}(?:\s+[a-z]+)?", re.IGNORECASE)
_OF_AREAS = re.compile(
    r"(?:\s+(?!small\b)[A-Za-z][\w-]*){0,4}?\s+(?<!small )(?:areas|authorities|boroughs|councils|"
    r"districts|forces|partnerships)\b",
    re.IGNORECASE,
)
_OF_CRIME = re.compile(
    r"\b(?:crim|offence|offend|inciden|polic|record|report|rate|harm|victim|suspect|arrest|charg|"
    r"search|outcome|average|change|rose|risen|fell|fall|(?:in|de)crease?|drop|declin|higher|lower)",
    re.IGNORECASE,
)
"""A crime noun or a word of a verdict; without one a sentence is of no crime."""
_NAMES = {
    "baseline_count": "the count of",
    "count": "the count of",
    "force_percent_change": "the force's change of",
    "percent_change": "the change of",
    "rate": "the rate of",
}


class Tracer:
    """Hold a statement's numbers against the recorded values of what its sentence names.

    Parameters
    ----------
    values
        Recorded values by key.
    reader
        Knows the names of areas.
    """

    def __init__(self, values: Mapping[str, Value], reader: Reader) -> None:
        self._values, self._reader = values, reader
        self._records = Records(values, reader.area.name)

    def told(
        self,
        statement: Statement,
        marked: Marked,
        measures: Collection[str],
        *,
        wholly: bool = False,
    ) -> Ruling | None:
        """Support a statement each of whose numbers is a recorded value; None where one is not.

        Parameters
        ----------
        statement, marked
            The statement and its sentence.
        measures
            Codes of the measures that it is about; empty where none is named.
        wholly
            Whether the sentence must have every word that says what the value is.
        """
        if not re.search(rf"\d|{FRACTION}", statement.words, re.IGNORECASE):
            return None
        place, end = self._place(statement, marked), _is_end(statement, marked)
        asked = Asked(words_of(marked.text), frozenset(measures), place, marked.strange)
        counts_areas = _OF_AREAS.match(marked.text, statement.end) is not None
        asked = replace(asked, counted=_counted(statement, marked), of_areas=counts_areas)
        if not (measures or marked.strange or _OF_CRIME.search(marked.text)):
            numbers = tuple(read(n) for n in re.findall(NUMBER, marked.text, re.IGNORECASE))
            asked = replace(asked, plain=True, numbers=numbers)
        percent = _is_percent(statement)
        groups = [statement.numbers]
        if statement.kind not in _INTERVALS:
            groups = [(number,) for number in statement.numbers]
        held = [
            self._records.telling(numbers, asked, percent=percent, end=end, wholly=wholly)
            for numbers in groups
        ]
        known = [value for value in held if value is not None]
        if not held or len(known) < len(held):
            return None
        return _told(known)

    def retraced(self, ruling: Ruling, statement: Statement, marked: Marked, code: str) -> Ruling:
        """Give a ruling that is not "supported" a second look.

        Where the sentence names another kind of figure, and the number is one of that kind, it
        is supported. Where the number is a figure of another subject, the reason says of which.
        """
        if ruling.verdict == "supported" or ruling.rule in _LEFT_ALONE:
            return ruling
        if ruling.rule in _OF_OTHERS:
            found = self.told(statement, marked, {code} if code else (), wholly=True)
            if found and self._is_of_place_named(found, marked):
                return found
            return self._with_owner(ruling, statement, code)
        wholly = ruling.verdict == "contradicted"
        if wholly and statement.kind == "change" and statement.sense:
            return self._with_owner(ruling, statement, code)  # no number mends a wrong direction
        if found := self.told(statement, marked, {code} if code else (), wholly=wholly):
            return found
        return self._with_owner(ruling, statement, code)

    def _is_of_place_named(self, found: Ruling, marked: Marked) -> bool:
        """Tell whether a sentence names the ward that each value found is of."""
        keys = found.held_against.key.split() if found.held_against else ()
        labels = (self._values[key].label for key in keys if key in self._values)
        wards = [_OF_WARD.search(label) for label in labels]
        return bool(wards) and all(ward and ward[1] in marked.text for ward in wards)

    def _with_owner(self, ruling: Ruling, statement: Statement, code: str) -> Ruling:
        held = ruling.held_against.key.split() if ruling.held_against else ()
        percent = _is_percent(statement)
        for written in statement.numbers:
            owner = self._records.elsewhere(written, percent=percent, apart=held)
            if owner is not None:
                rule = "other subject" if ruling.verdict == "not traceable" else ruling.rule
                reason = f"{ruling.reason} {_owned(owner, code, self._reader.area.name)}"
                return replace(ruling, rule=rule, reason=reason)
        return ruling

    def _place(self, statement: Statement, marked: Marked) -> str:
        """Name another area that stands beside a number: "52.5 in Central Bedfordshire"."""
        beside = _BESIDE.match(marked.text, statement.end)
        names = self._reader.places_in(beside[0]) if beside else ()
        return next((name for name in names if name != self._reader.area.name), "")


def _counted(statement: Statement, marked: Marked) -> frozenset[str]:
    """Give the words after a number where they name things, as "homes" does; "44 of them" none.

    "Times" is part of the number.
    """
    found = _NEXT.match(marked.text, statement.end)
    words = found[0].split() if found else []
    plural = [word for word in words if word.endswith("s") and word != "times"]
    return words_of(" ".join(plural))


def _is_percent(statement: Statement) -> bool:
    return re.search(r"%|per\s?cent", statement.words, re.IGNORECASE) is not None


def _is_end(statement: Statement, marked: Marked) -> bool:
    """Tell whether a number stands beside "to", as an end of an interval does."""
    before, after = marked.text[: statement.start], marked.text[statement.end :]
    return bool(re.search(r"\bto\s+[-+]?$", before) or re.match(r"\s*(?:%\s*)?to\b", after))


def _told(known: Sequence[Value]) -> Ruling:
    reason = " ".join(f"{value.label} is {value.text}." for value in known)
    texts = " and ".join(value.text for value in known)
    keys = " ".join(value.key for value in known)
    return Ruling("supported", "value", reason, HeldAgainst(keys, texts))


def _owned(owner: Value, code: str, area: str) -> str:
    """Say whose figure a number is: "199 is the count of burglary in Luton, not of robbery."."""
    _, measure, name = owner.key.split(".")
    figure = _NAMES.get(name, "a figure of")
    what = f"{owner.text} is {figure} {known_measures()[measure].phrase} in {area}"
    when = re.search(r"(?:count|rate), (.+)$", owner.label)
    what = f"{what}, {when[1]}" if when else what
    apart = f", not of {known_measures()[code].phrase}" if code and code != measure else ""
    return f"{what}{apart}."
