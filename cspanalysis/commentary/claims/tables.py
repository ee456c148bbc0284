"""Markdown tables: each number held against the measure of its row and the head of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cspanalysis.commentary.claims.marked import (
    BASELINE,
    ELSEWHERE,
    FORCE,
    OTHER_TIME,
    PERIOD,
    TIMES,
)
from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.naming import measure_names, plain_name
from cspanalysis.commentary.claims.numbers import NUMBER, Written, read
from cspanalysis.commentary.claims.patterns import Kind
from cspanalysis.commentary.claims.place_and_time import Place, Time
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["Cell", "cells"]

_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$")
_RULE = re.compile(r"^[ \t]*\|?[\s:|-]*-[\s:|-]*$")
_PLAIN_SIGNS = str.maketrans("\N{NO-BREAK SPACE}\N{MINUS SIGN}\N{EN DASH}", " --")
_DECORATION = re.compile(r"\*\*|__|[*`]|\[\^[^\]]*\]|\[note \d+\]|<[^>]*>")
_NUMBER = re.compile(rf"(?P<sign>[-+]?)\s*(?P<number>{NUMBER})\s*(?P<percent>%)?")
_UP = re.compile(r"(?:up|higher|rise|rising|increase[ds]?|rose|more)", re.IGNORECASE)
_DOWN = re.compile(r"(?:down|lower|fall|falling|decrease[ds]?|fell|fewer|less)", re.IGNORECASE)
_SAME = re.compile(r"(?:no (?:clear |significant )?change|unchanged|stable|similar)", re.IGNORECASE)
_CHANGE = re.compile(r"change|diff|varia(?:nce|tion)|\+/-|±|increase|decrease", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:share|proportion)\b(?! of (?!all|total|recorded|crime|offences))|"
    r"of (?:all|total) (?:recorded )?crime",
    re.IGNORECASE,
)
_RATE = re.compile(r"\brate\b|\bper (?:1,?000|thousand)", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:average|mean)\b|\b(?:per|a|each) (?:month|week|day)\b", re.IGNORECASE)
"""Heads of numbers that are of no whole period: a table holds nothing to hold them against."""
_WAY = re.compile(r"direction|trend|verdict|\bchange\b", re.IGNORECASE)
_UNDERSTOOD = frozenset(
    """
    a all against and annual by case cases cent change changes chart compared count counts crime
    crimes decrease diff difference direction earlier figure figures for force from in incident
    incidents increase last number numbers of offence offences on over per percent percentage
    period previous proportion quarter rate recorded share than the this thousand to total totals
    trend value values variance variation verdict versus vs with year yearly
    """.split()  # noqa: SIM905
)
"""Words of a head that leave it plain; any other may make it of something else ("solved")."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell that states something of a measure.

    Parameters
    ----------
    line
        Line of the text, from 0.
    text
        Row, column and cell in words.
    codes
        What the row's name may mean.
    statement
        What the cell states.
    place, time, span
        Where and when, as row or column say.
    """

    line: int
    text: str
    codes: tuple[str, ...]
    statement: Statement
    place: Place
    time: Time
    span: Period | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """Hold what the head of a column says its numbers are."""

    kind: Kind | Literal[""]
    place: Place
    time: Time
    percent: bool
    words: str


def cells(text: str, reader: Reader) -> Iterator[Cell]:
    """Yield the cells of Markdown tables that state something of a measure.

    A row is of the measure that its first cell names; where the head of the first column names
    one instead, each row is of that measure and its first cell says when. Rows that name no
    measure state nothing that could be judged.
    """
    lines = _plain(text).split("\n")
    number = 0
    while number + 1 < len(lines):
        if not (_ROW.match(lines[number]) and _RULE.match(lines[number + 1])):
            number += 1
            continue
        head, number = _split(lines[number]), number + 2
        if number < len(lines) and _is_second_head(_split(lines[number]), head, reader):
            head, number = _joined(head, _split(lines[number])), number + 1
        while number < len(lines) and _ROW.match(lines[number]):
            yield from _row(_split(lines[number]), head, number, reader)
            number += 1


def _is_second_head(row: list[str], head: list[str], reader: Reader) -> bool:
    """Tell whether a first row says when its columns are of, which their heads do not."""
    below = [title for title in row[1:] if _says_when(title, reader)]
    return not row[0] and bool(below) and not any(_says_when(title, reader) for title in head)


def _joined(head: list[str], row: list[str]) -> list[str]:
    """Set what the second row of a head says behind the first, which may span columns."""
    joined, above = [head[0]], ""
    for place, title in enumerate(row[1:], start=1):
        above = (head[place] if place < len(head) else "") or above
        joined.append(f"{above} {title}".strip())
    return joined


def _plain(text: str) -> str:
    """Blank code and comments, letter by letter, and write spaces and signs plainly."""
    blanked = re.sub(
        r"^(```|~~~).*?^\1[^\n]*$|<!--.*?-->",
        lambda found: re.sub(r"[^\n]", " ", found[0]),
        text.replace("\r\n", "\n"),
        flags=re.DOTALL | re.MULTILINE,
    )
    return blanked.translate(_PLAIN_SIGNS)


def _split(line: str) -> list[str]:
    found = _ROW.match(line)
    inner = found[1] if found else ""
    return [_DECORATION.sub("", cell).strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _row(row: list[str], head: list[str], line: int, reader: Reader) -> Iterator[Cell]:
    names = measure_names(MeasureTable.shipped())
    codes = names.get(plain_name(row[0]))
    turned = names.get(plain_name(head[0])) if codes is None else None
    if codes is None and not turned and _says_when(row[0], reader):
        yield from _month(row, head, line, reader)
        return
    when = _head(row[0], reader).time if turned else "period"
    for title, cell in zip(head[1:], row[1:], strict=False):
        column = _head(title, reader, of=head[0])
        if turned and not _says_when(row[0], reader):
            return
        time = when if turned else column.time
        statement = None if _AVERAGE.search(title) else _statement(cell, column)
        if statement is not None and (codes or turned):
            said = f"{row[0]}, {title}: {cell}"
            yield Cell(line, said, codes or turned or (), statement, column.place, time)


def _month(row: list[str], head: list[str], line: int, reader: Reader) -> Iterator[Cell]:
    """Yield the cells of a row that says when, in columns that name measures."""
    names, marked = measure_names(MeasureTable.shipped()), reader.mark(row[0])
    time, span = _head(row[0], reader).time, next(iter(marked.spans.values()), None)
    for title, cell in zip(head[1:], row[1:], strict=False):
        codes, found = names.get(plain_name(title)), _NUMBER.fullmatch(cell.strip())
        whole = found and not (found["percent"] or found["sign"] or "." in found["number"])
        if codes and found and whole:
            exact = Written(read(found["number"]).value, 0.5)
            stated = Statement("count", 0, len(cell), cell, "", (exact,))
            yield Cell(line, f"{row[0]}, {title}: {cell}", codes, stated, "here", time, span)


def _says_when(text: str, reader: Reader) -> bool:
    return bool(set(reader.mark(text).blanked) & set(TIMES))


def _head(title: str, reader: Reader, *, of: str = "") -> _Head:
    blanked = reader.mark(title).blanked
    signs = set(blanked)
    time: Time = "period"
    if BASELINE in signs and PERIOD not in signs:
        time = "baseline"
    elif OTHER_TIME in signs:
        time = "other"
    place: Place = "force" if FORCE in signs else "elsewhere" if ELSEWHERE in signs else "here"
    kind = _kind(title, blanked, place)
    if kind == "count" and (_RATE.search(of) or _SHARE.search(of)):
        kind = "rate" if _RATE.search(of) else "share"  # "Rate per 1,000 | Luton | Bedford"
    return _Head(kind, place, time, "%" in title, title)


def _kind(title: str, blanked: str, place: Place) -> Kind | Literal[""]:
    """Tell what a column's numbers are; nothing where a word of its head is not understood."""
    if set(re.findall(r"[a-z]+", blanked.lower())) - _UNDERSTOOD:
        return ""
    if _SHARE.search(title):
        return "share"
    if _RATE.search(title):
        return "rate"
    if _CHANGE.search(title) or "%" in title or place == "force":
        return "change"
    if _WAY.search(title):
        return "direction"
    return "count" if title else ""


