"""Ingest: raw files in, observations and coverage out, all of it or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from itertools import groupby
from pathlib import Path
from typing import Any

from cspanalysis.disk import sync_folder
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.paths import shipped_store, user_store
from cspanalysis.sources.figures import FigureTable
from cspanalysis.sources.files import Input, readable
from cspanalysis.sources.police_uk import read_months
from cspanalysis.sources.police_uk_files import ForceFile, absent_months, force_files
from cspanalysis.sources.police_uk_more import read_counted
from cspanalysis.sources.police_uk_rows import CountedMonth
from cspanalysis.sources.recognise import is_police_uk, read_figures
from cspanalysis.store import manifest
from cspanalysis.store.kept import write_table
from cspanalysis.store.months import parts_of
from cspanalysis.store.parts import (
    Part,
    figure_parts,
    file_name,
    joined,
    source_of,
)
from cspanalysis.store.places import Places
from cspanalysis.store.receipts import Difference, Receipt, Receipts
from cspanalysis.store.reports import (
    IngestReport,
    InputReport,
    Replacement,
    area_of,
    period_of,
)

__all__ = ["Progress", "ingest"]

Progress = Callable[[int, int, str], None]
_VINTAGE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")


def ingest(
    paths: Sequence[Path],
    *,
    into: Path | None = None,
    vintage: str | None = None,
    replace: bool = False,
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
        The store; the user's own, which stands over the shipped one, where none is given.
    vintage
        When the files were published, ``2024-02`` or ``2024-02-28``. Where it is not given, a
        table says so itself, and an archive is labelled by its last month, the way
        data.police.uk labels its archives.
    replace
        Let a file take the place of what is held of the same vintage and differs. The report says
        what it replaced, and the store keeps the receipt; see `Store.replaced`.
    on_progress
        Called after each force's files, and each table, with files done, files in all, and the
        name of what was just read.

    Raises
    ------
    SourceError
        If a file is not what it claims to be, or contradicts what the store holds of the same
        vintage and is not to replace it.
    StoreError
        If another ingest is writing.
    UsageError
        If `vintage` is no month or day.
    """
    root = user_store() if into is None else into
    if vintage is not None and not _VINTAGE.fullmatch(vintage):
        raise UsageError(_bad_vintage(vintage))
    with manifest.writing(root):
        receipts = Receipts(root, shipped_store() if into is None else None)
        work = _Work(root, receipts, vintage, replace, on_progress)
        reports = tuple(work.take(Path(path)) for path in paths)
        if receipts.changed:
            work.settle()
            manifest.replace(root, receipts.frame())
    return IngestReport(reports, root)


