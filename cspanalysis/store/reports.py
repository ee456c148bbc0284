"""What an ingest tells: one report an input, with a text for people."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from cspanalysis.store.parts import by_force
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import many

__all__ = ["IngestReport", "InputReport", "Replacement", "area_of", "period_of"]


_CODE = re.compile(r"[A-Z]\d{8}")
_SHOWN_OF_NAMES = 12
_SHOWN_OF_HASH = 12


@dataclass(slots=True)
class Replacement:
    """Say what one input replaces of another of the same vintage.

    Parameters
    ----------
    source, vintage
        What both are of.
    old, old_sha256
        Name and hash of the input held.
    new, new_sha256
        Name and hash of the one that takes its place.
    file
        The first file of it that differs, for messages.
    periods, areas
        Months or periods that differ, and slugs of forces or codes of areas.
    parts
        How many months of a force, or periods of an area, differ.
    rows_before, rows
        Rows of them in the old input and in the new.
    added, changed, removed
        Observations of them that only the new has, that differ, and that only the old has.
    left
        Months or periods of the old input that the new lacks; they stay as they are.
    """

    source: str
    vintage: str
    old: str
    old_sha256: str
    new: str
    new_sha256: str
    file: str
    periods: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    parts: int = 0
    rows_before: int = 0
    rows: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: int = 0

    @property
    def held(self) -> str:
        """Name the input held."""
        return f"{self.old} (sha256 {self.old_sha256[:_SHOWN_OF_HASH]})"

    @property
    def extent(self) -> str:
        """Say what differs, and by how much."""
        where = f"{self.source}, {_span(self.periods)}, {_places(self.areas)}"
        what = f"{many(self.parts, 'month', 'period')} differ{'s' if self.parts == 1 else ''}"
        return (
            f"{what} ({where}), {many(self.rows_before, 'row')} held and {self.rows:,} here; "
            f"observations: {self.added:,} added, {self.changed:,} changed, "
            f"{self.removed:,} removed"
        )

    def __str__(self) -> str:
        new = f"{self.new} (sha256 {self.new_sha256[:_SHOWN_OF_HASH]})"
        left = f"; {self.left:,} that it lacks stay as they are" if self.left else ""
        return f"{new} replaces {self.held} in vintage {self.vintage}: {self.extent}{left}"


@dataclass(slots=True)
class InputReport:
    """Say what became of one input.

    Parameters
    ----------
    path
        The input.
    source
        Kind of source, such as ``police-uk`` or ``ons``.
    vintage
        Label of its vintage.
    vintage_from
        Where the label comes from.
    already
        Whether it was ingested before, so that nothing was done.
    rows, located, without_location, outside
        Rows kept; of them with a location, without, and located outside the force's area.
    periods, areas
        Months or periods kept, and slugs of forces or areas.
    known
        Months or periods that the store held already with the same content.
    mended
        Months or periods held whose file was lost or damaged, or bore no hash yet; written anew.
    skipped
        Files left alone, each with the reason.
    repeated
        Rows whose crime ID stands in the same file already. They count, as the publisher counts
        them: one crime can have several rows where its parts happened in several places.
    others
        Rows kept of further sources that the same input holds, such as ``police-uk-outcomes``.
    remarks
        What else to know: rows left out, totals that do not add up.
    replaced
        What it takes the place of in the same vintage, one an input.
    outdated
        Months or periods of it that were held and were replaced since, and so are left alone: how
        many by the name of the input that replaced them.
    shipped
        Whether what was there `already` is shipped with the project.
    absent
        Months between its first and its last that it lacks, by force and kind of file.
    """

    path: Path
    source: str
    vintage: str
    vintage_from: str
    already: bool = False
    rows: int = 0
    located: int = 0
    without_location: int = 0
    outside: int = 0
    periods: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    known: int = 0
    mended: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    remarks: tuple[str, ...] = ()
    others: dict[str, int] = field(default_factory=dict)
    replaced: list[Replacement] = field(default_factory=list)
    outdated: Counter[str] = field(default_factory=Counter)
    shipped: bool = False
    absent: dict[str, list[str]] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        """Add a row of the coverage table that was kept."""
        if row["source"] != self.source:
            self.others[row["source"]] = self.others.get(row["source"], 0) + row["rows"]
            return
        self.rows += row["rows"]
        self.located += row["located"]
        self.without_location += row["without_location"]
        self.outside += row["outside"]
        self.periods.add(period_of(row))
        self.areas.add(area_of(row))

    def __str__(self) -> str:
        if self.already:
            held = "is shipped with the project" if self.shipped else "was ingested before"
            return "\n".join([f"{self.path}: {held}, nothing to do", *self._outdated()])
        return "\n".join([self._what(), *self._details()])

    def _outdated(self) -> list[str]:
        return [
            f"  {number:,} of its months or periods {_was(number)} replaced by {name} since, and "
            f"{'is' if number == 1 else 'are'} left so; --replace would bring "
            f"{'it' if number == 1 else 'them'} back"
            for name, number in sorted(self.outdated.items())
        ]

    def _what(self) -> str:
        if not self.periods:
            return f"{self.path}: {self.source}, nothing new"
        span = f"{min(self.periods)} to {max(self.periods)}"
        return f"{self.path}: {self.source}, {span}, {_places(self.areas)}"

    def _details(self) -> list[str]:
        lines = [
            f"  vintage {self.vintage} ({self.vintage_from})",
            f"  {many(self.rows, 'row')} kept",
        ]
        if self.source == "police-uk":
            lines[-1] += (
                f": {self.located:,} with a location ({self.outside:,} of them outside the force's "
                f"area), {self.without_location:,} without"
            )
        lines += [f"  {many(rows, 'row')} kept as {other}" for other, rows in self.others.items()]
        if self.repeated:
            one = self.repeated == 1
            lines.append(
                f"  {many(self.repeated, 'row')} {'repeats' if one else 'repeat'} a crime ID of "
                f"{'its' if one else 'their'} file; {'it counts' if one else 'they count'}"
            )
        if self.mended:
            lines.append(
                f"  {many(self.mended, 'month', 'period')} held that {_was(self.mended)} damaged, "
                f"lost or without a hash {_was(self.mended)} written anew"
            )
        if self.known:
            kept = "left as it is" if self.known == 1 else "left as they are"
            lines.append(f"  {self.known:,} {_was(self.known)} there already, {kept}")
        lines += [f"  {one}" for one in self.replaced] + self._outdated()
        for reason, number in sorted(Counter(self.skipped.values()).items()):
            names = [name for name, why in sorted(self.skipped.items()) if why == reason]
            lines.append(f"  {many(number, 'file')} left alone: {reason} ({_few(names)})")
        for name, months in sorted(self.absent.items()):
            lines.append(
                f"  {many(len(months), 'month')} absent between its ends ({name}): {_runs(months)}"
            )
        return [*lines, *(f"  {remark}" for remark in self.remarks)]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Say what an ingest read and kept; its text is a summary for people.

    Parameters
    ----------
    inputs
        One report an input, in the order given.
    into
        The store written to.
    """

    inputs: tuple[InputReport, ...]
    into: Path

    def __str__(self) -> str:
        return "\n".join([*map(str, self.inputs), f"store: {self.into}"])

    def json(self) -> str:
        """Write the report for machines."""
        told = {"schema_version": 1, "store": str(self.into), "inputs": [*map(_told, self.inputs)]}
        return json.dumps(told, ensure_ascii=False, indent=2)


