"""Answers: a consultation's file, one row a respondent, read with its places named in errors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from cspanalysis.characters import keyed, without_equal
from cspanalysis.errors import SourceError
from cspanalysis.partnership.people import Consultation, Question
from cspanalysis.sources.tables import read_supplied
from cspanalysis.vocabulary.listed import many

__all__ = ["Answers", "read_answers"]


@dataclass(frozen=True, slots=True)
class Answers:
    """Hold what respondents said to one question.

    Parameters
    ----------
    question
        The question.
    said_yes
        One a respondent: whether the answer counts as yes; None where there is none.
    weights
        One a respondent; None where the file has no weights.
    """

    question: Question
    said_yes: tuple[bool | None, ...]
    weights: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: dict[str, str]


def read_answers(folder: Path, consultation: Consultation) -> tuple[Answers, ...]:
    """Read the file of a consultation.

    Parameters
    ----------
    folder
        The partnership's folder.
    consultation
        Which file, which questions and which column of weights.

    Returns
    -------
    tuple of Answers
        One a question, in order.

    Raises
    ------
    SourceError
        If the file is absent, is not such a table, or a column or value is not as it must be;
        file, line and column are named.
    """
    path = folder / str(consultation.answers)
    rows = _rows(path)
    needed = [*(q.column for q in consultation.questions), *filter(None, [consultation.weight])]
    for column in needed:
        _refuse_absent(path, rows[0].cells, column)
    weights = _weights(path, rows, consultation.weight) if consultation.weight else None
    return tuple(
        Answers(question, _said(path, rows, question), weights)
        for question in consultation.questions
    )


def _rows(path: Path) -> list[_Row]:
    held = read_supplied(path).rows
    head = [keyed(name) for name in held[0][1]] if held else []
    if not held[1:]:
        raise SourceError("no answers in it; write a head and one row a respondent", file=path)
    return [_row(path, head, line, cells) for line, cells in held[1:]]


def _row(path: Path, head: Sequence[str], line: int, cells: Sequence[str]) -> _Row:
    if len(cells) != len(head):
        reason = (
            f"{many(len(cells), 'cell')} where the head has {len(head)}; put quotes round commas"
        )
        raise SourceError(reason, file=path, line=line)
    return _Row(line, dict(zip(head, map(keyed, cells), strict=True)))


def _refuse_absent(path: Path, cells: dict[str, str], column: str) -> None:
    if keyed(column) not in cells:
        near = get_close_matches(column, cells, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"its columns are {', '.join(cells)}"
        raise SourceError(f"there is no such column; {hint}", file=path, line=1, column=column)


def _said(path: Path, rows: Sequence[_Row], question: Question) -> tuple[bool | None, ...]:
    yes = {keyed(answer).casefold() for answer in question.counts_as_yes}
    given = [row.cells[keyed(question.column)] for row in rows]
    said = tuple(answer.casefold() in yes if answer else None for answer in given)
    if not any(said):
        held = ", ".join(f"'{a}'" for a in list(dict.fromkeys(filter(None, given)))[:8])
        raise SourceError(
            f"no answer is any of {', '.join(question.counts_as_yes)}; the answers are "
            f"{held or 'all empty'}; correct 'counts_as_yes', or give the count under 'shares'",
            file=path,
            column=question.column,
        )
    return said


def _weights(path: Path, rows: Sequence[_Row], column: str) -> tuple[float, ...]:
    return tuple(_weight(path, row, column) for row in rows)


def _weight(path: Path, row: _Row, column: str) -> float:
    said = row.cells[keyed(column)]
    try:
        weight = float(said)
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        reason = f"weight '{said}' is no number from 0{without_equal(said)}"
        raise SourceError(reason, file=path, line=row.line, column=column)
    return weight
