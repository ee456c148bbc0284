"""Words as outlines, so that a drawing looks alike wherever it is shown."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

__all__ = ["UNITS", "WEIGHTS", "advance", "length", "outline"]

UNITS = 1000
"""Units of the typeface's own scale in the size of its letters."""

_FACES = {400: "SourceSansPro", 600: "SourceSansProSemibold"}
WEIGHTS = tuple(_FACES)


def length(words: str, *, size: float, weight: int = 400) -> float:
    """Measure how long words are.

    Parameters
    ----------
    words
        One line of text.
    size
        Size of the letters, in the unit of the answer.
    weight
        400 or 600.

    Examples
    --------
    >>> round(length("May", size=12), 2)
    20.38
    """
    return sum(advance(letter, weight) for letter in words) * size / UNITS


@cache
def advance(letter: str, weight: int) -> int:
    """Give how far the next letter stands from this one, in units of the typeface."""
    font, name = _glyph(letter, weight)
    return int(font["hmtx"][name][0])


@cache
def outline(letter: str, weight: int) -> str:
    """Give a letter as SVG path data in units of the typeface, upwards from its baseline.

    A letter that the typeface lacks is drawn as its empty box; a space has no outline.
    """
    from fontTools.pens.svgPathPen import SVGPathPen

    font, name = _glyph(letter, weight)
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:g}")
    glyphs[name].draw(pen)
    return str(pen.getCommands())


def _glyph(letter: str, weight: int) -> tuple[Any, str]:
    font, names = _face(weight)
    return font, names.get(ord(letter), ".notdef")


@cache
def _face(weight: int) -> tuple[TTFont, dict[int, str]]:
    import font_source_sans_pro
    from fontTools.ttLib import TTFont

    file = Path(font_source_sans_pro.font_files_ttf[_FACES[weight]])
    font = TTFont(BytesIO(file.read_bytes()), lazy=True)  # letters are decoded as they are used
    return font, font.getBestCmap()
