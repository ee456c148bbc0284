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


class CspanalysisError(Exception):
    """Anything that this package reports on purpose.

    In a notebook it shows as its message in one line, without the frames that led to it.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


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
