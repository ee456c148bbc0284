"""Receipts: the rows of the coverage table, those that count and those that were replaced.

What is held of a source, a period and a vintage is replaced by other content of the same vintage
only where an ingest was told to. The rows replaced stay in the table, with what replaced them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from cspanalysis.store import manifest
from cspanalysis.store.kept import Kept, is_whole, read_table
from cspanalysis.store.parts import Part, by_force

__all__ = ["Difference", "Receipt", "Receipts", "difference"]

Receipt = dict[str, Any]
_OBSERVED = ("area_code", "period_start", "period_end", "measure", "object", "outcome")
_BESIDE = {"line", "vintage", "licence"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Say in how many observations two contents of the same key differ.

    Parameters
    ----------
    added, changed, removed
        Observations that only the later has, that both have with other values, and that only the
        earlier has.
    shared
        Observations that both have, whatever their values.
    """

    added: int
    changed: int
    removed: int
    shared: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(held: pd.DataFrame, given: pd.DataFrame) -> Difference:
    """Compare observations by area, period, measure, object and outcome.

    Lines, vintages and licences do not count.

    Examples
    --------
    >>> held = pd.DataFrame({"measure": ["robbery", "arson"], "count": [7, 1]})
    >>> difference(held, held.assign(count=[8, 1]).head(1))
    Difference(added=0, changed=1, removed=1, shared=1)
    """
    before, after = _by_key(held), _by_key(given)
    shared = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in shared)
    return Difference(len(after) - len(shared), changed, len(before) - len(shared), len(shared))