def period_of(row: Mapping[str, Any]) -> str:
    """Write the period of a row of the coverage table."""
    first, last = f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}"
    return first if first == last else f"{first}..{last}"


def area_of(row: Mapping[str, Any]) -> str:
    """Give the slug of a file's force, or the code of an area in a table."""
    return str(row["force" if by_force(row["source"]) else "area_code"])


def _told(report: InputReport) -> dict[str, Any]:
    """Give the fields of a report as JSON has them."""
    named = {f.name: getattr(report, f.name) for f in fields(report)}
    named |= {"path": str(report.path), "replaced": [_sorted(asdict(r)) for r in report.replaced]}
    return _sorted(named)


def _sorted(told: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(v) if isinstance(v, set) else v for key, v in told.items()}


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _few(names: Sequence[str]) -> str:
    more = f", and {len(names) - _SHOWN_OF_NAMES:,} more" if len(names) > _SHOWN_OF_NAMES else ""
    return ", ".join(names[:_SHOWN_OF_NAMES]) + more


def _runs(months: Sequence[str]) -> str:
    """Name months, those that follow each other as one span."""
    runs: list[list[str]] = []
    for month in months:
        if runs and _number(month) - _number(runs[-1][-1]) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return _few([f"{run[0]} to {run[-1]}" if len(run) > 1 else run[0] for run in runs])


def _number(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number)


def _span(periods: Iterable[str]) -> str:
    first, *others = sorted(periods)
    return f"{first} to {others[-1]}" if others else first


def _places(areas: Iterable[str]) -> str:
    named = sorted(map(_named, areas))
    return ", ".join(named) if len(named) <= 5 else many(len(named), "area")


def _named(area: str) -> str:
    """Name an area by the code that its figures bear; a force of files has its slug already."""
    return Area.named(area).label if _CODE.fullmatch(area) else area
