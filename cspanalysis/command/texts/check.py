"""Any text held against the figures of one area and period, and annotated copies of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from cspanalysis.command.texts.comments import commented
from cspanalysis.command.texts.further import with_further
from cspanalysis.command.texts.hints import hints
from cspanalysis.command.texts.marks import Mark, marks_of
from cspanalysis.command.texts.page import page_of
from cspanalysis.command.texts.word import Book, of_word
from cspanalysis.command.texts.written import Written, counted, of_markdown
from cspanalysis.commentary.claims import Claim, ClaimVerdict
from cspanalysis.errors import UsageError
from cspanalysis.reports.assessment import Assessment
from cspanalysis.reports.report import Report
from cspanalysis.vocabulary.listed import joined
from cspanalysis.writing import remedy, write_atomically

__all__ = ["CheckedText", "checked_text"]

_WORD, _PLAIN = ".docx", {".md", ".markdown", ".txt"}
_VERDICTS: tuple[ClaimVerdict, ...] = get_args(ClaimVerdict)
_SUPPORTED = (
    "'Supported' says that the counts are so, not that a change is beyond how much they vary."
)


@dataclass(frozen=True, slots=True)
class CheckedText:
    """Hold what became of a text's claims, and its annotated copies.

    Parameters
    ----------
    path
        The text.
    claims
        What it says of the figures, in order.
    copies
        The annotated copies that were written.
    written, marks
        Its words, and the sentences and cells that claims were found in.
    doubts
        What makes one doubt that area and period are its own.
    """

    path: Path
    claims: tuple[Claim, ...]
    copies: tuple[Path, ...]
    written: Written
    marks: tuple[Mark, ...]
    doubts: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """What is to be said first: what makes one doubt, and what was not read."""
        return (*self.doubts, *_unread(self.written))

    @property
    def summary(self) -> str:
        """What is to be said, counts by verdict, and where the copies lie: a line each."""
        copies = f"annotated: {', '.join(copy.name for copy in self.copies)}"
        return "\n".join((*self.told, _counts(self.marks), copies))

    @property
    def conclusion(self) -> str:
        """What is said where nothing is contradicted."""
        if self.claims:
            return "nothing is contradicted"
        return "no statement about the figures was found, so nothing was checked"

    def contradictions(self) -> Iterator[str]:
        """Say each sentence, or cell, of which the counts say otherwise, with the right figures."""
        for mark in self.marks:
            if mark.verdict == "contradicted":
                where = self.written.where(mark.line)
                yield f"{self.path}, {where}: '{mark.sentence}' {mark.reasons}"


def checked_text(path: Path, *, area: str, period: str) -> CheckedText:
    """Hold a Markdown or Word document against the figures, and write annotated copies beside it.

    A copy as HTML is always written, named after the whole name of the document
    (``a.docx.checked.html``), and of a Word document one with comments as well
    (``a.checked.docx``).

    Raises
    ------
    UsageError
        If the document can't be read, holds no words, or a copy can't be written.
    """
    book, written = _opened(path)
    if not any(character.isalnum() for character in written.read):
        held = joined(list(_things(written)))
        held = f" but {held}" if held else ""
        raise UsageError(f"{path}: holds no words{held}, so there is nothing to check")
    report = Assessment.open(area, period)
    claims = _claims(report, written)
    marks = marks_of(written, claims)
    doubts = tuple(hints(written.read, area=report.facts.area, period=report.facts.period))
    copies = [path.with_name(f"{path.name}.checked.html")]
    if book is not None:
        copies.append(path.with_name(f"{path.stem}.checked.docx"))
    found = CheckedText(path, claims, tuple(copies), written, marks, doubts)
    against = f"{report.facts.area.label}, {report.facts.period.label}"
    made: list[str | bytes] = [page_of(path.name, written, marks, against=against, told=found.told)]
    if book is not None:
        first = f"Held against the figures of {against}."
        told = "\n".join(
            (
                first,
                *found.told,
                _counts(marks),
                "What bears no comment is supported, or not checked.",
            )
        )
        made.append(commented(book, written, marks, summary=told))
    for copy, content in zip(copies, made, strict=True):
        try:
            write_atomically(copy, content)
        except OSError as error:
            raise UsageError(f"{copy}: can't be written: {remedy(error)}") from None
    return found


def _opened(path: Path) -> tuple[Book | None, Written]:
    if path.suffix.lower() in _PLAIN:
        return None, of_markdown(path)
    if path.suffix.lower() == _WORD:
        return of_word(path)
    raise UsageError(f"{path}: give a Word document (.docx) or Markdown (.md, .txt)")


def _claims(report: Report, written: Written) -> tuple[Claim, ...]:
    """Find the claims of a text and its footnotes; beside the text numbers alone are none."""
    found = [c for c in _of_text(report, written.read) if c.measure or c.line not in written.beside]
    if notes := written.notes:
        found += [claim for claim in _of_text(report, notes) if claim.measure]
    return tuple(sorted(found, key=lambda claim: claim.line))


def _of_text(report: Report, text: str) -> tuple[Claim, ...]:
    return with_further(report.check(text), text, report)


def _counts(marks: tuple[Mark, ...]) -> str:
    """Count sentences and cells: each by that of its statements which most needs a look."""
    counts = Counter(mark.verdict for mark in marks)
    named = [*_VERDICTS, "not checked"]
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in named if counts[verdict])
    if not listed:
        return "No statement about the figures was found."
    what = "sentence or cell" if len(marks) == 1 else "sentences and cells"
    supported = f" {_SUPPORTED}" if counts["supported"] else ""
    return f"{len(marks)} {what} about figures: {listed}.{supported}"


def _unread(written: Written) -> Iterator[str]:
    words = [f"{counted(n, 'word')} {where}" for where, n in written.unread.items()]
    if listed := [*words, *_things(written)]:
        yield f"Not read: {joined(listed)}."


def _things(written: Written) -> Iterator[str]:
    yield from (counted(number, name) for name, number in written.things.items())
