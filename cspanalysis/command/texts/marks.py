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

_SAID_APART = re.compile(r"(?<=[\w)]\.) (?=[A-Z\d])")
_ROW = re.compile(r"[ \t]*\|")
_RULE = re.compile(r"[ \t]*\|?[\s:|-]*-[\s:|-]*")
_CELL = re.compile(r"(?<=\|)(?:\\\||[^|])*(?=\||$)")
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
    """Hold words with their place; of a cell the head of its column, and whether it is a name."""

    start: int
    end: int
    line: int
    said: str
    head: str | None = None
    is_name: bool = False


def marks_of(written: Written, claims: Sequence[Claim]) -> tuple[Mark, ...]:
    """Put claims at the words that make them, in the order of the text.

    A claim whose words are not found stands at the first words of its line.
    """
    by_line: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_line[claim.line].append(claim)
    found: list[Mark] = []
    for line, pieces in _pieces_by_line(written).items():
        left = by_line.pop(line, [])
        held: defaultdict[_Piece, list[Claim]] = defaultdict(list)
        for is_of in (_is_of, _may_be_of):
            for claim in list(left):
                if piece := next((one for one in pieces if is_of(claim, one)), None):
                    held[piece].append(claim)
                    left.remove(claim)
        held[pieces[0]] += left
        for piece in pieces:
            found += _mark(piece, held[piece])
    for line, own in by_line.items():
        found += _at_the_line(written, line, own)
    return tuple(sorted(found, key=lambda mark: mark.start))


def _mark(piece: _Piece, own: Sequence[Claim]) -> Iterator[Mark]:
    if own:
        verdict = next(v for v in VERDICTS if any(c.verdict == v for c in own))
    elif not piece.is_name and re.search(r"\d", _NO_NUMBER.sub("", piece.said)):
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
    read = (*_sentences(written.read), *_sentences(written.notes), *_cells(written.read))
    for piece in dict.fromkeys(read):
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
    """Yield the cells of tables; their heads and the names of rows are such."""
    start = 0
    heads: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not _ROW.match(line):
            heads = []
        elif not _RULE.fullmatch(line):
            cells = list(_CELL.finditer(line))
            is_head = not heads
            heads = heads or [cell[0].strip() for cell in cells]
            for place, cell in enumerate(cells):
                if said := cell[0].strip():
                    begin = start + cell.start() + cell[0].index(said)
                    head = heads[place] if place < len(heads) else ""
                    is_name = is_head or place == 0
                    yield _Piece(begin, begin + len(said), number, said, head, is_name)
        start += len(line) + 1


def _is_of(claim: Claim, piece: _Piece) -> bool:
    """Tell whether a claim is of these words; that of a cell names its column, and ends with it."""
    if piece.head is None:
        return claim.text == piece.said
    return _may_be_of(claim, piece) and _bare(piece.head) in _bare(claim.text)


def _may_be_of(claim: Claim, piece: _Piece) -> bool:
    is_cell = piece.head is not None and not piece.is_name
    return is_cell and _bare(claim.text).endswith(_bare(piece.said))


def _bare(text: str) -> str:
    text = re.sub(r"\*\*|__|[*`]|\[\^[^\]]*\]|<[^>]*>", "", text)
    return re.sub(r"[^0-9A-Za-z.%+-]", "", text.translate({0x2212: "-", 0x2013: "-"}))
