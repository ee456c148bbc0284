"""Whether what was read before is still what the stores hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cspanalysis.paths import data_folder
from cspanalysis.store.answers import Store
from cspanalysis.store.reads import Read, hash_of_file

__all__ = ["hash_of_read"]


def hash_of_read(*roots: Path) -> Callable[[Mapping[str, Any]], str]:
    """Open stores and give what tells the present hash of a slice that was read before.

    Parameters
    ----------
    roots
        Folders of stores; the shipped one and the user's where none is named.

    Returns
    -------
    callable
        From a mapping as `tell` wrote it to the hash of the same slice, or of the same file, now.
    """
    slices = Store.open(*roots).inquiry.slices
    fields = tuple(Read.__dataclass_fields__)
    known: dict[tuple[Any, ...], str] = {}

    def current(read: Mapping[str, Any]) -> str:
        if "file" in read:
            return hash_of_file(data_folder() / str(read["file"]))
        key = tuple(map(read.get, fields))
        if key not in known:
            known[key] = slices.hash_of(
                Read(**{name: read[name] for name in fields if name in read})
            )
        return known[key]

    return current
