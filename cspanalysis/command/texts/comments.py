"""Comments in a Word document, on the words that they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from cspanalysis.command.texts.marks import Mark
from cspanalysis.command.texts.page import notes_of
from cspanalysis.command.texts.runs import AUTHOR, W, divided
from cspanalysis.command.texts.word import Book
from cspanalysis.command.texts.written import Written

__all__ = ["commented"]

_HOLDERS = {f"{W}{kind}" for kind in ("fldSimple", "hyperlink", "smartTag", "sdtContent", "sdt")}


def commented(book: Book, written: Written, marks: Sequence[Mark], *, summary: str) -> bytes:
    """Give the document with a comment on each sentence and cell that is not supported.

    The summary stands at its first words. Where Word takes no comments (in headers, footers,
    footnotes and text boxes), they stand at what leads there.
    """
    told = [(mark, [note for _, note in notes_of(mark.claims)]) for mark in marks]
    told = [(mark, notes) for mark, notes in told if notes]
    for line, group in groupby(told, key=lambda one: one[0].line):
        of_line = list(group)
        pieces = _pieces(book, written, [mark for mark, _ in of_line])
        for mark, notes in of_line:
            runs = pieces.get(mark) or _anchor(book.anchors.get(line))
            where = "" if mark in pieces else f"In the {written.where(line)}: '{mark.said}'\n"
            _add(book, runs, where + "\n".join(notes))
    first = next(book.document.element.body.iter(f"{W}p"), None)
    _add(book, _anchor(first), summary)
    buffer = BytesIO()
    book.document.save(buffer)
    return buffer.getvalue()


def _pieces(book: Book, written: Written, marks: Sequence[Mark]) -> Mapping[Mark, list[Any]]:
    """Divide the runs of a line where its marks begin and end; give the runs of each mark."""
    line = marks[0].line
    letters = book.letters.get(line)
    if letters is None:
        return {}
    start = sum(len(one) + 1 for one in written.text.split("\n", line - 1)[: line - 1])
    spans = {mark: letters[mark.start - start : mark.end - start] for mark in marks}
    cuts: dict[Any, set[int]] = {}
    for span in spans.values():
        own = [letter for letter in span if letter.run is not None]
        if own:
            cuts.setdefault(own[0].run, set()).add(own[0].place)
            cuts.setdefault(own[-1].run, set()).add(own[-1].place + 1)
    parts = {run: divided(run, sorted(places - {0})) for run, places in cuts.items()}
    found = {}
    for mark, span in spans.items():
        runs = [_part(letter.run, letter.place, parts) for letter in span if letter.run is not None]
        if runs:
            found[mark] = [runs[0], runs[-1]]
    return found


def _part(run: Any, place: int, parts: Mapping[Any, list[tuple[int, Any]]]) -> Any:
    return next((part for begin, part in reversed(parts.get(run, [])) if begin <= place), run)


def _anchor(element: Any) -> list[Any]:
    """Give the run that a comment on an element stands at; an empty paragraph is given one."""
    if element is None:
        return []
    if element.tag == f"{W}r":
        return [element]
    runs = list(element.iter(f"{W}r"))
    if not runs and element.tag == f"{W}p":
        runs = [element.makeelement(f"{W}r", {})]
        element.append(runs[0])
    return [runs[0], runs[-1]] if runs else []


def _add(book: Book, runs: Sequence[Any], text: str) -> None:
    from docx.text.run import Run

    if runs:
        first, last = runs[0], runs[-1]
        ends = [Run(run, book.document) for run in (first, last)]
        book.document.add_comment(ends, text=text, author=AUTHOR, initials="C")
        _outside(first).addprevious(first.getprevious())
        end, reference = last.getnext(), last.getnext().getnext()
        _outside(last).addnext(reference)
        reference.addprevious(end)


def _outside(run: Any) -> Any:
    """Give what holds a run in its paragraph: a field or link that is renewed loses what it held.

    What was inserted stays apart, since it may hold many sentences.
    """
    holder = run
    while holder.getparent().tag in _HOLDERS:
        holder = holder.getparent()
    return holder
