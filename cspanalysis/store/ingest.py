"""Ingest: raw files in, observations and coverage out, all of it or nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.paths import user_store
from cspanalysis.sources import police_uk, published
from cspanalysis.sources.files import Input
from cspanalysis.store import manifest
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of

__all__ = ["IngestReport", "InputReport", "Progress", "ingest"]

Progress = Callable[[int, int, str], None]
_KEY = ["source", "force", "period_start", "period_end", "area_code", "vintage"]


@dataclass(slots=True)
class InputReport:
    """Say what became of one input."""

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

    def __str__(self) -> str:
        if self.already:
            return f"{self.path}: was ingested before, nothing to do"
        span = f"{min(self.periods)} to {max(self.periods)}" if self.periods else "nothing new"
        lines = [f"{self.path}: {self.source}, {span}, {', '.join(sorted(self.areas)) or 'none'}"]
        lines.append(f"  vintage {self.vintage} ({self.vintage_from})")
        lines.append(f"  {self.rows:,} rows read")
        if self.source == "police-uk":
            lines[-1] += (
                f": {self.located:,} with a location ({self.outside:,} of them outside the force's "
                f"area), {self.without_location:,} without"
            )
        if self.known:
            lines.append(f"  {self.known} files were there already, left as they are")
        reasons = sorted(set(self.skipped.values()))
        for reason in reasons:
            number = sum(said == reason for said in self.skipped.values())
            lines.append(f"  {number} files left alone: {reason}")
        return "\n".join(lines)


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
        data.police.uk archives (a ZIP, a folder of one, a single street file) and tables of
        published figures.
    into
        The store; the user's own where none is given.
    vintage
        When the files were published, ``2024-02`` or ``2024-02-28``. Where it is not given, a
        table says so itself, and an archive is labelled by its last month, the way
        data.police.uk labels its archives.
    on_progress
        Called with files done, files in all, and the name of the file just read.

    Raises
    ------
    SourceError
        If a file is not what it claims to be, or contradicts what the store holds of the same
        vintage.
    StoreError
        If another ingest is writing.
    """
    root = user_store() if into is None else into
    _check_vintage(vintage)
    reports = []
    with manifest.writing(root):
        coverage = manifest.read(root)
        before = len(coverage)
        for path in paths:
            work = _Work(root, coverage, vintage, on_progress)
            reports.append(work.take(Path(path)))
            coverage = work.coverage
        if len(coverage) != before:
            manifest.replace(root, coverage)
    return IngestReport(tuple(reports), root)


@dataclass(slots=True)
class _Work:
    """Hold what the ingest of one input needs and changes."""

    root: Path
    coverage: pd.DataFrame
    vintage: str | None
    on_progress: Progress | None

    def take(self, path: Path) -> InputReport:
        with Input(path) as source:
            sha256 = source.sha256
            held = self.coverage[self.coverage["input_sha256"] == sha256]
            if self.vintage is not None:
                held = held[held["vintage"] == self.vintage]
            if not held.empty:
                first = held.iloc[0]
                return InputReport(path, first["source"], first["vintage"], "", already=True)
            if _is_police_uk(source):
                return self._take_police_uk(source, sha256)
            return self._take_published(source, sha256)

    def _take_police_uk(self, source: Input, sha256: str) -> InputReport:
        files, skipped = police_uk.street_files(source)
        last = f"{max(file.month for file in files):%Y-%m}"
        told = InputReport(source.path, "police-uk", self.vintage or last, _why(self.vintage))
        told.skipped = skipped
        done = 0
        for _, group in groupby(files, key=lambda file: file.force.slug):
            batch = list(group)
            months = police_uk.read_months(batch)
            done += len(batch)
            if self.on_progress:
                self.on_progress(done, len(files), batch[-1].member.name)
            self._keep_force(months, told, sha256)
        return told

    def _keep_force(
        self, months: Sequence[police_uk.StreetMonth], told: InputReport, sha256: str
    ) -> None:
        rows = [_coverage_row(month, told, sha256) for month in months]
        fresh = [
            self._is_fresh(row, month.file.member.shown)
            for row, month in zip(rows, months, strict=True)
        ]
        told.known += fresh.count(False)
        kept = [(row, month) for row, month, new in zip(rows, months, fresh, strict=True) if new]
        if not kept:
            return
        name = _file_name([row for row, _ in kept])
        for row, _ in kept:
            row["file"] = name
            _add_up(told, row)
        _write(self.root / name, _observations([month for _, month in kept]))
        self._extend([row for row, _ in kept])

    def _take_published(self, source: Input, sha256: str) -> InputReport:
        member = source.members[0]
        table = published.read_published(member)
        last = max(table.figures["period_end"])
        vintage = self.vintage or table.vintage or f"{last:%Y-%m}"
        _check_vintage(vintage, member.shown)
        why = _why(self.vintage) if self.vintage or not table.vintage else "as the file says"
        told = InputReport(source.path, "published", vintage, why, rows=len(table.figures))
        name = f"observations/source=published/{vintage}-{sha256[:12]}.parquet"
        rows = []
        keys = ["area_code", "period_start", "period_end"]
        for (code, start, end), figures in table.figures.groupby(keys, sort=True):
            area = Area.named(str(code))
            told.areas.add(area.slug)
            told.periods.add(str(Period.of_months(start, end)))
            row = {
                "source": "published",
                "force": _force_slug(Places.shipped().force_code(area)),
                "period_start": start,
                "period_end": end,
                "area_code": area.code,
                "vintage": vintage,
                "lsoa_vintage": "",
                "rows": len(figures),
                "located": 0,
                "without_location": 0,
                "outside": 0,
                "input": source.path.name,
                "input_sha256": sha256,
                "sha256": sha256,
                "file": name,
            }
            self._is_fresh(row, member.shown)
            rows.append(row)
        _write(self.root / name, _published_table(table, vintage))
        self._extend(rows)
        return told

    def _is_fresh(self, row: dict[str, object], shown: str) -> bool:
        """Tell whether the store lacks a row; refuse what contradicts it."""
        same = self.coverage
        for key in _KEY:
            same = same[same[key] == row[key]]
        if same.empty:
            return True
        if row["sha256"] in set(same["sha256"]):
            return False
        raise SourceError(
            f"the store holds other figures of the same vintage {row['vintage']}, from "
            f"{same['input'].iat[0]}; say which is newer: --vintage YYYY-MM",
            file=shown,
        )

    def _extend(self, rows: list[dict[str, object]]) -> None:
        added = pd.DataFrame(rows, columns=manifest.COLUMNS.names)
        self.coverage = (
            pd.concat([self.coverage, added], ignore_index=True) if len(self.coverage) else added
        )


