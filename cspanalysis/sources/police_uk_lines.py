"""data.police.uk: headers, and the line of a fault, found by reading a file once more, slowly."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Member
from cspanalysis.sources.tables import csv_fault
from cspanalysis.vocabulary.listed import many

__all__ = ["first_lines", "header_of", "misfit", "not_a_number"]

_Row = dict[str, str]


def header_of(first: bytes, member: Member, columns: Sequence[str]) -> list[str]:
    """Give the names of a file's columns; refuse a header that lacks one or holds one twice."""
    if b"\0" in first:
        raise SourceError("this is not a text file", file=member.shown, line=1)
    if b"\r" in first.rstrip(b"\r"):
        reason = "lines end in CR alone; use the file as data.police.uk gives it, or save it anew"
        raise SourceError(f"{reason} as 'CSV UTF-8'", file=member.shown, line=1)
    try:
        names = next(csv.reader([first.decode("utf-8-sig").rstrip("\r")]), [])
    except csv.Error as error:
        raise SourceError(csv_fault(error), file=member.shown, line=1) from error
    if len(names) == 1 and (sign := next((s for s in ";\t|" if s in names[0]), "")):
        what = {";": "semicolons", "\t": "tabs"}.get(sign, "bars")
        reason = f"values are kept apart by {what}; use the file as data.police.uk gives it"
        raise SourceError(reason, file=member.shown, line=1)
    for name in columns:
        if name not in names:
            raise SourceError(
                f"the column is missing; the header is {', '.join(names) or 'empty'}; "
                "use the file as data.police.uk gives it",
                file=member.shown,
                line=1,
                column=name,
            )
        if names.count(name) > 1:
            raise SourceError("the column is there twice", file=member.shown, line=1, column=name)
    return names


def first_lines(member: Member, values: Sequence[tuple[str, str]]) -> list[int | None]:
    """Find the first line that holds each of some values, given with their columns."""
    found: dict[tuple[str, str], int] = {}
    for number, row in _rows(member):
        left = [pair for pair in values if pair not in found]
        if not left:
            break
        found |= dict.fromkeys((pair for pair in left if _holds(row, *pair)), number)
    return [found.get(pair) for pair in values]


def misfit(member: Member, names: Sequence[str]) -> SourceError | None:
    """Find a line that has not as many values as the header, or repeats the header."""
    if line := _first(member, lambda row: None in row or None in row.values()):
        reason = (
            f"the line does not hold {many(len(names), 'value')}; was the file cut short or edited?"
        )
        return SourceError(reason, file=member.shown, line=line)
    if line := _first(member, lambda row: row[names[0]] == names[0]):
        return SourceError("the header is repeated", file=member.shown, line=line)
    return None


def not_a_number(member: Member, columns: Sequence[str]) -> SourceError | None:
    """Find a line with text in a column of numbers."""
    for column in columns:
        if line := _first(member, partial(_lacks_number, column)):
            reason = "this is not a number; are columns swapped?"
            return SourceError(reason, file=member.shown, line=line, column=column)
    return None


def _first(member: Member, wanted: Callable[[_Row], bool]) -> int | None:
    return next((number for number, row in _rows(member) if wanted(row)), None)


def _rows(member: Member) -> Iterator[tuple[int, _Row]]:
    """Give the rows of a file with their lines; no value of the publisher spans lines."""
    lines = member.lines()
    names = next(csv.reader([next(lines)]))
    for number, line in enumerate(lines, start=2):
        if line:
            yield number, next(csv.DictReader([line], names))


def _holds(row: _Row, column: str, value: str) -> bool:
    """Tell whether a row holds a value: as it stands, as the same number, or as a time's day."""
    held = row.get(column) or ""
    if column == "Date":
        return held[:10] == value
    number = _number(held)
    return held == value or (number is not None and number == _number(value))


def _lacks_number(column: str, row: _Row) -> bool:
    return bool(row[column]) and _number(row[column]) is None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
