"""A text as it was written, with what of it is read, where each line stands, and what is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cspanalysis.characters import plain
from cspanalysis.errors import UsageError

__all__ = ["Written", "counted", "of_markdown"]

_OWN_SIGNS = re.compile("[\ue000-\ue002]")
_STRUCK = re.compile(r"~~(?=\S)(?:(?!~~|\n\s*\n).)+~~", re.DOTALL)
_UNREAD: Mapping[str, re.Pattern[str]] = {
    "of its head": re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    "of code": re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE),
    "of hidden comments": re.compile(r"<!--.*?-->", re.DOTALL),
    "struck out": _STRUCK,
}
_NOTE = re.compile(r"^\[(?:\^[^\]\n]+|\d{1,3})\]:?(?=[ \t]*\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """Hold a text as Markdown.

    Parameters
    ----------
    text
        What people see.
    read
        What is said: the text with what is struck out blanked, every place where it was.
    labels
        Where a line stands, for lines that no one could find by their number.
    beside
        Lines that stand beside the text (a header, a footer): numbers there that no measure is
        named with are no claims.
    unread
        Words that were not read, by where they stand: "struck out".
    things
        What may hold words that no one can read: "picture".
    """

    text: str
    read: str
    labels: Mapping[int, str] = field(default_factory=dict)
    beside: frozenset[int] = frozenset()
    unread: Mapping[str, int] = field(default_factory=dict)
    things: Mapping[str, int] = field(default_factory=dict)

    def where(self, line: int) -> str:
        """Say where a line stands: "line 5", "paragraph 12", "table 1, row 3"."""
        return self.labels.get(line, f"line {line}")

    @property
    def notes(self) -> str:
        """The footnotes alone, each a point of a list, every place where it was; may be empty."""
        kept = []
        for line in self.read.split("\n"):
            marker = _NOTE.match(line)
            head = "-".ljust(marker.end()) if marker else " " * len(line)
            kept.append(head + line[len(head) :])
        notes = "\n".join(kept)
        return notes if notes.strip() else ""


def counted(number: int, name: str) -> str:
    """Write how many there are.

    Examples
    --------
    >>> counted(1, "sentence"), counted(1200, "word")
    ('1 sentence', '1,200 words')
    """
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def of_markdown(path: Path) -> Written:
    """Read a file of Markdown or plain text.

    Raises
    ------
    UsageError
        If it can't be read, or is no UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror or error}") from None
    text = _OWN_SIGNS.sub("", plain(text))
    unread = Counter(
        {
            where: sum(len(found[0].split()) for found in pattern.finditer(text))
            for where, pattern in _UNREAD.items()
        }
    )
    read = _STRUCK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return Written(text, read, unread=+unread)
