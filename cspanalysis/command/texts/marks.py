"""Claims at the words that make them: each sentence and each cell of a table with its verdict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cspanalysis.command.texts.written import Written
from cspanalysis.commentary.claims import Claim
from cspanalysis.commentary.claims.sentences import sentences

__all__ = ["VERDICTS", "Mark", "marks_of"]

VERDICTS: Mapping[str, str] = {
    "contradicted": "The counts say otherwise.",
    "not traceable": "Nothing that is held says so or otherwise: check it against its source.",
    "as recorded": "The counts say so, but not beyond how much they usually vary.",
    "cited": "Nothing that is held says so or otherwise; the text names a source.",
    "supported": "The counts are as the words say. Of a change this says its size, not that it is "
    "beyond how much the counts usually vary.",
    "not checked": "A number of which no claim was read: check it yourself.",
}
"""The verdicts of marks, those first that want a person most, with what each means."""

_SAID_APART = re.compile(r"(?<=[a-z)]\.) (?=[A-Z\d])")
_ROW = re.compile(r"[ \t]*\|")
_RULE = re.compile(r"[ \t]*\|?[\s:|-]*-[\s:|-]*")
_CELL = re.compile(r"(?:\\\||[^|])+")
_NO_NUMBER = re.compile(
    r"\[\^[^\]]*\]|\b(?:FY)?(?:19|20)\d\d(?:[/-]\d+)?\b|\b\d{1,2} (?=[A-Z][a-z]{2})|"
    r"\b(?i:section|table|figure|page|chapter|appendix|priority)s? \d[\d.]*|"
    r"\bhttps?://\S+|^\s*[\d.]+\s+(?=[A-Z])",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold a sentence, or a cell of a table, with what became of it.

    Parameters
    ----------
    start, end
        Where it stands among the characters of the text.
    line
        Its line.
    said
        Its words.
    verdict
        That of its claims which wants a person most; "not checked" where it holds a number and
        makes no claim.
    claims
        Its claims.
    """

    start: int
    end: int
    line: int
    said: str
    verdict: str
    claims: tuple[Claim, ...]

    @property
    def sentence(self) -> str:
        """Its words; of a cell with those of its row and column."""
        return " ".join((self.claims[0].text if self.claims else self.said).split())

    @property
    def reasons(self) -> str:
        """Why it bears its verdict; what several claims have in common is said once."""
        said = " ".join(claim.reason for claim in self.claims if claim.verdict == self.verdict)
        return " ".join(dict.fromkeys(_SAID_APART.split(said)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold words with their place, and whether a number among them may be a claim."""

    start: int
    end: int
    line: int
    said: str
    may_claim: bool = True


def marks_of(written: Written, claims: Sequence[Claim]) -> tuple[Mark, ...]:
    """Put claims at the words that make them, in the order of the text.

    A claim whose words are not found stands at its line.
    """
    by_line: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_line[claim.line].append(claim)
    found: list[Mark] = []
    for line, pieces in _pieces_by_line(written).items():
        left = by_line.pop(line, [])
        for piece in pieces:
            own = [c for c in left if _is_of(c, piece)]
            left = [c for c in left if c not in own]
            found += _mark(piece, own)
        found += _at_the_line(written, line, left)
    for line, own in by_line.items():
        found += _at_the_line(written, line, own)
    return tuple(sorted(found, key=lambda mark: mark.start))


def _mark(piece: _Piece, own: Sequence[Claim]) -> Iterator[Mark]:
    if own:
        verdict = next(v for v in VERDICTS if any(c.verdict == v for c in own))
    elif piece.may_claim and re.search(r"\d", _NO_NUMBER.sub("", piece.said)):
        verdict = "not checked"
    else:
        return
    yield Mark(piece.start, piece.end, piece.line, piece.said, verdict, tuple(own))


def _at_the_line(written: Written, line: int, own: Sequence[Claim]) -> Iterator[Mark]:
    if own:
        lines = written.text.split("\n")
        start = sum(len(one) + 1 for one in lines[: line - 1])
        said = lines[line - 1]
        begin = len(said) - len(said.lstrip("#>|-*+ \t"))
        end = max(len(said.rstrip("| \t")), begin)
        yield from _mark(_Piece(start + begin, start + end, line, said[begin:end]), own)


def _pieces_by_line(written: Written) -> Mapping[int, list[_Piece]]:
    found: defaultdict[int, list[_Piece]] = defaultdict(list)
    for piece in (*_sentences(written.read), *_sentences(written.notes), *_cells(written.read)):
        found[piece.line].append(piece)
    return found


def _sentences(text: str) -> Iterator[_Piece]:
    """Find each sentence where it stands: its letters have kept their places in it."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    begun = 0
    for sentence in sentences(text):
        begun = max(begun, starts[sentence.line - 1])
        start = _found_at(sentence.text, text, begun)
        if start is None:
            continue
        begun = start + len(sentence.text)
        yield _Piece(start, begun, sentence.line, sentence.text)


def _found_at(sentence: str, text: str, begun: int) -> int | None:
    """Give where a sentence stands: spaces may stand for marks, and signs for others."""
    word = max(re.findall(r"[^\W_]+", sentence), key=len, default="")
    place = sentence.index(word)
    found = text.find(word, begun + place) if word else -1
    while found >= 0:
        start = found - place
        there = text[start : start + len(sentence)]
        if all(a == b for a, b in zip(sentence, there, strict=False) if a.isalnum()):
            return start
        found = text.find(word, found + 1)
    return None


def _cells(text: str) -> Iterator[_Piece]:
    """Yield the cells of tables, without their heads and the names of rows last in each row."""
    start = 0
    before = ""
    is_head = False
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if _ROW.match(line) and not _RULE.fullmatch(line):
            is_head = not _ROW.match(before)
            cells = [c for c in _CELL.finditer(line) if c[0].strip()]
            # A row that begins with an empty cell has no name.
            named = not re.match(r"[ \t]*\|[ \t]*\|", line)
            for place, cell in enumerate(cells):
                said = cell[0].strip()
                begin = start + cell.start() + cell[0].index(said[0])
                may_claim = not is_head and not (named and place == 0)
                yield _Piece(begin, begin + len(said), number, said, may_claim)
        before = line
        start += len(line) + 1


def _is_of(claim: Claim, piece: _Piece) -> bool:
    """Tell whether a claim is of these words; that of a cell ends with what the cell says."""
    if claim.text == piece.said:
        return True
    return piece.may_claim and ": " in claim.text and _bare(claim.text).endswith(_bare(piece.said))


def _bare(text: str) -> str:
    text = re.sub(r"\*\*|__|[*`]|\[\^[^\]]*\]|<[^>]*>", "", text)
    return re.sub(r"[^0-9A-Za-z.%+-]", "", text.translate({0x2212: "-", 0x2013: "-"}))
