"""Sentences of a Markdown text, each with its line and whether a source stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Sentence", "sentences"]

_SAME_LENGTH = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "*": " ",
        "`": " ",
        "\n": " ",
        "\t": " ",
    }
)
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bSt)(?<!\bapprox)[.!?]['\")\]]*\s+(?=[\"'(\[]?[A-Z\d+])"
)
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BLANKED = (
    _HEAD,
    re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<svg\b.*?</svg>", re.DOTALL | re.IGNORECASE),
    re.compile(
        r"<(span|strong)\b[^>]*\bclass=\"?(?:visually-hidden|verdict|sign|shape)\b[^>]*>"
        r"(?:(?!</?\1\b).|<\1\b(?:(?!</?\1\b).)*</\1>)*</\1>",
        re.DOTALL | re.IGNORECASE,
    ),
    re.compile(r"!\[[^\]]*\](?:\([^)\s]*[^)]*\)|\[[^\]]*\])"),
    re.compile(r"^\s*\|.*$", re.MULTILINE),
    re.compile(r"^(?:\[\^[^\]]+\]:|\[\d{1,3}\]:?[ \t]).*$", re.MULTILINE),
    re.compile(
        r"^[ \t]*(?:[-*+]|\d+[.)]|\d{1,2}(?:\.\d{1,2})+\.?(?=[ \t]+[A-Z]))[ \t]+", re.MULTILINE
    ),
    re.compile(
        r"^[ \t]*(?:#+|>)[ \t]*(?:(?:\d{1,2}(?:\.\d{1,2})+|\d{1,2}[.)])[ \t]+)?", re.MULTILINE
    ),
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LINK = re.compile(r"\[([^\]^][^\]]*)\]\([^)\s]+[^)]*\)")
_ADDRESS = re.compile(r"<?https?://[^\s>)]+>?")
_NOTE = re.compile(r"\[(\^[^\]]+|\d{1,3})\](?!\()")
_DEFINED = re.compile(r"^\[(\^[^\]]+|\d{1,3})\]:?[ \t]*\S", re.MULTILINE)
_SOURCE = re.compile(
    r"\(\s*(?:sources?:|see|after|from:)[^)]*\w[^)]*\)"
    rf"|\((?-i:(?!{_MONTH}|The )[A-Z])[^()\d]*[,\w]\s+(?:19|20)\d\d(?:[/-]\d+)?\)",
    re.IGNORECASE,
)
_QUOTES_EARLIER = re.compile(
    r"\b(?:edition|(?:last|previous|earlier)(?: year's)? (?:report|assessment|strategy))\b[^.:]*:"
    r"\s*['\"\u2018\u201c]",
    re.IGNORECASE,
)
_QUOTE_ENDS = re.compile(r"['\"\u2019\u201d]\.?$")
_ATTRIBUTED = re.compile(r"\b[Aa]ccording to (?:the |our |its )?[A-Z]\w+")


_LONGEST = 800
"""Characters that are read as one sentence; what goes on without a stop is cut at a space."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence.

    Parameters
    ----------
    text
        The sentence, with plain spaces, hyphens and apostrophes.
    line
        Line on which it begins.
    paragraph
        Number of its paragraph, from 0.
    cited
        Whether it or its paragraph carries a source: a link, a note that is defined, "(source:
        ...)", "(see ...)", a publisher and a year in brackets, or "according to" someone named.
    quoted
        Whether it goes on with what an earlier report is quoted to say.
    """

    text: str
    line: int
    paragraph: int
    cited: bool
    quoted: bool = False


def sentences(markdown: str, *, first_line: int = 1) -> Iterator[Sentence]:
    """Split a Markdown text into sentences.

    Code, comments, tables, definitions of footnotes, and pictures with the words that stand for
    them (an image's text, a verdict's mark, what is hidden beside a drawing) are left out. A list
    item, a heading and a paragraph each hold sentences of their own.
    """
    notes = set(_DEFINED.findall(markdown))
    text = markdown.replace("\r\n", "\n")
    starts = {m.start() for m in _BLANKED[-2].finditer(text)}
    starts |= {m.start() for m in _BLANKED[-1].finditer(text)}
    for pattern in _BLANKED:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for number, (start, block) in enumerate(_blocks(text, starts)):
        cited = _is_cited(block, notes)
        quoted = False
        for offset, written in _split(_plain(block)):
            line = first_line + text.count("\n", 0, start + offset)
            yield Sentence(written, line, number, cited, quoted)
            ended = _QUOTE_ENDS.search(written) is not None
            quoted = not ended and (quoted or _QUOTES_EARLIER.search(written) is not None)


def _blocks(text: str, starts: set[int]) -> Iterator[tuple[int, str]]:
    """Yield paragraphs, list items and headings with their offsets."""
    cuts = {m.end() for m in re.finditer(r"\n[ \t]*\n", text)} | starts | {0, len(text)}
    for begin, end in zip(sorted(cuts), sorted(cuts)[1:], strict=False):
        if text[begin:end].strip():
            yield begin, text[begin:end]


def _plain(block: str) -> str:
    """Blank addresses, footnote markers and source notes; every place stays where it is."""
    kept = _LINK.sub(lambda m: f" {m[1]}".ljust(len(m[0])), block)
    for pattern in (_ADDRESS, _NOTE, _SOURCE):
        kept = pattern.sub(lambda m: " " * len(m[0]), kept)
    return kept.translate(_SAME_LENGTH)


def _is_cited(block: str, notes: set[str]) -> bool:
    marked = any(note in notes for note in _NOTE.findall(block))
    return marked or any(p.search(block) for p in (_LINK, _ADDRESS, _SOURCE, _ATTRIBUTED))


def _split(block: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for end in [*(m.end() for m in _END.finditer(block)), len(block)]:
        while end - begin > _LONGEST:
            cut = block.rfind(" ", begin, begin + _LONGEST) + 1 or begin + _LONGEST
            yield from _piece(block, begin, cut)
            begin = cut
        yield from _piece(block, begin, end)
        begin = end


def _piece(block: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    piece = block[begin:end]
    if piece.strip():
        yield begin + len(piece) - len(piece.lstrip()), piece.strip()
