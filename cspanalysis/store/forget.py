"""Forget: an input, or months of it, out of the store; all of it or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from cspanalysis.disk import sync_folder
from cspanalysis.errors import UsageError
from cspanalysis.paths import shipped_store, user_store
from cspanalysis.sources.files import Input
from cspanalysis.store import manifest
from cspanalysis.store.kept import Kept, is_whole, read_arrow, write_table
from cspanalysis.store.parts import by_force, file_name
from cspanalysis.store.receipts import Receipt
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import many

__all__ = ["Forgotten", "forget"]

_HASH = re.compile(r"[0-9a-f]{8,64}")
_NOTED = {"file": "", "file_sha256": ""}
_FREE = dict.fromkeys(manifest.REPLACED, "")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Say what was forgotten; its text is the receipt.

    Parameters
    ----------
    input, input_sha256
        Name and hash of the input.
    parts, rows
        Months of a force, or periods of an area, that no longer count, and the rows of them.
    first, last
        First and last month of them.
    back
        How many that it had replaced count again.
    on
        The day, ISO.
    """

    input: str
    input_sha256: str
    parts: int
    rows: int
    first: str
    last: str
    back: int
    on: str

    def __str__(self) -> str:
        return (
            f"{self.input} (sha256 {self.input_sha256[:12]}), {self.first} to {self.last}: "
            f"{many(self.parts, 'month', 'period')} forgotten, {many(self.rows, 'row')}; "
            f"{self.back:,} that they had replaced count{'s' if self.back == 1 else ''} again\n"
            "  an ingest of the same file would take it in again: move it out of data/raw"
        )

    def json(self) -> str:
        """Write the receipt for machines."""
        return json.dumps({"schema_version": 1, **asdict(self)}, ensure_ascii=False, indent=2)


def forget(name: str, *, months: Period | None = None, into: Path | None = None) -> Forgotten:
    """Take an input out of a store; a kill leaves the store as it was or as it is to be.

    What the input had replaced counts again where it is still held, and is missing else. The store
    keeps the receipt: see `Store.forgotten`.

    Parameters
    ----------
    name
        The input: its name, the path of its file, or the first eight or more digits of its hash.
    months
        Only what lies within these months; all of it where none are given.
    into
        The store; the user's own, over the shipped one, where none is given. Shipped counts are
        left where they are and count no more.

    Raises
    ------
    UsageError
        If no input is called so, several are, or nothing of it lies within the months.
    StoreError
        If an ingest is writing, or a file that some months stay in is damaged.
    """
    root = user_store() if into is None else into
    with manifest.writing(root):
        own = _records(root)
        below = _not_hidden(_records(shipped_store()), own) if into is None else []
        sha256 = _named(name, [*below, *own])
        going = [row for row in (*below, *own) if row["input_sha256"] == sha256]
        going = [row for row in going if _forgettable(row) and _inside(row, months)]
        if not going:
            raise UsageError(f"'{name}' holds nothing of {months}; see cspanalysis check")
        told = _take_out(root, own, going)
        manifest.sweep(root)
    return told


def _take_out(root: Path, own: list[Receipt], going: Sequence[Receipt]) -> Forgotten:
    today = datetime.now(UTC).date().isoformat()
    gone = {id(row) for row in going}
    kept = [row for row in own if id(row) not in gone]
    counting = [row for row in going if not row["replaced_by"]]
    kept, back = _bring_back(kept, going)
    _rewrite(root, kept, going)
    about = {"replaced_by": manifest.FORGOTTEN, "replaced_by_sha256": "", "replaced_on": today}
    notes = [row | _NOTED | about for row in counting]
    manifest.replace(root, pd.DataFrame([*kept, *notes], columns=manifest.HISTORY.names))
    return Forgotten(
        going[0]["input"],
        going[0]["input_sha256"],
        len(counting),
        sum(row["rows"] for row in counting),
        f"{min(row['period_start'] for row in going):%Y-%m}",
        f"{max(row['period_end'] for row in going):%Y-%m}",
        back,
        today,
    )


