"""Kept files: observations on disk, each read only where it is what was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cspanalysis.disk import write_synced
from cspanalysis.errors import StoreError
from cspanalysis.paths import way_back

__all__ = [
    "Kept",
    "State",
    "is_whole",
    "kept_files",
    "read_arrow",
    "read_table",
    "state_of",
    "write_table",
]

State = tuple[int, int, int]
"""Inode, size and time of a file."""

_ROW_GROUP = 1 << 15
# What was found whole in this process, as it was then: a file is hashed once, not at each read.
_WHOLE: dict[tuple[Path, str], State] = {}


class Kept(NamedTuple):
    """Name a file of observations.

    Parameters
    ----------
    path
        Where it lies.
    sha256
        Hash of its bytes; empty where none was recorded, as by ingests of earlier versions.
    input
        Name of the input that it came from.
    """

    path: Path
    sha256: str = ""
    input: str = ""

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Kept:
        """Name the file of a row of the coverage table, with its ``root``."""
        return cls(Path(row["root"], row["file"]), row["file_sha256"], row["input"])


def kept_files(rows: pd.DataFrame) -> Iterable[Kept]:
    """Name the files of rows of the coverage table, each once."""
    columns = ["root", "file", "file_sha256", "input"]
    files: dict[tuple[str, str], Kept] = {}
    for root, file, sha256, name in zip(*(rows[column] for column in columns), strict=True):
        if (root, file) not in files:
            files[root, file] = Kept(Path(root, file), sha256, name)
    return list(files.values())


def is_whole(kept: Kept) -> bool:
    """Tell whether a file is there and, bit for bit, what was written; see `Kept.sha256`."""
    try:
        return bool(kept.sha256) and _hash(kept.path) == kept.sha256
    except OSError:
        return False


def read_table(kept: Kept, wanted: pc.Expression | None = None) -> pd.DataFrame:
    """Read one file as `read_arrow` does, for pandas."""
    frame: pd.DataFrame = read_arrow(kept, wanted).to_pandas()
    return frame


def read_arrow(
    kept: Kept, wanted: pc.Expression | None = None, *, columns: list[str] | None = None
) -> pa.Table:
    """Read one file of observations, or of reference data; what has a hash is held against it.

    Raises
    ------
    StoreError
        If it is missing or damaged.
    """
    with _told(kept):
        _verify(kept)
        return pq.read_table(kept.path, filters=wanted, columns=columns, partitioning=None)


def state_of(kept: Kept) -> State:
    """Tell what a file is like that was found whole: what was read of one like it still holds.

    Raises
    ------
    StoreError
        As `read_arrow` raises it.
    """
    with _told(kept):
        return _verify(kept)


def write_table(path: Path, table: pa.Table) -> str:
    """Write a file of observations, which is on the disk then, and give its hash."""
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd", row_group_size=_ROW_GROUP)
    raw = buffer.getvalue().to_pybytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_synced(path, raw)
    return hashlib.sha256(raw).hexdigest()


@contextmanager
def _told(kept: Kept) -> Iterator[None]:
    """Say of a file that can't be read what is the matter, and how it comes back."""
    try:
        yield
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = f"observations are missing or damaged ({_what(error)})"
        way = way_back(kept.path, kept.input)
        raise StoreError(f"{kept.path}: {reason}; {way}") from error


def _verify(kept: Kept) -> State:
    found = kept.path.stat()
    state = (found.st_ino, found.st_size, found.st_mtime_ns)
    if kept.sha256 and _WHOLE.get(kept[:2]) != state:
        if _hash(kept.path) != kept.sha256:
            raise ValueError("its bytes are not those that were written")
        _WHOLE[kept[:2]] = state
    return state


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _what(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
