"""Rows of reference tables: CSV that the project ships and people add to, often with Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from cspanalysis.encodings import EncodingError, as_utf8
from cspanalysis.errors import UsageError

__all__ = ["Row", "reference_rows"]


class Row(dict[str, str]):
    """Hold the values of a line by the names of their columns.

    A column that the table lacks is refused where it is asked for.

    Parameters
    ----------
    values
        Values by column.
    where
        File and line, for messages.
    """

    def __init__(self, values: dict[str, str], where: str) -> None:
        super().__init__(values)
        self.where = where

    def __missing__(self, column: str) -> str:
        """Refuse a column that is not there."""
        raise UsageError(
            f"{self.where}: there is no column '{column}'; the header is {', '.join(self)}; keep "
            "the columns as they were shipped, kept apart by commas"
        )

    def day(self, column: str) -> date | None:
        """Give the day in a column; None where it is empty.

        Raises
        ------
        UsageError
            If it is no day.
        """
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            fault = f"'{self[column]}' is no day; write it as 2013-04-30"
            raise UsageError(f"{self.where}, column '{column}': {fault}") from None

    def one_of(self, column: str, known: Sequence[str]) -> str:
        """Give the word in a column.

        Raises
        ------
        UsageError
            If it is none of the words that may stand there.
        """
        if self[column] not in known:
            raise UsageError(
                f"{self.where}, column '{column}': '{self[column]}' is not known; write one of "
                f"{', '.join(known)}"
            )
        return self[column]


def reference_rows(path: Path) -> list[Row]:
    """Read the rows of a reference table; lines that begin with ``#`` are notes.

    What Excel makes of such a table is read: its mark in front, its encoding, quoted notes, empty
    lines and spaces round values.

    Raises
    ------
    UsageError
        If the table can't be read, or a line holds more values than there are columns.
    """
    return list(_rows(path))


def _rows(path: Path) -> Iterator[Row]:
    try:
        text = as_utf8(path.read_bytes()).raw.decode("utf-8-sig")
    except EncodingError as fault:
        raise UsageError(f"{path}, line {fault.line}: {fault.reason}") from None
    except OSError as error:
        raise UsageError(f"{path}: the table can't be read: {error.strerror or error}") from None
    lines = enumerate(io.StringIO(text, newline=""), start=1)
    kept = [(number, line) for number, line in lines if line.lstrip('"')[:1] != "#"]
    reader = csv.DictReader((line for _, line in kept), restval="")
    try:
        for row in reader:
            where = f"{path}, line {kept[reader.line_num - 1][0]}"
            if any(row.pop(None, None) or ()):
                raise UsageError(f"{where}: more values than columns; put quotes round commas")
            if any(row.values()):
                yield Row({name.strip(): value.strip() for name, value in row.items()}, where)
    except csv.Error as error:
        raise UsageError(f"{path}: {error}; save the table as 'CSV UTF-8'") from None
