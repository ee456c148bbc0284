"""Measures: what is counted, what it is part of and how it may be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from cspanalysis.errors import UsageError
from cspanalysis.paths import mappings_folder, reference
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.period import Period
from cspanalysis.vocabulary.rows import Row, reference_rows

__all__ = ["PARTNERS", "Denominator", "Direction", "Measure", "MeasureTable"]

PARTNERS = "Partner indicators"
"""Group of the measures that partners count; they stand in tables of their own."""

Direction = Literal["lower", "higher", "none"]
Denominator = Literal["persons", "households", "none"]


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one thing that is counted: an offence, an offence group or a partner's indicator.

    Parameters
    ----------
    code
        Slug, such as ``theft-from-vehicle``.
    label
        Name for tables.
    phrase
        Name inside a sentence, lower case.
    plural
        Whether the phrase takes a plural verb.
    parent
        Code of the measure it is a part of; empty for a total.
    group
        Heading it stands under in tables.
    crime
        Whether it counts recorded crime. Anti-social behaviour does not, and is never inside
        "all crime".
    good
        The direction that is good: ``lower``, ``higher``, or ``none`` where a rise can mean
        better recording or more help given.
    police_activity
        Whether it is recorded mostly because police look for it: a rise is activity, not harm.
    harm_weight
        Key under which a table of harm weights lists it; empty for totals of graver and lesser
        offences, and for what is not crime.
    denominator
        What its rate is per: ``persons``, ``households``, or ``none``.
    valid_from, valid_to
        First and last day on which the measure was recorded as such; None for no limit.
    aliases
        Names that publishers give it.
    reading
        What a reader must know to read a change of it rightly, one sentence; may be empty.
    """

    code: str
    label: str
    phrase: str
    plural: bool
    parent: str
    group: str
    crime: bool
    good: Direction
    police_activity: bool
    denominator: Denominator
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...]
    reading: str = ""
    harm_weight: str = ""

    @classmethod
    def named(cls, text: str | Measure) -> Measure:
        """Find a measure by code, label or a publisher's name for it.

        Raises
        ------
        UsageError
            If there is no such measure; the nearest names are given.
        """
        return text if isinstance(text, Measure) else MeasureTable.shipped().named(text)

    def __repr__(self) -> str:
        return f"Measure.named({self.code!r})"

    @property
    def by_partners(self) -> bool:
        """Whether partners count it: no record of the police."""
        return self.group == PARTNERS

    def recorded_in(self, period: Period) -> bool:
        """Tell whether the measure was recorded as such in the whole of `period`."""
        begun = self.valid_from is None or self.valid_from <= period.start
        return begun and (self.valid_to is None or period.end <= self.valid_to)


class MeasureTable:
    """Hold all measures, in the order in which tables list them.

    Parameters
    ----------
    measures
        The measures. Codes must differ, and so must their names.
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._by_code = {measure.code: measure for measure in measures}
        self._by_name: dict[str, Measure] = {}
        for measure in self:
            for name in (measure.code, measure.label, *measure.aliases):
                held = self._by_name.setdefault(slug_of(name), measure)
                if held is not measure:
                    raise UsageError(
                        f"measures.csv: '{name}' names both {held.code} and {measure.code}"
                    )

    @classmethod
    def read(cls, path: Path) -> MeasureTable:
        """Read the table from ``measures.csv``."""
        rows = reference_rows(path)
        return cls(_measure(row) for row in rows)

    @classmethod
    def shipped(cls) -> MeasureTable:
        """Read ``data/reference/measures.csv``, and what mappings declare, once per content."""
        folder = mappings_folder()
        changed = folder.stat().st_mtime_ns if folder.is_dir() else 0
        return _read_once(reference("measures.csv"), folder, changed)

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._by_code.values())

    def named(self, text: str) -> Measure:
        """Find a measure by code, label or alias; see `Measure.named`."""
        if measure := self._by_name.get(slug_of(text)):
            return measure
        near = get_close_matches(slug_of(text), self._by_name, n=2, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise UsageError(
            f"measure '{text.strip()}' is not known; {hint}"
            "Measures are listed in data/reference/measures.csv, where one can be added"
        )

    def with_declared(self, measure: Measure) -> MeasureTable:
        """Add a measure at the end, unless its code or its label names one already."""
        known = {slug_of(measure.code), slug_of(measure.label)} & self._by_name.keys()
        return self if known else MeasureTable([*self, measure])

    def order(self, code: str) -> int:
        """Give the place of a measure in tables, from 0; a composite comes after them."""
        codes = list(self._by_code)
        return codes.index(code) if code in self._by_code else len(codes)

    def parts(self, code: str, period: Period) -> tuple[Measure, ...]:
        """Give the measures that were recorded in `period` as parts of another.

        Examples
        --------
        >>> table = MeasureTable.shipped()
        >>> [m.code for m in table.parts("burglary", Period.parse("2016-04..2016-06"))]
        ['burglary-dwelling', 'burglary-non-dwelling']
        """
        return tuple(m for m in self if m.parent == code and m.recorded_in(period))


def _measure(row: Row) -> Measure:
    return Measure(
        code=row["code"],
        label=row["label"],
        phrase=row["phrase"],
        plural=row["plural"] == "yes",
        parent=row["parent"],
        group=row["group"],
        crime=row["crime"] == "yes",
        good=row.one_of("good", get_args(Direction)),  # type: ignore[arg-type]
        police_activity=row["police_activity"] == "yes",
        denominator=row["denominator"],  # type: ignore[arg-type]
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        aliases=tuple(name for name in row["aliases"].split("|") if name),
        reading=row["reading"],
        harm_weight=row["harm_weight"],
    )


@lru_cache(maxsize=4)
def _read_once(path: Path, mappings: Path, changed: int) -> MeasureTable:
    shipped = MeasureTable.read(path)
    if not changed:
        return shipped
    from cspanalysis.vocabulary.mapping import declared_in

    for measure in declared_in(mappings):
        shipped = shipped.with_declared(measure)
    return shipped
