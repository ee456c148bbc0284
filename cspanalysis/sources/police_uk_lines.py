"""data.police.uk: headers, and the line of a fault, found by reading a file once more, slowly."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Member

__all__ = ["first_line", "header_of", "misfit"]


def header_of(first: str, member: Member, columns: Sequence[str]) -> list[str]:
    """Give the names of a file's columns; refuse a header that lacks one or holds one twice."""
    if "\0" in first:
        raise SourceError("this is not a text file", file=member.shown, line=1)
    names = next(csv.reader([first]), [])
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


def first_line(member: Member, wanted: Callable[[dict[str, str]], bool]) -> int | None:
    """Find the first line that is as wanted; no value of the publisher spans lines."""
    with member.open() as reader:
        lines = reader.lines()
        names = next(csv.reader([next(lines)]))
        for number, line in enumerate(lines, start=2):
            if line and wanted(next(csv.DictReader([line], names))):
                return number
    return None


def misfit(member: Member, names: Sequence[str]) -> SourceError | None:
    """Find a line that has not as many values as the header, or repeats the header."""

    def uneven(row: dict[str, str]) -> bool:
        return None in row or None in row.values()

    if line := first_line(member, uneven):
        reason = f"the line does not hold {len(names)} values; was the file cut short or edited?"
        return SourceError(reason, file=member.shown, line=line)
    if line := first_line(member, lambda row: row[names[0]] == names[0]):
        return SourceError("the header is repeated", file=member.shown, line=line)
    return None
