"""What an ingest tells: one report an input, with a text for people."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cspanalysis.vocabulary import Area

__all__ = ["IngestReport", "InputReport"]


_CODE = re.compile(r"[A-Z]\d{8}")


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
    skipped
        Files left alone, each with the reason.
    repeated
        Rows whose crime ID stands in the same file already. They count, as the publisher counts
        them: one crime can have several rows where its parts happened in several places.
    others
        Rows kept of further sources that the same input holds, such as ``police-uk-outcomes``.
    remarks
        What else to know: rows left out, totals that do not add up.
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
    skipped: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    remarks: tuple[str, ...] = ()
    others: dict[str, int] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        """Add a row of the coverage table that was kept."""
        if row["source"] != self.source:
            self.others[row["source"]] = self.others.get(row["source"], 0) + row["rows"]
            return
        self.rows += row["rows"]
        self.located += row["located"]
        self.without_location += row["without_location"]
        self.outside += row["outside"]
        first, last = f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}"
        self.periods.add(first if first == last else f"{first}..{last}")
        street = str(row["source"]).startswith("police-uk")
        self.areas.add(row["force"] if street else row["area_code"])

    def __str__(self) -> str:
        if self.already:
            return f"{self.path}: was ingested before, nothing to do"
        return "\n".join([self._what(), *self._details()])

    def _what(self) -> str:
        if not self.periods:
            return f"{self.path}: {self.source}, nothing new"
        areas = sorted(map(_named, self.areas))
        named = ", ".join(areas) if len(areas) <= 5 else f"{len(areas)} areas"
        return f"{self.path}: {self.source}, {min(self.periods)} to {max(self.periods)}, {named}"

    def _details(self) -> list[str]:
        lines = [f"  vintage {self.vintage} ({self.vintage_from})", f"  {self.rows:,} rows kept"]
        if self.source == "police-uk":
            lines[-1] += (
                f": {self.located:,} with a location ({self.outside:,} of them outside the force's "
                f"area), {self.without_location:,} without"
            )
        lines += [f"  {rows:,} rows kept as {other}" for other, rows in self.others.items()]
        if self.repeated:
            lines.append(f"  {self.repeated:,} rows repeat a crime ID of their file; they count")
        if self.known:
            lines.append(f"  {self.known} were there already, left as they are")
        for reason, number in sorted(Counter(self.skipped.values()).items()):
            lines.append(f"  {number} files left alone: {reason}")
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


def _named(area: str) -> str:
    """Name an area by the code that its figures bear; a force of files has its slug already."""
    return Area.named(area).label if _CODE.fullmatch(area) else area
