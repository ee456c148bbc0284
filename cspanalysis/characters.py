"""Characters that people paste from elsewhere, as pages can set them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

__all__ = ["name_of", "plain", "plain_throughout"]

_HYPHENS = {0x2010: "-", 0x2011: "-"}
# Word's bullets, ticks and arrows come as places of its symbol fonts, which no other font knows.
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "•", 0xF076: "•", 0xF0D8: "•", 0x2043: "•", 0xF0FC: "✓", 0xF0FE: "✓",
    0xF0FB: "✗", 0xF0A8: "☐", 0xF0E0: "→", 0xF0DF: "←", 0xF02D: "-",
}  # fmt: skip
_SPACES = dict.fromkeys((*range(8192, 8199), 8200, 8201, 8202, 8287, 12288), " ")
# Ends of lines that an editor does not count as such, so that lines keep their numbers.
_BREAKS = {0x0B: " ", 0x0C: " ", 0x1C: " ", 0x1D: " ", 0x1E: " ", 0x2028: " ", 0x2029: " "}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_KEPT = {0x09, 0x0A, 0x0D}
_CONTROLS = [code for code in range(0x20) if code not in _KEPT] + [0x7F]
_UNSEEN = [
    *(0x200B, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F, *range(0xFFF9, 0xFFFC)),
    # What turns the direction of text round can make it read as what it is not.
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0),
    *(0x10000 * plane + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
]  # fmt: skip


def _windows() -> Iterator[tuple[int, str]]:
    """Give what Windows means by the controls from 128 to 159, where text of its was misread."""
    for code in range(0x80, 0xA0):
        yield code, bytes([code]).decode("cp1252", errors="ignore")


_MEANT: dict[int, str] = {
    **dict.fromkeys(_CONTROLS, ""), **dict.fromkeys(_UNSEEN, ""), **dict(_windows()),
    **_HYPHENS, **_SYMBOLS, **_SPACES, **_BREAKS, **_LIGATURES,
}  # fmt: skip


def plain(text: str) -> str:
    r"""Write characters by their equals, and leave out what can't be seen.

    Examples
    --------
    >>> plain("non\u2011violent\x07: \uf0b7 \ufb01rst")
    'non-violent: • first'
    >>> plain("it\x92s")
    'it’s'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_MEANT)


def plain_throughout(value: Any) -> Any:
    """Give a value of JSON with all its texts made plain.

    Examples
    --------
    >>> plain_throughout({"title": "a\u2011b", "rows": ["\u200bc", 1]})
    {'title': 'a-b', 'rows': ['c', 1]}
    """
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: plain_throughout(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain_throughout(held) for held in value]
    return value


def name_of(character: str) -> str:
    """Name a character for people.

    Examples
    --------
    >>> name_of("\N{POLICE OFFICER}")
    "'👮' (U+1F46E, police officer)"
    """
    named = unicodedata.name(character, "").lower()
    return f"'{character}' (U+{ord(character):04X}{', ' if named else ''}{named})"
