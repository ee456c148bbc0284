"""What can go wrong, as one tree.

::

    CspanalysisError
    ├── UsageError          the words of a call are off: area, period, measure, plan, setting
    ├── SourceError         a raw file can't be read as what it claims to be
    ├── StoreError          the store is damaged, locked or lacks what was asked for
    ├── LockedError         another run holds the outputs folder
    ├── ClaimError          commentary says what the figures contradict (strict runs)
    └── PublicationError    a page can't be made, or breaks a rule for published pages

Every message says what is wrong, where (file, line, column or setting) and what to do.
"""

from __future__ import annotations

import re
from pathlib import Path

__all__ = [
    "ClaimError",
    "CspanalysisError",
    "LockedError",
    "PublicationError",
    "SourceError",
    "StoreError",
    "UsageError",
]


_LONG = re.compile(r"\S{300,}|(?<!\w)'[^']{200,}'(?!\w)")
"""What is no word and no path of ours, but a piece of what was read."""
_ENDS, _FIRST, _LAST = 60, 3000, 500


class CspanalysisError(Exception):
    """Anything that this package reports on purpose.

    In a notebook it shows as its message in one line, without the frames that led to it. Of long
    pieces of what was read a message quotes the ends alone.

    Examples
    --------
    >>> len(str(UsageError(f"'{'x' * 200_000}' is not known")))
    138
    """

    def __str__(self) -> str:
        said = _LONG.sub(_ends, super().__str__())
        return said if len(said) <= _FIRST + _LAST else f"{said[:_FIRST]} ... {said[-_LAST:]}"

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def _ends(found: re.Match[str]) -> str:
    return f"{found[0][:_ENDS]} ... {found[0][-_ENDS:]}"


class UsageError(CspanalysisError):
    """The words of a call, a plan or a setting are off; nothing was run."""


class SourceError(CspanalysisError):
    """A raw file can't be read as what it claims to be; nothing was kept of it.

    Parameters
    ----------
    reason
        What is wrong and what to do, one line.
    file
        The file; for a member of an archive ``archive.zip/member.csv``.
    line
        Line in the file, from 1, the header being line 1.
    column
        Name of the column, as the file writes it.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        self.reason, self.file, self.line, self.column = reason, file, line, column
        where = [str(file)] if file is not None else []
        where += [f"line {line}"] if line is not None else []
        where += [f"column '{column}'"] if column is not None else []
        super().__init__(f"{', '.join(where)}: {reason}" if where else reason)


class StoreError(CspanalysisError):
    """The store is damaged, locked, or lacks what was asked for."""


class LockedError(CspanalysisError):
    """Another run holds the outputs folder; nothing was run."""


class ClaimError(CspanalysisError):
    """Commentary says what the figures contradict, in a run that was asked to be strict."""


class PublicationError(CspanalysisError):
    """A page can't be made, or breaks a rule for published pages."""
