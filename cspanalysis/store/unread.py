"""Tables of published figures that were edited, and not taken into the store since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cspanalysis.paths import data_folder, shipped_store, user_store
from cspanalysis.store.coverage import Coverage

__all__ = ["unread_tables"]


def unread_tables(folder: Path | None = None, *, stores: tuple[Path, ...] = ()) -> Iterator[str]:
    """Say of every table beside the store that reports are not made from, and what to do.

    Parameters
    ----------
    folder
        Folder of tables, ``data/published`` where none is given.
    stores
        Folders of stores; the shipped one and the user's where none is named.
    """
    tables = sorted((folder or data_folder() / "published").glob("*.csv"))
    rows = Coverage.read(*(stores or (shipped_store(), user_store()))).rows if tables else None
    held = set() if rows is None else set(rows["input_sha256"])
    for table in tables:
        if hashlib.sha256(table.read_bytes()).hexdigest() not in held:
            yield (
                f"{table}: it is not as its figures were taken in, so reports still show the old "
                f"ones; take it in with: cspanalysis ingest --replace {table}"
            )
