"""Characters that people paste from elsewhere, as pages can set them and as tables are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

__all__ = [
    "keyed",
    "keyed_settings",
    "name_of",
    "plain",
    "plain_throughout",
    "without_equal",
]

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
# Looking up these alone takes a tenth of the time that translating a whole page does.
_NO_KEY = re.compile(r"[^\t\n\r -~]")


# What Word writes for the keys of a keyboard, and what is as wide as a Chinese character.
_KEYS: dict[int, str] = {
    **dict.fromkeys((*range(0x2012, 0x2016), 0x2212, 0xFE58, 0xFE63), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02BC, 0x00B4, 0x0060), "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0x2033), '"'),
    **dict.fromkeys((0x00A0, 0x202F), " "), 0x2044: "/", 0x2215: "/", 0x2026: "...",
    **dict.fromkeys((0x00AD, 0x180E, 0x200C, 0x200D, 0x200E, 0x200F, 0x061C), ""),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}  # fmt: skip
_STIFF = "\u00a0\u202f\u2007"
_SETTING = re.compile(rf"^[\s{_STIFF}]*(?:-[\s{_STIFF}]+)*(?:[\w-]+:[\s{_STIFF}]+)?")
_QUOTED = re.compile(r"^(\s*(?:- +)*(?:[\w-]+: +)?)[“”„]([^“”„\"\\]*)[“”](\s*(?: #.*)?)$")
_MINUS = re.compile(r"(?<=: )[−–](?=\d[\d.]*\s*(?:[,}\]#]|$))", re.MULTILINE)
_BULLET = re.compile(r"^[•·▪▫◦‣●○■□➢✓✔]\s+")
_IN_THREES = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?")
_MARKED_AS_TEXT = re.compile(r"^'(?=[\d=+-])")


def plain(text: str) -> str:
    r"""Write characters by their equals, and leave out what can't be seen.

    Examples
    --------
    >>> plain("non\u2011violent\x07: \uf0b7 \ufb01rst")
    'non-violent: • first'
    >>> plain("it\x92s")
    'it’s'
    """
    if text.isascii() and text.isprintable():
        return text
    return _NO_KEY.sub(lambda found: _MEANT.get(ord(found[0]), found[0]), text)


@lru_cache(maxsize=1 << 14)
def keyed(text: str) -> str:
    r"""Write a name, a header, a date or a number as it would be typed on a keyboard.

    Hyphens, dashes and quotation marks of Word, spaces that do not break, bullets in front, wide
    digits and letters have an equal there. A raised digit has none: ``12³`` is 12 with a footnote.

    Examples
    --------
    >>> keyed("2023\u201104\u00a0"), keyed("• King’s\u00a0Lynn"), keyed("\uff11\uff12")
    ('2023-04', "King's Lynn", '12')
    >>> keyed("−1\u202f234"), keyed("‘2023"), keyed("12³")
    ('-1,234', '2023', '12³')
    """
    written = text if text.isascii() else _from_elsewhere(text)
    written = _MARKED_AS_TEXT.sub("", plain(written).strip())
    return written.replace(" ", ",") if _IN_THREES.fullmatch(written) else written


def keyed_settings(text: str) -> str:
    r"""Write a file of settings so that YAML sees its spaces and quotation marks; prose stays.

    Examples
    --------
    >>> keyed_settings("\u00a0 period:\u00a0“FY2023”\n  title: The board’s “plan” of 2023")
    '  period: "FY2023"\n  title: The board’s “plan” of 2023'
    """
    if text.isascii():
        return text
    lines = _MINUS.sub("-", plain(text)).split("\n")
    return "\n".join(_QUOTED.sub(r'\1"\2"\3', _SETTING.sub(_spaced, line)) for line in lines)


def _spaced(match: re.Match[str]) -> str:
    return re.sub(f"[{_STIFF}]", " ", match[0])


def _from_elsewhere(text: str) -> str:
    written = unicodedata.normalize("NFC", plain(text)).translate(_KEYS).strip()
    digits = {ord(c): str(unicodedata.decimal(c)) for c in written if c.isdecimal()}
    return _BULLET.sub("", written.translate(digits))


def without_equal(text: str) -> str:
    r"""Name the first character of a text that no key stands for, to end a message; else nothing.

    Examples
    --------
    >>> without_equal("12³"), without_equal("Ynys Môn"), without_equal("2023\u201104")
    (" (it holds '³' (U+00B3, superscript three); write it with plain letters and digits)", '', '')
    """
    odd = (c for c in keyed(text) if not c.isascii() and not _is_latin(c))
    named = next(map(name_of, odd), "")
    return f" (it holds {named}; write it with plain letters and digits)" if named else ""


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


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
