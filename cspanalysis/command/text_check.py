"""Any text held against the figures of one area and period, and an annotated copy of it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, get_args

from cspanalysis.commentary.claims import Claim, ClaimVerdict
from cspanalysis.errors import UsageError
from cspanalysis.reports.assessment import Assessment
from cspanalysis.vocabulary.listed import joined
from cspanalysis.writing import remedy, write_atomically

__all__ = ["CheckedText", "checked_text"]

_WORD, _PLAIN = ".docx", {".md", ".markdown", ".txt"}
_VERDICTS: tuple[ClaimVerdict, ...] = get_args(ClaimVerdict)
_GENTLE: Mapping[str, str] = {
    "as recorded": "The counts say so, but not beyond how much they usually vary.",
    "contradicted": "The counts say otherwise.",
}
_AUTHOR = "Check against the counts"
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    ".block{white-space:pre-wrap}ul{border-left:.25rem solid #777;padding-left:1.5rem}"
    ".contradicted{border-bottom:.15rem solid #b10021}"
    ".not-traceable,.as-recorded{border-bottom:.15rem dotted #555}"
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
    """

    path: Path
    claims: tuple[Claim, ...]
    copies: tuple[Path, ...]

    @property
    def summary(self) -> str:
        """How many claims there are of each verdict, and where the copies lie."""
        counted = Counter(claim.verdict for claim in self.claims)
        told = ", ".join(f"{counted[v]} {v}" for v in _VERDICTS if counted[v]) or "no claims"
        return f"{told}; annotated: {', '.join(copy.name for copy in self.copies)}"

    def contradictions(self) -> Iterator[str]:
        """Say each contradicted claim with the right figure."""
        for claim in self.claims:
            if claim.verdict == "contradicted":
                yield f"{self.path}, line {claim.line}: '{claim.text}' {claim.reason}"


def checked_text(path: Path, *, area: str, period: str) -> CheckedText:
    """Hold a Markdown or Word document against the figures, and write annotated copies beside it.

    A copy as HTML is always written, named after the whole name of the document
    (``a.docx.checked.html``), and of a Word document one with comments as well
    (``a.checked.docx``). Lines of a Word document are its paragraphs and rows of tables, in turn.

    Raises
    ------
    UsageError
        If the document can't be read or a copy can't be written.
    """
    book, text = (None, _read(path)) if path.suffix.lower() in _PLAIN else _of_word(path)
    claims = Assessment.open(area, period).check(text)
    page = path.with_name(f"{path.name}.checked.html")
    copies = [page]
    try:
        write_atomically(page, _page(path.name, text, claims))
        if book is not None:
            copies.append(path.with_name(f"{path.stem}.checked.docx"))
            _comment(book, claims)
            book.document.save(str(copies[-1]))
    except OSError as error:
        raise UsageError(f"{copies[-1]}: can't be written: {remedy(error)}") from None
    return CheckedText(path, claims, tuple(copies))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror or error}") from None


# Word


@dataclass(frozen=True, slots=True)
class _Book:
    """Hold a Word document with the paragraph that stands for each line of its text."""

    document: Any
    paragraphs: Mapping[int, Any]


def _of_word(path: Path) -> tuple[_Book, str]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    if path.suffix.lower() != _WORD:
        raise UsageError(f"{path}: give a Word document (.docx) or Markdown (.md, .txt)")
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise UsageError(f"{path}: can't be read as a Word document; save it anew") from None
    lines: list[str] = []
    paragraphs: dict[int, Any] = {}
    for item in document.iter_inner_content():
        rows = _rows(item) if isinstance(item, Table) else [(item, _one_line(item.text))]
        for paragraph, line in rows:
            lines.append(line)
            paragraphs[len(lines)] = paragraph
        lines.append("")
    return _Book(document, paragraphs), "\n".join(lines) + "\n"


def _rows(grid: Any) -> list[tuple[Any, str]]:
    """Write a table as Markdown: each row with the paragraph that its comments stand at."""
    found = []
    for number, row in enumerate(grid.rows):
        texts = [_one_line(cell.text).replace("|", "/") for cell in row.cells]
        paragraph = row.cells[0].paragraphs[0] if row.cells else None
        found.append((paragraph, f"| {' | '.join(texts)} |"))
        if number == 0:
            found.append((paragraph, "|" + " --- |" * len(texts)))
    return found


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _comment(book: _Book, claims: Sequence[Claim]) -> None:
    """Put what is not supported beside its paragraph, as comments."""
    for line, note in _notes(claims):
        if (paragraph := book.paragraphs.get(line)) is not None:
            runs = list(paragraph.runs) or [paragraph.add_run("")]
            book.document.add_comment(runs, text=note, author=_AUTHOR, initials="C")


# The page


def _notes(claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    """Write what is not supported, with its line: once for all words that fail for one reason."""
    told: dict[tuple[int, ClaimVerdict, str], list[str]] = {}
    for claim in claims:
        if claim.verdict != "supported":
            key = claim.line, claim.verdict, claim.reason
            told.setdefault(key, []).append(f"'{claim.words}'")
    for (line, verdict, reason), words in told.items():
        said = (
            f"{verdict.capitalize()}: {joined(list(dict.fromkeys(words)))}.",
            _GENTLE.get(verdict),
        )
        yield line, " ".join(filter(None, (*said, reason)))


def _page(name: str, text: str, claims: Sequence[Claim]) -> str:
    blocks = "\n".join(_block(lines, claims) for lines in _blocks(text))
    counted = Counter(claim.verdict for claim in claims)
    told = ", ".join(f"{counted[v]} {v}" for v in _VERDICTS if counted[v]) or "no claims"
    wrong = [c for c in claims if c.verdict == "contradicted"]
    first = "".join(f"<li>{escape(n)} (line {line})</li>" for line, n in _notes(wrong))
    first = f"<h2>To mend first</h2>\n<ul>{first}</ul>\n" if wrong else ""
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(name)}, '
        f"checked</title><style>{_STYLE}</style></head>\n<body><main><h1>{escape(name)}, checked"
        f"</h1>\n<p>Held against the counts: {told}.</p>\n{first}{blocks}\n</main></body></html>\n"
    )


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines of each paragraph with their numbers."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _block(lines: Sequence[tuple[int, str]], claims: Sequence[Claim]) -> str:
    own = [c for c in claims if lines[0][0] <= c.line <= lines[-1][0] and c.verdict != "supported"]
    text = escape("\n".join(line for _, line in lines))
    for sentence in dict.fromkeys(claim.text for claim in own):
        verdicts = {claim.verdict for claim in own if claim.text == sentence}
        worst = next(v for v in ("contradicted", *_VERDICTS) if v in verdicts)
        words = r"\s+".join(re.escape(escape(word)) for word in sentence.split())
        marked = rf'<mark class="{worst.replace(" ", "-")}">\g<0></mark>'
        text = re.sub(words, marked, text, count=1)
    notes = "".join(f"<li>{escape(note)}</li>" for _, note in _notes(own))
    heading = re.fullmatch(r"#+\s*(.*)", text)
    block = f"<h2>{heading[1]}</h2>" if heading else f'<p class="block">{text}</p>'
    return block + (f"\n<ul>{notes}</ul>" if notes else "")