def _coverage_row(
    month: police_uk.StreetMonth, told: InputReport, sha256: str
) -> dict[str, object]:
    file, counts = month.file, month.counts.to_pandas()
    places = Places.shipped()
    codes = counts["lsoa"].dropna()
    located = int(counts.loc[codes.index, "count"].sum())
    elsewhere = places.force_of(codes) != file.force.code
    return {
        "source": told.source,
        "force": file.force.slug,
        "period_start": file.month,
        "period_end": Period.of_months(file.month, file.month).end,
        "area_code": file.force.code,
        "vintage": told.vintage,
        "lsoa_vintage": places.vintage_of(set(codes)),
        "rows": month.rows,
        "located": located,
        "without_location": month.rows - located,
        "outside": int(counts.loc[codes.index[elsewhere], "count"].sum()) if file.force.code else 0,
        "input": told.path.name,
        "input_sha256": sha256,
        "sha256": month.sha256,
        "file": "",
    }


def _add_up(told: InputReport, row: dict[str, object]) -> None:
    for name in ("rows", "located", "without_location", "outside"):
        setattr(told, name, getattr(told, name) + row[name])
    told.periods.add(f"{row['period_start']:%Y-%m}")
    told.areas.add(str(row["force"]))


def _file_name(rows: Sequence[dict[str, object]]) -> str:
    first, last = rows[0], rows[-1]
    digest = hashlib.sha256("".join(str(row["sha256"]) for row in rows).encode()).hexdigest()
    span = f"{first['period_start']:%Y-%m}-to-{last['period_start']:%Y-%m}"
    folder = f"observations/source={first['source']}/force={first['force']}"
    return f"{folder}/{span}-{first['vintage']}-{digest[:12]}.parquet"


def _observations(months: Sequence[police_uk.StreetMonth]) -> pa.Table:
    """Put the counts of a force together, sorted so that one area's rows lie together."""
    codes = {name: Measure.named(name).code for name in police_uk.CRIME_TYPES}
    parts = []
    for month in months:
        frame = month.counts.to_pandas()
        parts.append(
            pd.DataFrame(
                {
                    "area_code": frame["lsoa"],
                    "period_start": month.file.month,
                    "measure": frame["crime_type"].map(codes),
                    "count": frame["count"],
                }
            )
        )
    table = pd.concat(parts).sort_values(["area_code", "measure", "period_start"])
    fields = [
        ("area_code", pa.string()),
        ("period_start", pa.date32()),
        ("measure", pa.string()),
        ("count", pa.int32()),
    ]
    return pa.Table.from_pandas(table, schema=pa.schema(fields), preserve_index=False)


def _published_table(table: published.PublishedTable, vintage: str) -> pa.Table:
    frame = table.figures.assign(vintage=vintage, licence=table.licence)
    return pa.Table.from_pandas(frame, preserve_index=False)


def _write(path: Path, table: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    bare = table.replace_schema_metadata(None)
    pq.write_table(bare, path, compression="zstd", row_group_size=1 << 16)


def _is_police_uk(source: Input) -> bool:
    if len(source.members) != 1 or source.path.is_dir() or source.path.suffix.lower() != ".csv":
        return True
    with source.members[0].open() as reader:
        first = reader.read(1 << 12)
    return b"Crime ID" in first or bool(re.match(r"\d{4}-\d{2}-", source.path.name))


def _why(vintage: str | None) -> str:
    return "as given" if vintage else "its last month; give --vintage if it was published later"


def _check_vintage(vintage: str | None, file: str | None = None) -> None:
    if vintage is None or re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?", vintage):
        return
    reason = f"vintage '{vintage}' is not a month or a day; write 2024-02 or 2024-02-28"
    if file is None:
        raise UsageError(reason)
    raise SourceError(reason, file=file, column="vintage")


def _force_slug(code: str) -> str:
    slugs = {force.code: slug for slug, force in police_uk.forces().items() if force.code}
    return slugs.get(code, slug_of(code))