class Receipts:
    """Hold the rows of a store's coverage table while an ingest adds to them.

    Parameters
    ----------
    root
        The store.
    beneath
        The store that it stands over, whose rows count as long as none here replaces them.
    """

    def __init__(self, root: Path, beneath: Path | None) -> None:
        self._root = root
        self._own = _records(root)
        self._live: dict[tuple[Any, ...], list[Receipt]] = {}
        self._gone = {manifest.content_of(row): row for row in self._own if row["replaced_by"]}
        below = _records(beneath) if beneath is not None else []
        for row in [*below, *self._own]:
            if not row["replaced_by"]:
                self._enter(row)
        self._whole: dict[Path, bool] = {}
        self._named: dict[tuple[Any, ...], list[Receipt]] = {}
        for row in self._own:
            self._named.setdefault(manifest.content_of(row), []).append(row)
        self.changed = False
        """Whether anything was added, or written anew."""

    def frame(self) -> pd.DataFrame:
        """Give the rows of the store itself, those replaced included."""
        return pd.DataFrame(self._own, columns=manifest.HISTORY.names)

    def of_input(self, sha256: str, vintage: str | None) -> list[Receipt]:
        """Give what came of an input that was ingested before, in one vintage or in all."""
        rows = [*self._counting(), *self._gone.values()]
        same = [row for row in rows if row["input_sha256"] == sha256 and not _forgotten(row)]
        return [row for row in same if vintage in {None, row["vintage"]}]

    def whole(self, row: Receipt) -> bool:
        """Tell whether the file of a row is there as it was written; where none is noted, it is."""
        kept = Kept.of(row)
        if kept.path not in self._whole:
            self._whole[kept.path] = not row["file"] or is_whole(kept)
        return self._whole[kept.path]

    def knows(self, part: Part) -> bool:
        """Tell whether the content of a part counts already, in a file that is whole."""
        alike = [row for row in self._of_key(part) if row["sha256"] == part.row["sha256"]]
        return any(map(self.whole, alike))

    def broken(self, part: Part) -> list[Receipt]:
        """Give the store's own rows with the content of a part whose file is lost or damaged."""
        named = self._named.get(manifest.content_of(part.row), [])
        return [row for row in named if not self.whole(row)]

    def whole_file(self, name: str) -> str:
        """Give the hash of one of the store's own files that is as it was written, or nothing."""
        rows = (row for row in self._own if row["file"] == name)
        row = next(rows, None)
        return row["file_sha256"] if row is not None and self.whole(row) else ""

    def mend(self, row: Receipt, written: Receipt) -> None:
        """Note that the observations of a row were written anew."""
        row |= written
        self._whole[Kept.of(row).path] = True
        self.changed = True

    def replaced(self, part: Part) -> Receipt | None:
        """Give the receipt of a part that was held and was replaced since."""
        gone = self._gone.get(manifest.content_of(part.row))
        return None if gone is None or _forgotten(gone) else gone

    def against(self, part: Part) -> Iterator[tuple[Receipt, Difference]]:
        """Give what is held of a part's key that it would replace, with the difference.

        Tables that share no measure stand side by side. What says the same in other bytes is given
        with an empty difference.
        """
        others = [row for row in self._of_key(part) if row["sha256"] != part.row["sha256"]]
        for row in others:
            given = part.observations.replace_schema_metadata(None).to_pandas()
            found = difference(_observed(row), given)
            if found.shared or by_force(row["source"]):
                yield row, found

    def add(self, row: Receipt) -> None:
        """Add a row that counts from now on."""
        seldom = dict.fromkeys((manifest.ENCODING, *manifest.REPLACED), "")
        made = seldom | row | {"root": self._root}
        self._own.append(made)
        self._named.setdefault(manifest.content_of(made), []).append(made)
        self._whole[Kept.of(made).path] = True
        self._enter(made)
        self.changed = True

    def replace(self, row: Receipt, *, by: str, by_sha256: str) -> None:
        """Note that a row was replaced; one of the store beneath is noted here, without file."""
        self._live[manifest.key_of(row)].remove(row)
        if row["root"] != self._root:
            row = row | {"file": "", "file_sha256": "", "root": self._root}
            self._own.append(row)
        today = datetime.now(UTC).date().isoformat()
        row |= {"replaced_by": by, "replaced_by_sha256": by_sha256, "replaced_on": today}
        self._gone[manifest.content_of(row)] = row

    def left_of(self, sha256: str, source: str, seen: set[tuple[Any, ...]]) -> int:
        """Count the months or periods of an input that count still and that another lacks.

        Parameters
        ----------
        sha256, source
            The input, and which of its sources.
        seen
            Keys that the other has; of files, only its forces matter.
        """
        forces = {(key[0], key[1]) for key in seen}
        return sum(
            row["input_sha256"] == sha256
            and row["source"] == source
            and manifest.key_of(row) not in seen
            and (not by_force(source) or (source, row["force"]) in forces)
            for row in self._counting()
        )

    def _counting(self) -> Iterable[Receipt]:
        return (row for rows in self._live.values() for row in rows)

    def _of_key(self, part: Part) -> list[Receipt]:
        return self._live.get(manifest.key_of(part.row), [])

    def _enter(self, row: Receipt) -> None:
        """Let a row count, unless it is of the store beneath and was replaced here."""
        gone = self._gone.get(manifest.content_of(row))
        if gone is not None:
            if row["root"] != self._root:
                return
            del self._gone[manifest.content_of(row)]
        held = self._live.setdefault(manifest.key_of(row), [])
        alone = by_force(row["source"])
        held[:] = [one for one in held if not alone and one["sha256"] != row["sha256"]]
        held.append(row)


def _forgotten(row: Receipt) -> bool:
    return bool(row["replaced_by"] == manifest.FORGOTTEN)


def _records(root: Path) -> list[Receipt]:
    rows = manifest.read_all(root).to_dict("records")
    return [{str(name): value for name, value in row.items()} | {"root": root} for row in rows]


def _observed(row: Receipt) -> pd.DataFrame:
    wanted = pc.field("period_start") == row["period_start"]
    if not by_force(row["source"]):
        wanted &= pc.field("period_end") == row["period_end"]
        wanted &= pc.field("area_code") == row["area_code"]
    return read_table(Kept.of(row), wanted)


def _by_key(table: pd.DataFrame) -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    """Give the values of every observation that are not missing, with their names."""
    keys = [name for name in _OBSERVED if name in table]
    values = sorted(str(name) for name in table if name not in {*keys, *_BESIDE})
    texts = table.astype(object).where(table.notna(), None)
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    rows = texts[values].itertuples(index=False, name=None)
    for key, row in zip(texts[keys].itertuples(index=False, name=None), rows, strict=True):
        told = tuple(pair for pair in zip(values, row, strict=True) if pair[1] not in {None, ""})
        found.setdefault(key, []).append(told)
    return found
