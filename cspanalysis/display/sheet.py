"""Drawings of lines, dots, signs and words, written as SVG without a drawing library.

A report holds dozens of small drawings. Written so, one takes a fraction of a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, Literal

from cspanalysis.display.lettering import UNITS, advance, length, outline

__all__ = ["ABOVE", "BELOW", "BESIDE", "LEVEL", "Point", "Sheet", "Side", "Sign"]

Point = tuple[float, float]
Side = Literal["left", "right", "center"]
Sign = Literal["up", "down", "diamond", "square"]

ABOVE, LEVEL, BESIDE, BELOW = -0.25, 0.25, 0.375, 0.75
"""How far under a point the baseline of words stands, in sizes of the letters: words above it,
level with it, figures beside it, words below it."""

_SIGNS: Final[dict[Sign, tuple[Point, ...]]] = {
    "up": ((0, -1), (-1, 1), (1, 1)),
    "down": ((0, 1), (1, -1), (-1, -1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
}
_HEAD = (
    '<svg width="{0}" height="{1}" viewBox="0 0 {0} {1}" xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
)


class Sheet:
    """Hold what is drawn, in CSS pixels from the upper left corner; later shapes lie on top.

    Parameters
    ----------
    width, height
        Size of the drawing.

    Examples
    --------
    >>> sheet = Sheet(20, 10)
    >>> sheet.dots([(2, 5), (18, 5)], colour="#12436D", radius=1.5)
    >>> sheet.svg().decode().partition(">")[2]
    '<g fill="#12436d"><circle cx="2" cy="5" r="1.5"/><circle cx="18" cy="5" r="1.5"/></g></svg>'
    """

    def __init__(self, width: float, height: float) -> None:
        self._size = round(width), round(height)
        self._shapes: list[str] = []
        self._letters: dict[tuple[str, int], str] = {}

    def line(
        self,
        points: Iterable[Point | None],
        *,
        colour: str,
        width: float,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a line through points; None leaves a gap.

        Parameters
        ----------
        points
            In their order.
        colour, width
            As the other options, of the line.
        dashes
            Lengths of dash and gap; none for a solid line.
        """
        runs = [list(run) for known, run in groupby(points, key=bool) if known]
        path = "".join("M" + "L".join(_pair(*p) for p in run if p) for run in runs)
        dashed = f' stroke-dasharray="{",".join(map(_number, dashes))}"' if dashes else ""
        self._shapes.append(
            f'<path d="{path}" fill="none" stroke="{colour.lower()}" '
            f'stroke-width="{_number(width)}" stroke-linejoin="round"{dashed}/>'
        )

    def dots(self, points: Iterable[Point], *, colour: str, radius: float) -> None:
        """Draw a dot at each point."""
        size = _number(radius)
        drawn = (f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{size}"/>' for x, y in points)
        self._shapes.append(f'<g fill="{colour.lower()}">{"".join(drawn)}</g>')

    def signs(self, sign: Sign, points: Iterable[Point], *, colour: str, reach: float) -> None:
        """Draw a sign at each point, set off from what lies under it by a white edge.

        Parameters
        ----------
        sign
            Its shape.
        points
            Its middles.
        colour
            Of the sign.
        reach
            From its middle to its edge, or to the tip of a diamond.
        """
        drawn = "".join(
            "M" + "L".join(_pair(x + reach * a, y + reach * b) for a, b in _SIGNS[sign]) + "Z"
            for x, y in points
        )
        edge = 'stroke="#ffffff" stroke-width="0.67"'
        self._shapes.append(f'<path d="{drawn}" fill="{colour.lower()}" {edge}/>')

    def words(
        self,
        words: str,
        at: Point,
        *,
        colour: str,
        size: float = 12,
        weight: int = 400,
        side: Side = "left",
        drop: float = 0,
    ) -> None:
        """Write words at a point, as outlines.

        Parameters
        ----------
        words
            One line.
        at
            The point.
        colour, size, weight
            Of the letters.
        side
            Which end of the words, or their middle, stands at the point.
        drop
            How far under the point their baseline stands, in sizes of the letters, such as
            `ABOVE` or `BELOW`.
        """
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[side]
        x = at[0] - share * length(words, size=size, weight=weight)
        scale = f"{size / UNITS:.4g}"
        self._shapes.append(
            f'<g fill="{colour.lower()}" transform="translate({_pair(x, at[1] + drop * size)}) '
            f'scale({scale} -{scale})">{self._set(words, weight)}</g>'
        )

    def svg(self) -> bytes:
        """Give the drawing as SVG: the same bytes for the same shapes."""
        letters = "".join(
            f'<path id="{name}" d="{outline(*letter)}"/>' for letter, name in self._letters.items()
        )
        defined = f"<defs>{letters}</defs>" if letters else ""
        return f"{_HEAD.format(*self._size)}{defined}{''.join(self._shapes)}</svg>".encode()

    def _set(self, words: str, weight: int) -> str:
        uses, x = [], 0
        for letter in words:
            if not letter.isspace():
                name = self._letters.setdefault((letter, weight), f"l{len(self._letters)}")
                uses.append(f'<use xlink:href="#{name}" x="{x}"/>')
            x += advance(letter, weight)
        return "".join(uses)


def _pair(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    """Write a number with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
