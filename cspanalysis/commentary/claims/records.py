"""Recorded values by their subject: which measure, where, and what kind of figure each one is.

A number in a sentence is looked for among the values of what the sentence is about. A value of
another measure or another area that happens to be the same number does not support it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cspanalysis.commentary.claims.numbers import Written
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.composites import composites
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["RATE_IN", "Asked", "Records", "known_measures", "words_of"]

_CHANGE = "change."
_LEAST = 10
"""Smaller numbers agree by chance too often to say whose they are."""
_SAY_NOTHING = frozenset(
    """
    january february march april june july august september october november december
    about also been below example from have held higher hold less most number other over share
    than that their them there these they this those were what when where which with
    """.split()  # noqa: SIM905
)
"""Words of a label or a sentence that do not say what a number is."""
RATE_IN = re.compile(r": rate in (?P<place>[^,(]+?)(?: \([^)]*\))?,")


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a sentence says of the subject of its numbers.

    Parameters
    ----------
    words
        Its words, see `words_of`.
    measures
        Codes of the measures that it is about; empty where it names none.
    place
        Name of another area that it names beside the number; empty for the assessment's own.
    strange
        Whether it names something by way of a measure: "robbery victims".
    plain
        Whether it has no word of crime: one word does not say a value of a measure then.
    counted
        The things after the number.
    of_areas
        Whether these are areas, as in "14 comparable partnerships".
    numbers
        Of a plain sentence: all of its numbers.
    """

    words: frozenset[str]
    measures: frozenset[str] = frozenset()
    place: str = ""
    strange: bool = False
    plain: bool = False
    counted: frozenset[str] = frozenset()
    of_areas: bool = False
    numbers: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """Hold a value with its measure's code, the area it holds for, and its kind in words.

    `what` are the words without those of what it belongs to, such as a project.
    """

    value: Value
    measure: str
    place: str
    words: frozenset[str]
    what: frozenset[str]

    def is_of(self, asked: Asked) -> bool:
        """Tell whether the value is of the measure and the area that a sentence is about."""
        if not self.measure:
            return True
        of_change = self.value.key.startswith(_CHANGE)  # these are told where one is named
        open_to_all = not (asked.measures or asked.strange or of_change)
        return self.place == asked.place and (open_to_all or self.measure in asked.measures)

    def is_said(self, asked: Asked, *, wholly: bool) -> bool:
        """Tell whether a sentence says what the value is.

        Half of the words of its label must be there, `wholly` all of them; the name of a project
        or the like before them need not.
        """
        of_things = asked.plain or not self.measure
        if of_things and asked.counted and not asked.counted & self.words:
            return False
        if wholly:
            return bool(self.what) and self.what <= asked.words
        least = self.what & asked.words if _is_percent(self.value) else self.what
        if self.measure and not asked.measures and len(least) < 2:
            return False  # or any percentage would be some measure's
        if self.measure and asked.of_areas:
            return False
        labels = [self.words, self.what if len(self.what) > 1 else frozenset()]
        return any(label and 2 * len(label & asked.words) >= len(label) for label in labels)


class Records:
    """Find recorded values by number and subject.

    Parameters
    ----------
    values
        Values by key. The last part of a key that is a measure's code is the value's measure.
    area
        Name of the area that the assessment is about.
    """

    def __init__(self, values: Mapping[str, Value], area: str) -> None:
        self._records = [_record(v, area) for v in values.values() if v.value is not None]

    def telling(
        self,
        numbers: Sequence[Written],
        asked: Asked,
        *,
        percent: bool,
        end: bool = False,
        wholly: bool = False,
    ) -> Value | None:
        """Give the value that a number is, or whose interval two numbers are; None without one.

        Parameters
        ----------
        numbers
            One number, or the two ends of an interval.
        asked
            What the sentence is about.
        percent
            Whether they are written as percentages.
        end
            Whether one number may be an end of a value's interval.
        wholly
            Whether every word that says what the value is must be in the sentence.
        """
        told = (
            record.value
            for record in self._records
            if record.is_of(asked)
            and record.is_said(asked, wholly=wholly)
            and _is_written_so(record.value, percent=percent)
            and _is_told(record.value, numbers, end=end)
            and not (asked.plain and self._is_of_less(record, asked))
        )
        return next(told, None)

    def _is_of_less(self, record: _Record, asked: Asked) -> bool:
        """Tell whether a plain sentence says another value, and gives another number for it.

        "44 small areas" says the number of small areas, and not of those that are deprived.
        """
        if record.words <= asked.words:
            return False
        return any(
            not other.measure
            and other.what
            and other.what < record.words
            and other.what <= asked.words
            and not any(n.fits(other.value.value or 0.0) for n in asked.numbers)
            for other in self._records
        )

    def elsewhere(self, written: Written, *, percent: bool, apart: Collection[str]) -> Value | None:
        """Give the count, percentage or rate of any measure that a number is; None without one.

        Parameters
        ----------
        written, percent
            The number, and whether it is a percentage.
        apart
            Keys of the values that it was held against.
        """
        if written.hedge or written.value < _LEAST:
            return None
        fits = (
            record.value
            for record in self._records
            if record.value.key.startswith(_CHANGE)
            and record.value.key not in apart
            and _is_percent(record.value) is percent
            and written.fits(abs(record.value.value or 0.0), exact=not percent)
        )
        return next(fits, None)


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text that can say what a number is, by their first six letters.

    So "search", "searched" and "searches" are alike.
    """
    found = re.findall(r"[a-z]{4,}", text.lower())
    return frozenset(word.removesuffix("s")[:6] for word in found if word not in _SAY_NOTHING)


def _record(value: Value, area: str) -> _Record:
    table = known_measures()
    measure = next((part for part in reversed(value.key.split(".")) if part in table), "")
    found = RATE_IN.search(value.label)
    place = found["place"] if found and found["place"] != area else ""
    what = value.label.rpartition(": ")[2]
    if measure:
        what = what.replace(table[measure].label, "")
    named = words_of(what)
    return _Record(value, measure, place, named if measure else words_of(value.label), named)


def _is_told(value: Value, numbers: Sequence[Written], *, end: bool) -> bool:
    """Tell whether a number is a value (or an end of its interval), or two are both its ends."""
    limits = [abs(limit) for limit in (value.lower, value.upper) if limit is not None]
    if len(numbers) == 2:
        return len(limits) == 2 and all(
            written.fits(limit) for written, limit in zip(numbers, limits, strict=True)
        )
    known = [abs(value.value or 0.0), *(limits if end else ())]
    return any(numbers[0].fits(one) for one in known)


def _is_written_so(value: Value, *, percent: bool) -> bool:
    """Tell whether a value may be written with "%", or without: a "31 in a hundred" may be so."""
    return _is_percent(value) if percent else value.unit != "%"


def _is_percent(value: Value) -> bool:
    return value.unit == "%" or value.text.endswith("%")


@lru_cache(maxsize=1)
def known_measures() -> Mapping[str, Measure]:
    """Give each measure by its code, the sums of several among them."""
    sums = (one.measure for one in composites())
    return {measure.code: measure for measure in (*MeasureTable.shipped(), *sums)}
