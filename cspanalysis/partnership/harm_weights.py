"""Weights of harm: the user's table where there is one, else the shipped example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cspanalysis.characters import keyed, plain, without_equal
from cspanalysis.errors import SourceError
from cspanalysis.paths import harm_weights, reference
from cspanalysis.sources.tables import read_supplied

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "read_weights", "weights_file"]

COLUMNS = ("measure", "weight", "table", "version")
"""What a table of weights must say; `example` and `unit` may stand beside."""


def weights_file() -> Path:
    """Give the table to weigh with: the user's where it exists, else the shipped example."""
    own = harm_weights()
    return own if own.is_file() else reference("harm-weights-example.csv")


def read_weights(path: Path) -> pd.DataFrame:
    """Read a table of harm weights, as `methods.harm` takes it.

    Parameters
    ----------
    path
        A CSV file; lines that begin with ``#`` are notes. `measure` is the key under
        which measures name their weight (column ``harm_weight`` of ``measures.csv``).

    Returns
    -------
    pandas.DataFrame
        ``measure``, ``weight``, ``table``, ``version``, ``example`` (bool) and ``unit`` (what
        the weights count, such as "days"; "points" where the file does not say).

    Raises
    ------
    SourceError
        If the file can't be read, lacks a column, holds a weight that is no number from 0, a
        measure twice, or more than one table or version; file and line are named.
    """
    import pandas as pd

    rows = list(_rows(path))
    if not rows:
        raise SourceError("no weights; give a line for each measure", file=path)
    frame = pd.DataFrame([row for _, row in rows])
    _refuse_repeats(frame["measure"], [line for line, _ in rows], path)
    for column in ("table", "version"):
        if len(set(frame[column])) > 1:
            reason = "more than one; keep the lines of one table and version"
            raise SourceError(reason, file=path, column=column)
    return frame


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    held = [row for row in read_supplied(path).rows if not row[1][0].startswith("#")]
    first, header = held[0] if held else (1, [])
    names = [keyed(name).lower() for name in header]
    for column in COLUMNS:
        if column not in names:
            reason = f"is not there; a table of weights has {', '.join(COLUMNS)}"
            raise SourceError(reason, file=path, line=first, column=column)
    for line, cells in held[1:]:
        yield line, _row(dict(zip(names, cells, strict=False)), path, line)


def _row(row: dict[str, str], path: Path, line: int) -> dict[str, object]:
    said = {name: plain(row.get(name, "")) for name in (*COLUMNS, "example", "unit")}
    return {
        **said,
        "measure": keyed(said["measure"]),
        "weight": _weight(keyed(said["weight"]), path, line),
        "example": said["example"].lower() in {"true", "yes", "1"},
        "unit": said["unit"] or "points",
    }


def _weight(text: str, path: Path, line: int) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise SourceError(
            f"'{text}' is no weight; write a number from 0{without_equal(text)}",
            file=path,
            line=line,
            column="weight",
        )
    return weight


def _refuse_repeats(measures: pd.Series, lines: list[int], path: Path) -> None:
    for line, name, twice in zip(lines, measures, measures.duplicated(), strict=True):
        if twice or not name:
            reason = f"'{name}' stands there twice" if name else "is empty"
            raise SourceError(
                f"{reason}; give each measure one line", file=path, line=line, column="measure"
            )