@dataclass(slots=True)
class _Work:
    """Hold what an ingest needs, and the receipts as they grow."""

    root: Path
    receipts: Receipts
    vintage: str | None
    replace: bool
    on_progress: Progress | None
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    outdated: set[tuple[Any, ...]] = field(default_factory=set)
    written: set[Path] = field(default_factory=set)

    def take(self, path: Path) -> InputReport:
        """Read one input and write its observations."""
        self.seen, self.outdated = set(), set()
        with readable(path), Input(path) as source:
            sha256 = source.sha256
            if told := self._taken(path, sha256):
                return told
            read = self._police_uk if is_police_uk(source) else self._figures
            told = read(source, sha256)
        told.outdated = Counter(name for name, *_ in self.outdated)
        if told.replaced and not self.replace:
            raise _contradiction(told)
        for one in told.replaced:
            one.left = self.receipts.left_of(one.old_sha256, one.source, self.seen)
        return told

    def settle(self) -> None:
        """Have the names of what was written on the disk, before the coverage table tells them."""
        inside = {self.root, *self.root.parents}
        for folder in {above for path in self.written for above in path.parents} - inside:
            sync_folder(folder)

    def _taken(self, path: Path, sha256: str) -> InputReport | None:
        """Tell of an input that was ingested before; none where there is something to do."""
        held = self.receipts.of_input(sha256, self.vintage)
        outdated = {_outdated(row) for row in held if row["replaced_by"]}
        damaged = not all(map(self.receipts.whole, held))
        if not held or damaged or (outdated and self.replace):
            return None
        first, shipped = held[0], all(row["root"] != self.root for row in held)
        told = InputReport(path, first["source"], first["vintage"], "", already=True)
        told.outdated, told.shipped = Counter(name for name, *_ in outdated), shipped
        return told

    def _police_uk(self, source: Input, sha256: str) -> InputReport:
        files, skipped = force_files(source)
        vintage = self.vintage or f"{max(file.month for file in files):%Y-%m}"
        kind = source_of(files[0].kind)
        told = InputReport(source.path, kind, vintage, _why(self.vintage), skipped=skipped)
        told.absent = absent_months(files)
        done, places = 0, Places.shipped()
        with closing(_read_all(files, places)) as months:
            for (_, force), group in groupby(months, key=_kind_and_force):
                of_force = list(group)
                told.repeated += sum(month.repeated for month in of_force)
                told.remarks += tuple(_read_as(month) for month in of_force if month.encoding)
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
        if kind == "partner":
            table = _of_partnerships(table)
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
        self.seen |= {manifest.key_of(part.row) for part in parts}
        about = {"input": told.path.name, "input_sha256": sha256}
        self._mend(parts, told)
        fresh = [part for part in parts if self._lacks(part, told, sha256)]
        if not fresh:
            return
        about |= self._write(fresh)
        for part in fresh:
            told.add(part.row)
            self.receipts.add(part.row | about)

    def _mend(self, parts: Sequence[Part], told: InputReport) -> None:
        """Write anew what the store holds of the same content in a file that is not whole."""
        broken = [(part, rows) for part in parts if (rows := self.receipts.broken(part))]
        if not broken:
            return
        written = self._write([part for part, _ in broken])
        for part, rows in broken:
            for row in rows:
                self.receipts.mend(row, part.row | written)
        told.mended += len(broken)

    def _write(self, parts: Sequence[Part]) -> dict[str, str]:
        """Write parts into one file, unless it is there: held before, and brought back."""
        name = file_name([part.row for part in parts])
        sha256 = self.receipts.whole_file(name) or write_table(self.root / name, joined(parts))
        self.written.add(self.root / name)
        return {"file": name, "file_sha256": sha256}

    def _lacks(self, part: Part, told: InputReport, sha256: str) -> bool:
        """Tell whether the store lacks a part; note what it takes the place of."""
        known = self.receipts.knows(part)
        rivals = [] if known else list(self.receipts.against(part))
        if known or any(not found for _, found in rivals):
            told.known += part.row["source"] == told.source
            return False
        if rivals and not self.replace and (gone := self.receipts.replaced(part)):
            self.outdated.add(_outdated(gone))
            return False
        for row, found in rivals:
            _note(told, part, sha256, row, found)
            self.receipts.replace(row, by=told.path.name, by_sha256=sha256)
        return True


def _of_partnerships(table: FigureTable) -> FigureTable:
    """Let a partner's figures of a council stand under the CSP that is the same ground."""
    alike = Places.shipped().csps_alike
    codes = table.figures["area_code"].map(lambda code: alike.get(code, code))
    return replaced(table, figures=table.figures.assign(area_code=codes))


def _outdated(row: Receipt) -> tuple[Any, ...]:
    """Name what replaced a row, and which month or period it is of; a file's sources are one."""
    return (row["replaced_by"], *manifest.key_of(row)[1:])


def _note(told: InputReport, part: Part, sha256: str, held: Receipt, found: Difference) -> None:
    """Add to what an input replaces of another."""
    source, old = held["source"], (held["input"], held["input_sha256"])
    known = (r for r in told.replaced if (r.source, r.old, r.old_sha256) == (source, *old))
    one = next(known, None)
    if one is None:
        new = (told.path.name, sha256)
        one = Replacement(source, held["vintage"], *old, *new, file=part.shown)
        told.replaced.append(one)
    one.periods.add(period_of(held))
    one.areas.add(area_of(held))
    one.parts += 1
    one.rows_before += held["rows"]
    one.rows += part.row["rows"]
    one.added += found.added
    one.changed += found.changed
    one.removed += found.removed


def _contradiction(told: InputReport) -> SourceError:
    held = "; ".join(f"from {one.held}: {one.extent}" for one in told.replaced)
    return SourceError(
        f"the store holds other figures of the same vintage {told.vintage}, {held}. Nothing was "
        "taken in: if this file was published at another time, say when with --vintage YYYY-MM; "
        "if it corrects what is held, let it take its place with --replace",
        file=told.replaced[0].file,
    )


def _read_all(files: Sequence[ForceFile], places: Places) -> Generator[CountedMonth, None, None]:
    """Read files in their order, which is by kind first."""
    for kind, of_kind in groupby(files, key=lambda file: file.kind):
        if kind == "street":
            yield from read_months(list(of_kind), places.csps)
        else:
            yield from read_counted(list(of_kind))


def _kind_and_force(month: CountedMonth) -> tuple[str, str]:
    return month.file.kind, month.file.force.slug


def _read_as(month: CountedMonth) -> str:
    return f"{month.file.member.name}: read as {month.encoding}"


def _why(vintage: str | None) -> str:
    return "as given" if vintage else "its last month; give --vintage if it was published later"


def _bad_vintage(vintage: str) -> str:
    return f"vintage '{vintage}' is not a month or a day; write 2024-02 or 2024-02-28"