def _bring_back(kept: list[Receipt], going: Sequence[Receipt]) -> tuple[list[Receipt], int]:
    """Let count what rows had replaced; what replaced them is noted as what did it now."""
    ordered = sorted(going, key=lambda row: not row["replaced_by"])  # what counts is told last
    by = {(manifest.key_of(row), row["input_sha256"]): row for row in ordered}
    stay: list[Receipt] = []
    counting = {manifest.content_of(row) for row in kept if not row["replaced_by"]}
    back = 0
    for row in kept:
        taker = by.get((manifest.key_of(row), row["replaced_by_sha256"]))
        if taker is None or not row["replaced_by"]:
            stay.append(row)
        elif taker["replaced_by"]:
            stay.append(row | {key: taker[key] for key in manifest.REPLACED})
        elif not row["file"]:  # of the store beneath, where it counts as soon as nothing hides it
            back += 1
        elif manifest.content_of(row) not in counting and is_whole(Kept.of(row)):
            counting.add(manifest.content_of(row))
            stay.append(row | _FREE)
            back += 1
    return stay, back


def _rewrite(root: Path, kept: list[Receipt], going: Sequence[Receipt]) -> None:
    """Write files anew, without what was forgotten, that other rows are still in."""
    touched = {row["file"] for row in going if row["root"] == root}
    for name in sorted(touched - {""}):
        stay = [row for row in kept if row["file"] == name]
        if not stay:
            continue
        contents = {manifest.content_of(row): row for row in stay}
        rows = sorted(contents.values(), key=manifest.key_of)
        made = file_name(rows)
        sha256 = write_table(root / made, _only(rows, read_arrow(Kept.of(stay[0]))))
        sync_folder((root / made).parent)
        for row in stay:
            row |= {"file": made, "file_sha256": sha256}


def _only(rows: Sequence[Receipt], held: pa.Table) -> pa.Table:
    """Keep the observations of some rows of the coverage table."""
    names = ["period_start"]
    names += [] if by_force(rows[0]["source"]) else ["period_end", "area_code"]
    wanted = {tuple(row[name] for name in names) for row in rows}
    keys = zip(*(held[name].to_pylist() for name in names), strict=True)
    return held.filter(pa.array([key in wanted for key in keys]))


def _named(name: str, rows: Sequence[Receipt]) -> str:
    """Give the hash of the input that a name, a path or the beginning of a hash means."""
    held: dict[str, str] = {row["input_sha256"]: row["input"] for row in rows if _forgettable(row)}
    path = Path(name)
    if path.exists():
        with Input(path) as source:
            if source.sha256 in held:
                return source.sha256
    found = [sha256 for sha256, called in held.items() if called == path.name]
    if not found and _HASH.fullmatch(name):
        found = [sha256 for sha256 in held if sha256.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        hashes = ", ".join(sha256[:12] for sha256 in sorted(found))
        raise UsageError(f"several inputs are called '{name}'; name one by its hash: {hashes}")
    known = ", ".join(sorted(set(held.values()))[:5]) or "none"
    raise UsageError(
        f"no input '{name}' is held; held are {known}"
        + (", ...: see cspanalysis check" if len(set(held.values())) > 5 else "")
    )


def _forgettable(row: Receipt) -> bool:
    """Tell a row that holds something from a note that hides what another store holds."""
    return bool(row["file"])


def _inside(row: Receipt, months: Period | None) -> bool:
    if months is None:
        return True
    return bool(months.start <= row["period_start"] and row["period_end"] <= months.end)


def _not_hidden(below: list[Receipt], own: list[Receipt]) -> list[Receipt]:
    """Leave out what rows of the store itself have replaced, forgotten, or hold as well."""
    hidden = set(map(manifest.content_of, own))
    return [row for row in below if manifest.content_of(row) not in hidden]


def _records(root: Path) -> list[Receipt]:
    rows = manifest.read_all(root).to_dict("records")
    return [{str(name): value for name, value in row.items()} | {"root": root} for row in rows]
