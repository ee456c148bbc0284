"""Checking: a frame against its pandera schema, with one clear report of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cspanalysis.characters import without_equal
from cspanalysis.errors import SourceError

__all__ = ["Failure", "failures_of", "report"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold one thing that a schema found wrong.

    Parameters
    ----------
    row
        Position in the checked frame, from 0.
    column
        Column of the frame.
    value
        The value, as text.
    reason
        What is wrong and what to do: the ``error`` of the schema's check.
    """

    row: int
    column: str
    value: str
    reason: str


def failures_of(frame: pd.DataFrame, schema: Any) -> list[Failure]:
    """Check a frame with a pandera schema and list what fails, in order of rows.

    Parameters
    ----------
    frame
        The rows, with a fresh index (0, 1, 2, ...).
    schema
        A ``pandera.pandas.DataFrameSchema`` whose checks name their ``error``; a check of whole
        rows names the column to look at as well: ``count: write a number``.
    """
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        found = [_failure(case) for case in cases.to_dict("records")]
        return sorted(set(found), key=lambda f: (f.row, f.column))
    return []


def report(
    failures: Sequence[Failure], *, file: str, line_of: Callable[[Failure], int | None]
) -> SourceError:
    """Make the one error that tells what is wrong in a file.

    Parameters
    ----------
    failures
        What a schema found, at least one.
    file
        The file, for the message.
    line_of
        Gives the line of a failure.
    """
    lines = [line_of(failure) for failure in failures[:_SHOWN]]
    first = failures[0]
    reason = _said(first)
    for failure, line in zip(failures[1:_SHOWN], lines[1:], strict=False):
        reason += f"; line {line}, column '{failure.column}': {_said(failure)}"
    if len(failures) > _SHOWN:
        reason += f"; and {len(failures) - _SHOWN} more"
    return SourceError(reason, file=file, line=lines[0], column=first.column)


def _said(failure: Failure) -> str:
    if not failure.value:
        return failure.reason
    return f"{failure.value!r}: {failure.reason}{without_equal(failure.value)}"


def _failure(case: dict[Any, Any]) -> Failure:
    row = 0 if pd.isna(case["index"]) else int(case["index"])
    if case["schema_context"] == "DataFrameSchema":
        column, _, reason = str(case["check"]).partition(": ")
        return Failure(row, column, "", reason)
    value = "" if pd.isna(case["failure_case"]) else str(case["failure_case"])
    reason = "the value is missing" if case["check"] == "not_nullable" else str(case["check"])
    return Failure(row, str(case["column"]), value, reason)
