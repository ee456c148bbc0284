"""Ingest: raw files in, observations and coverage out, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.paths import user_store
from cspanalysis.sources.files import Input
from cspanalysis.sources.police_uk import read_months
from cspanalysis.sources.police_uk_files import ForceFile, force_files
from cspanalysis.sources.police_uk_more import read_counted
from cspanalysis.sources.police_uk_rows import CountedMonth
from cspanalysis.sources.recognise import is_police_uk, read_figures
from cspanalysis.store import manifest
from cspanalysis.store.months import parts_of
from cspanalysis.store.parts import (
    Part,
    figure_parts,
    file_name,
    joined,
    source_of,
)
from cspanalysis.store.places import Places
from cspanalysis.store.reports import IngestReport, InputReport

__all__ = ["Progress", "ingest"]

Progress = Callable[[int, int, str], None]
_KEY = ["source", "force", "period_start", "period_end", "area_code", "vintage"]
_VINTAGE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
_ROW_GROUP = 1 << 15


def ingest(
    paths: Sequence[Path],
    *,
    into: Path | None = None,
    vintage: str | None = None,
    on_progress: Progress | None = None,
) -> IngestReport:
    """Read raw files into a store; all inputs of one call succeed, or nothing changes.

    Parameters
    ----------
    paths
        data.police.uk archives (a ZIP, a folder of one, a single file), tables of ONS and of the
        Home Office, partners' indicators, and tables of published figures; what each is, is told
        by what it holds.
    into
        The store; the user's own where none is given.
    vintage
        When the files were published, ``2024-02`` or ``2024-02-28``. Where it is not given, a
        table says so itself, and an archive is labelled by its last month, the way
        data.police.uk labels its archives.
    on_progress
        Called after each force's files, and each table, with files done, files in all, and the
        name of what was just read.

    Raises
    ------
    SourceError
        If a file is not what it claims to be, or contradicts what the store holds of the same
        vintage.
    StoreError
        If another ingest is writing.
    UsageError
        If `vintage` is no month or day.
    """
    root = user_store() if into is None else into
    if vintage is not None and not _VINTAGE.fullmatch(vintage):
        raise UsageError(_bad_vintage(vintage))
    with manifest.writing(root):
        coverage = manifest.read(root)
        work = _Work(root, coverage, _held(coverage), vintage, on_progress)
        reports = tuple(work.take(Path(path)) for path in paths)
        if len(work.coverage) > len(coverage):
            manifest.replace(root, work.coverage)
    return IngestReport(reports, root)


@dataclass(slots=True)
class _Work:
    """Hold what an ingest needs, and the coverage table as it grows."""

    root: Path
    coverage: pd.DataFrame
    held: dict[tuple[Any, ...], dict[str, str]]
    vintage: str | None
    on_progress: Progress | None
    added: list[dict[str, Any]] = field(default_factory=list)

    def take(self, path: Path) -> InputReport:
        """Read one input and write its observations."""
        with Input(path) as source:
            sha256 = source.sha256
            held = self.coverage[self.coverage["input_sha256"] == sha256]
            if self.vintage is not None:
                held = held[held["vintage"] == self.vintage]
            if not held.empty:
                first = held.iloc[0]
                return InputReport(path, first["source"], first["vintage"], "", already=True)
            read = self._police_uk if is_police_uk(source) else self._figures
            told = read(source, sha256)
        self._cover()
        return told

    def _police_uk(self, source: Input, sha256: str) -> InputReport:
        files, skipped = force_files(source)
        vintage = self.vintage or f"{max(file.month for file in files):%Y-%m}"
        kind = source_of(files[0].kind)
        told = InputReport(source.path, kind, vintage, _why(self.vintage), skipped=skipped)
        done, places = 0, Places.shipped()
        with closing(_read_all(files, places)) as months:
            for (_, force), group in groupby(months, key=_kind_and_force):
                of_force = list(group)
                told.repeated += sum(month.repeated for month in of_force)
                parts = (parts_of(month, vintage, places) for month in of_force)
                for of_source in zip(*parts, strict=True):
                    self._keep(of_source, told, sha256)
                done += len(of_force)
                if self.on_progress:
                    self.on_progress(done, len(files), force)
        return told

    def _figures(self, source: Input, sha256: str) -> InputReport:
        member = source.members[0]
        kind, table = read_figures(member)
        if table.vintage and not _VINTAGE.fullmatch(table.vintage):
            raise SourceError(_bad_vintage(table.vintage), file=member.shown)
        last = f"{max(table.figures['period_end']):%Y-%m}"
        vintage = self.vintage or table.vintage or last
        why = _why(self.vintage) if self.vintage or not table.vintage else "as the file says"
        told = InputReport(source.path, kind, vintage, why, remarks=table.remarks)
        self._keep(figure_parts(table, kind, vintage, member.shown), told, sha256)
        if self.on_progress:
            self.on_progress(1, 1, member.name)
        return told

    def _keep(self, parts: Sequence[Part], told: InputReport, sha256: str) -> None:
        """Write the parts that the store lacks into one file, and note them for the coverage."""
        fresh = [part for part in parts if self._lacks(part)]
        if parts[0].row["source"] == told.source:
            told.known += len(parts) - len(fresh)
        if not fresh:
            return
        name = file_name(fresh)
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(joined(fresh), path, compression="zstd", row_group_size=_ROW_GROUP)
        about = {"file": name, "input": told.path.name, "input_sha256": sha256}
        for part in fresh:
            told.add(part.row)
        self.added += [part.row | about for part in fresh]

    def _cover(self) -> None:
        """Put what an input added into the coverage table."""
        if self.added:
            added = pd.DataFrame(self.added, columns=manifest.COLUMNS.names)
            held = [self.coverage] if len(self.coverage) else []
            self.coverage = pd.concat([*held, added], ignore_index=True)
            self.added = []

    def _lacks(self, part: Part) -> bool:
        """Tell whether the store lacks a part; refuse one that contradicts it."""
        held = self.held.setdefault(tuple(part.row[name] for name in _KEY), {})
        if part.row["sha256"] in held:
            return False
        if not held:
            held[part.row["sha256"]] = part.shown
            return True
        raise SourceError(
            f"the store holds other figures of the same vintage {part.row['vintage']}, from "
            f"{next(iter(held.values()))}; say when this file was published: --vintage YYYY-MM",
            file=part.shown,
        )


def _held(coverage: pd.DataFrame) -> dict[tuple[Any, ...], dict[str, str]]:
    """Hashes that are held for every key of the coverage table, with the input's name."""
    held: dict[tuple[Any, ...], dict[str, str]] = {}
    for row in coverage.to_dict("records"):
        held.setdefault(tuple(row[name] for name in _KEY), {})[row["sha256"]] = row["input"]
    return held


def _read_all(files: Sequence[ForceFile], places: Places) -> Generator[CountedMonth, None, None]:
    """Read files in their order, which is by kind first."""
    for kind, of_kind in groupby(files, key=lambda file: file.kind):
        if kind == "street":
            yield from read_months(list(of_kind), places.csps)
        else:
            yield from read_counted(list(of_kind))


def _kind_and_force(month: CountedMonth) -> tuple[str, str]:
    return month.file.kind, month.file.force.slug


def _why(vintage: str | None) -> str:
    return "as given" if vintage else "its last month; give --vintage if it was published later"


def _bad_vintage(vintage: str) -> str:
    return f"vintage '{vintage}' is not a month or a day; write 2024-02 or 2024-02-28"
