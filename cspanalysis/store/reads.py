"""Reads: which slices of the store an answer came from, and whether they have changed since.

A slice is named by a source, a force or an area, and months; its hash is taken over the coverage
rows that count for it, so that it is found again without reading an observation. What is missing
is part of a slice: a month that arrives later changes it. The months in part are told beside the
hash: later months can change how a month is judged whose file is as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from cspanalysis.paths import data_folder
from cspanalysis.vocabulary import Area, Period

__all__ = [
    "SETTING",
    "Read",
    "Slices",
    "hash_of_file",
    "in_a_run",
    "months_read",
    "table_read",
    "tell",
    "tell_edition",
    "tell_file",
]

SETTING = "CSPANALYSIS_READS"
"""Environment variable that names the file to which reads are told, one JSON object a line."""

What = Literal["content", "months"]


@dataclass(frozen=True, slots=True)
class Read:
    """Name a slice of the store that was asked for.

    Parameters
    ----------
    source
        ``police-uk`` or ``published``; empty for both.
    force, area
        Slug of a force, or code of an area with published figures; empty for all.
    first, last
        First days of the first and last month, ISO; empty where the slice is open.
    as_of
        Vintages up to this day or month alone; empty for all.
    what
        ``content``, or ``months`` where only their presence mattered.
    """

    source: str
    force: str = ""
    area: str = ""
    first: str = ""
    last: str = ""
    as_of: str = ""
    what: What = "content"

    @property
    def label(self) -> str:
        """Name the slice in words.

        Examples
        --------
        >>> Read("police-uk", force="bedfordshire", first="2021-03-01", last="2023-12-01").label
        'police-uk, bedfordshire, 2021-03 to 2023-12'
        """
        where = self.force or self.area or "everywhere"
        first, last = self.first[:7], self.last[:7]
        months = first if first == last else f"{first} to {last}".strip()
        parts = [self.source or "every source", where, months, self.as_of and f"as of {self.as_of}"]
        return ", ".join(part for part in parts if part)


class Slices:
    """Give the hashes of slices of a coverage table.

    Parameters
    ----------
    rows
        Rows of one or more stores, as `cspanalysis.store.coverage.Coverage.judged` gives them;
        every month is whole where they have no ``part``.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        self._held: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        keys = ["source", "force", "area_code", "period_start", "period_end", "vintage", "sha256"]
        # Python's own sort keeps the order of stores: of equal vintages the last named counts.
        found = sorted(rows[keys].itertuples(index=False, name=None), key=lambda row: row[5])
        self._part = frozenset[tuple[str, str]]()
        if "part" in rows:
            short = rows[rows["part"].astype(bool)]
            days = [day.isoformat() for day in short["period_start"]]
            self._part = frozenset(zip(short["force"], days, strict=True))
        for source, force, area, start, end, vintage, sha256 in found:
            row = (start.isoformat(), end.isoformat(), area, vintage, sha256)
            for key in {(source, force), (source, area), (source, ""), ("", force), ("", "")}:
                self._held.setdefault(key, []).append((source, force, *row))
        self._known: dict[Read, str] = {}

    def hash_of(self, read: Read) -> str:
        """Give the SHA-256 of a slice as it is now; that of nothing where nothing is held.

        Behind it, after a blank, stand the months in part, where there are any and the slice is
        one of content.
        """
        if read not in self._known:
            rows = self._counting(read)
            digest = hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()
            short = () if read.what == "months" else self._short(rows)
            self._known[read] = f"{digest} {', '.join(short)} in part" if short else digest
        return self._known[read]

    def _short(self, rows: Iterable[tuple[str, ...]]) -> list[str]:
        """Name the months of rows whose street files are there in part."""
        street = {row[1:3] for row in rows if row[0] == "police-uk"}
        return sorted({day[:7] for _, day in street & self._part})

    def _counting(self, read: Read) -> list[tuple[str, ...]]:
        """Give the rows of the latest vintage of every month that the slice holds."""
        newest: dict[tuple[str, ...], tuple[str, ...]] = {}
        for row in self._held.get((read.source, read.force or read.area), ()):
            start, end, vintage = row[2], row[3], row[5]
            inside = read.first <= start and (not read.last or start <= read.last)
            if inside and (not read.as_of or vintage[: len(read.as_of)] <= read.as_of):
                # Of tables every vintage counts: each may hold measures of its own.
                key = (*row[:2], start, end) if row[0].startswith("police-uk") else row
                newest[key] = row
        if read.what == "months":
            return [row[:5] for row in newest.values()]
        return list(newest.values())


def in_a_run() -> bool:
    """Tell whether a run executes the notebook: what it shows is published then."""
    return bool(os.environ.get(SETTING))


def tell(reads: Iterable[Read], slices: Callable[[], Slices]) -> None:
    """Tell the reads, with the hash of each slice, to the file that `SETTING` names, if any.

    Slices are asked for only then: to judge all months takes longer than most answers.
    """
    path = os.environ.get(SETTING)
    if not path:
        return
    held = slices()
    lines = ({**asdict(read), "label": read.label, "sha256": held.hash_of(read)} for read in reads)
    _append(Path(path), lines)


def tell_file(file: Path) -> None:
    """Tell that a file or folder in the data folder, such as a partnership's, was read.

    That it is absent is told as well: a file that arrives later changes what was read.
    """
    path = os.environ.get(SETTING)
    if path:
        name = os.path.relpath(file, data_folder())
        _append(Path(path), [{"file": name, "label": name, "sha256": hash_of_file(file)}])


def tell_edition(edition: str) -> None:
    """Tell that a report was opened in an edition: what is sensitive has no place in a public one.

    The line has no hash: it names nothing that was read.
    """
    path = os.environ.get(SETTING)
    if path:
        _append(Path(path), [{"edition": edition}])


def months_read(
    source: str, force: str, months: Iterable[date], as_of: date | str | None = None
) -> Read:
    """Name the slice from the first to the last of some months of a force."""
    days = sorted(months)
    first, last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
    return Read(source, force=force, first=first, last=last, as_of=str(as_of or ""))


def table_read(
    area: Area, period: Period, as_of: date | str | None = None, *, source: str = "published"
) -> Read:
    """Name the figures that tables of a source hold of an area for a period."""
    start = period.start.isoformat()
    return Read(source, area=area.code, first=start, last=start, as_of=str(as_of or ""))


def _append(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)


def hash_of_file(path: Path) -> str:
    """Hash a file, or the names and contents of a folder's files; empty where there is none."""
    try:
        if not path.is_dir():
            return hashlib.sha256(path.read_bytes()).hexdigest()
        held = [file for file in sorted(path.rglob("*")) if file.is_file()]
        told = "".join(
            f"{file.relative_to(path).as_posix()} {hash_of_file(file)}\n" for file in held
        )
        return hashlib.sha256(told.encode()).hexdigest()
    except OSError:
        return ""
