"""The coverage table: what is in a store; only files that it names count.

Observations never change once written. An ingest writes new files first and then replaces the
coverage table in one step, so that a reader sees either all of an ingest or nothing of it. Rows
that other content of the same vintage has replaced stay in the table and do not count. The columns
that tell of it, and of encodings, are there where there is something to tell. The table bears a
seal, and the hash of every file that it names: what is not as it was written is refused.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from cspanalysis.disk import sync_folder, write_synced
from cspanalysis.errors import StoreError
from cspanalysis.paths import way_back
from cspanalysis.store.seals import is_sealed, seal_holds, sealed

__all__ = [
    "BEFORE",
    "COLUMNS",
    "ENCODING",
    "FORGOTTEN",
    "HISTORY",
    "REPLACED",
    "content_of",
    "counting",
    "key_of",
    "read",
    "read_all",
    "read_before",
    "replace",
    "sweep",
    "writing",
]

_FILE = "coverage.parquet"
BEFORE = "coverage.before"
_LOCK = ".lock"
COLUMNS = pa.schema(
    [
        ("source", pa.string()),
        ("force", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("area_code", pa.string()),
        ("vintage", pa.string()),
        ("lsoa_vintage", pa.string()),
        ("rows", pa.int64()),
        ("located", pa.int64()),
        ("without_location", pa.int64()),
        ("outside", pa.int64()),
        ("repeated", pa.int64()),
        ("input", pa.string()),
        ("input_sha256", pa.string()),
        ("sha256", pa.string()),
        ("file", pa.string()),
        ("file_sha256", pa.string()),
    ]
)
REPLACED = ("replaced_by", "replaced_by_sha256", "replaced_on")
"""What replaced a row: name and hash of the input, and the day; empty for a row that counts."""

FORGOTTEN = "(forgotten)"
"""What stands in place of the input that replaced a row where the row was taken out."""

ENCODING = "encoding"
"""In which encoding a row was read where that was not UTF-8; else empty."""

HISTORY = pa.schema([*COLUMNS, *((name, pa.string()) for name in (ENCODING, *REPLACED))])
_SELDOM = ((ENCODING,), REPLACED)
_KEY = ("source", "force", "period_start", "period_end", "area_code", "vintage")
_ORDER = ["source", "force", "period_start", "period_end", "area_code", "vintage", "input"]


def key_of(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Give what a row of the coverage table is of: source, force, period, area and vintage."""
    return tuple(row[name] for name in _KEY)


def content_of(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Give what a row is of, with the hash of its content."""
    return (*key_of(row), row["sha256"])


def read(root: Path) -> pd.DataFrame:
    """Read the rows of a store's coverage table that count; empty where there is none.

    Raises
    ------
    StoreError
        If it is there and can't be read.
    """
    return counting(read_all(root))


def read_all(root: Path) -> pd.DataFrame:
    """Read the coverage table of a store with the rows that were replaced; see `REPLACED`."""
    return _read(root / _FILE)


def read_before(root: Path) -> pd.DataFrame:
    """Read the coverage table as it was before the last ingest; empty where that was the first."""
    return counting(_read(root / BEFORE))


def counting(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that count of a table with those that were replaced."""
    return rows[rows["replaced_by"] == ""].drop(columns=list(REPLACED)).reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    table = HISTORY.empty_table()
    try:
        if path.exists():
            table = _verified(path.read_bytes())
        elif path.with_name(BEFORE).exists():
            raise ValueError("it is lost")
        frame: pd.DataFrame = table.to_pandas()
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        reason = f"the coverage table can't be read ({error}); {way_back(path)}"
        raise StoreError(f"{path}: {reason}") from error
    # Earlier versions did not note what is repeated: there it is missing.
    frame["repeated"] = frame["repeated"].astype("Int64")
    return frame.fillna(dict.fromkeys(("file_sha256", ENCODING, *REPLACED), ""))


def _verified(raw: bytes) -> pa.Table:
    """Read a table that is as it was written; earlier versions wrote neither seals nor hashes."""
    if is_sealed(raw):
        if not seal_holds(raw):
            raise ValueError("its bytes are not those that were written")
    elif "file_sha256" in pq.read_schema(pa.BufferReader(raw)).names:
        raise ValueError("its seal is damaged")
    return pq.read_table(pa.BufferReader(raw), schema=HISTORY, partitioning=None)


def replace(root: Path, coverage: pd.DataFrame) -> None:
    """Put a new coverage table in place of the old one, in one step; keep the old one beside it."""
    told = [name for names in _SELDOM if coverage[names[0]].any() for name in names]
    schema = pa.schema([*COLUMNS, *(HISTORY.field(name) for name in told)])
    ordered = coverage.sort_values(_ORDER, kind="stable")[schema.names]
    table = pa.Table.from_pandas(ordered, schema=schema, preserve_index=False)
    before = root / _FILE
    held = before.read_bytes() if before.exists() else _sealed(COLUMNS.empty_table())
    write_synced(root / BEFORE, held)
    write_synced(root / _FILE, _sealed(table))
    sync_folder(root)


def _sealed(table: pa.Table) -> bytes:
    buffer = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(None), buffer, compression="zstd")
    return sealed(buffer.getvalue().to_pybytes())


def sweep(root: Path) -> int:
    """Remove what a killed ingest left behind: files that the coverage table does not name."""
    named = set(read_all(root)["file"])
    orphans = [
        path
        for path in (root / "observations").rglob("*")
        if path.is_file() and path.relative_to(root).as_posix() not in named
    ]
    orphans += root.glob("*.new")
    for path in orphans:
        path.unlink()
    _remove_empty_folders(root / "observations")
    return len(orphans)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the store's lock; leave nothing behind where the writing fails.

    Raises
    ------
    StoreError
        If another process is writing.
    """
    was_there, lock = root.exists(), FileLock(root / _LOCK, timeout=0)
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        if isinstance(error, Timeout):
            raise StoreError(f"{root}: another ingest is writing; wait for it to end") from error
        reason = f"nothing can be written there ({error.strerror or error})"
        way = "have yourself given the right to, or set CSPANALYSIS_DATA to a copy of the folder"
        raise StoreError(f"{root}: {reason}; {way}") from error
    try:
        sweep(root)
        yield
    except BaseException:
        sweep(root)
        if not was_there:
            shutil.rmtree(root)
        raise
    finally:
        lock.release()


def _remove_empty_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
