"""How much text fits into a box of a slide, and how large; what does not goes to the notes.

Text is measured in DejaVu Sans, which is wide: slides name the face of their template, and a
machine without that sets them in another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cspanalysis.publication.fonts import beside_charts

__all__ = ["LEAST", "REST", "Fitted", "fitted", "height_of", "lines_of", "width_of"]

LEAST = 13.0
"""Points that text on a slide has at least."""
REST = "The rest is in the notes."
_LINE = 1.22
"""Height of a line of Calibri over its size; that of DejaVu Sans is less."""
_LONG = 0.34
"""Share of a box beyond which a point is left to the notes before others are."""
_FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}


@dataclass(frozen=True, slots=True)
class Fitted:
    """Hold text as it fits: its size in points, its paragraphs, and what was left out of it."""

    points: float
    texts: tuple[str, ...]
    left: tuple[str, ...] = ()


def fitted(
    texts: Sequence[str],
    *,
    width: float,
    height: float,
    points: float,
    bold: bool = False,
    after: float = 0,
) -> Fitted:
    """Set paragraphs as large as they fit, and leave out what does not at the least size.

    Parameters
    ----------
    texts
        The paragraphs.
    width, height
        The box, in inches.
    points
        The largest size.
    bold
        Whether the text is bold.
    after
        Points between paragraphs.

    Examples
    --------
    >>> fitted(["Burglary fell."], width=4, height=1, points=20)
    Fitted(points=20, texts=('Burglary fell.',), left=())
    >>> fitted(["Burglary fell by far. " * 2], width=1, height=0.5, points=20)
    Fitted(points=13.0, texts=('Burglary fell by …',), left=('Burglary fell by far. Burglary fell by far. ',))
    """  # noqa: E501

    def tall(kept: Sequence[str], size: float) -> float:
        return height_of(kept, width=width, points=size, bold=bold, after=after)

    size = points
    while size > LEAST and tall(texts, size) > height:
        size = max(LEAST, size - 1)
    kept, left = list(texts), list[str]()
    while len(kept) > 1 and tall([*kept, REST] if left else kept, size) > height:
        longest = max(kept, key=lambda text: tall([text], size))
        out = longest if tall([longest], size) > _LONG * height else kept[-1]
        kept.remove(out)
        left.append(out)
    rest = [REST] if left else []
    if tall([*kept, *rest], size) > height:
        left.insert(0, kept[0])
        room = int(height * 72 / size / _LINE)
        kept = [_cut(kept[0], max(1, room), width=width, points=size, bold=bold)]
        rest = []
    return Fitted(size, (*kept, *rest), tuple(text for text in texts if text in left))


def height_of(
    texts: Sequence[str], *, width: float, points: float, bold: bool = False, after: float = 0
) -> float:
    """Give the height in inches that paragraphs take.

    Examples
    --------
    >>> round(height_of(["Burglary fell by far"], width=1, points=13), 2)
    0.44
    """
    lines = sum(len(lines_of(text, width=width, points=points, bold=bold)) for text in texts)
    return (lines * points * _LINE + after * (len(texts) - 1)) / 72


def lines_of(text: str, *, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into the lines that it takes in a box so many inches wide.

    Examples
    --------
    >>> lines_of("Burglary fell by far", width=1, points=13)
    ['Burglary', 'fell by far']
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, points, bold=bold) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while (many := _letters(word, width, points, bold=bold)) < len(word):
            lines[-1], word = word[:many], word[many:]
            lines.append(word)
    return lines


def width_of(text: str, points: float, *, bold: bool = False) -> float:
    """Give the width of a line of text in inches."""
    widths, wide = _advances(bold=bold)
    return sum(widths.get(ord(letter), wide) for letter in text) * points / 72


def _letters(word: str, width: float, points: float, *, bold: bool) -> int:
    """Count the letters of a word that stand on one line, one at least."""
    many = len(word)
    while many > 1 and width_of(word[:many], points, bold=bold) > width:
        many -= 1
    return many


def _cut(text: str, lines: int, *, width: float, points: float, bold: bool) -> str:
    """Cut a text after the last word that leaves it within so many lines."""
    *whole, last = lines_of(text, width=width, points=points, bold=bold)[:lines]
    room = width - width_of(" …", points, bold=bold)
    while width_of(last, points, bold=bold) > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return f"{' '.join([*whole, last]).rstrip(',;:. ')} …"


@cache
def _advances(*, bold: bool) -> tuple[dict[int, float], float]:
    """Give the width of each character in ems, and that of one which the face lacks."""
    from fontTools.ttLib import TTFont

    with TTFont(beside_charts(_FACES[bold])) as font:
        ems, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[name][0] / ems for code, name in font.getBestCmap().items()}, 1.0