def _statement(cell: str, column: _Head) -> Statement | None:
    words = cell.strip("().:; ")
    for kind, sense, pattern in (
        ("direction", "up", _UP),
        ("direction", "down", _DOWN),
        ("nothing clear", "", _SAME),
    ):
        if pattern.fullmatch(words) and (column.kind in {"direction", "change"}):
            return Statement(kind, 0, len(cell), cell, sense)  # type: ignore[arg-type]
    found = _NUMBER.fullmatch(words)
    return None if found is None else _of_number(found, cell, column)


def _of_number(found: re.Match[str], cell: str, column: _Head) -> Statement:
    written = read(found["number"])
    signed = {"-": "down", "+": "up"}.get(found["sign"], "up" if written.value else "")
    kind: Kind = column.kind or "number"
    if kind == "change" and not (found["percent"] or column.percent or column.place == "force"):
        kind = "difference"
    if kind == "direction":
        kind = "change" if found["percent"] else "difference"
    if kind == "count" and found["percent"]:
        kind = "change" if found["sign"] else "number"
    if kind == "count" and written.step < 0.5:  # a smoothed level, an average: no count
        kind = "number"
    sense = signed if kind in {"change", "difference"} else ""
    exact = Written(written.value, written.step, "")
    return Statement(kind, 0, len(cell), cell, sense, (exact,))  # type: ignore[arg-type]
