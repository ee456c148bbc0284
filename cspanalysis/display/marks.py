"""Small drawings inside text and tables: verdict marks, ratios on a common scale.

They are written by hand as a few SVG elements that a page's style can recolour, and stand beside
words that say the same: hidden from screen readers, they carry no meaning alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from cspanalysis.blocks.block import element, joined_markup
from cspanalysis.blocks.sparkline import is_number, shape, svg
from cspanalysis.blocks.style import COLOURS
from cspanalysis.findings.wording.numbers import ratio_limits_text, ratio_text

__all__ = ["RatioScale", "Tone", "hidden", "verdict_mark"]

Tone = Literal["good", "bad", "neither"]
_SHAPES = {"higher": "▲", "lower": "▼", "possibly higher": "△", "possibly lower": "▽"}
_WIDTH, _HEIGHT, _EDGE = 150, 22, 12
_WORDS, _BASE, _TALL = 16, 13, 21
"""Pixels of an axis: how high its words are, the line they stand on, and how high it is."""
Weight = Literal["clear", "possible", "quiet"]
"""How a ratio is drawn: full in the area's colour, hollow in it, or quiet."""


def hidden(text: str) -> Markup:
    """Write text that is heard and searched but not seen beside a drawing."""
    return element("span", text, class_="visually-hidden")


def verdict_mark(verdict: str, *, tone: Tone = "neither") -> Markup:
    """Write a verdict as shape and word: full where it is clear, hollow where it is possible.

    Examples
    --------
    >>> str(verdict_mark("steady"))
    '<span class="verdict quiet">steady</span>'
    """
    sign = _SHAPES.get(verdict)
    if sign is None:
        return element("span", verdict, class_="verdict quiet")
    if verdict.startswith("possibly"):
        mark = element("span", sign, class_="shape neither", aria_hidden="true")
        return element("span", mark, "\N{NO-BREAK SPACE}", verdict, class_="verdict possible")
    mark = element("span", sign, class_=f"shape {tone}", aria_hidden="true")
    return element("strong", mark, "\N{NO-BREAK SPACE}", verdict, class_=f"verdict {tone}")


@dataclass(frozen=True, slots=True)
class RatioScale:
    """Hold the common log scale of a table's drawn column.

    Parameters
    ----------
    low, high
        Ratios at the ends of the scale; what reaches beyond is cut with an arrow.
    """

    low: float
    high: float

    @classmethod
    def spanning(cls, ratios: Sequence[float]) -> RatioScale:
        """Choose the scale that holds these ratios, between a fifth wider than 1 and fourfold.

        Examples
        --------
        >>> RatioScale.spanning([0.9, 1.4])
        RatioScale(low=0.66..., high=1.5)
        >>> RatioScale.spanning([0.3, 5.7]).high
        3.0
        """
        reach = max([1.45, *(max(r, 1 / r) for r in ratios if 0 < r < math.inf)])
        end = next((e for e in (1.5, 2.0, 3.0) if reach <= e * 1.02), 3.0)
        return cls(1 / end, end)

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Ratios that the axis names, with their words."""
        if self.high <= 1.5:
            return ((1 / 1.5, "−33 %"), (1.0, "same"), (1.5, "+50 %"))
        return ((0.5, "half"), (1.0, "same"), (2.0, "twice"))

    def axis(self) -> Markup:
        """Draw the names of the axis in one line, for the head of the column."""
        words = (
            shape(
                "text",
                word,
                x=f"{x:.1f}",
                y=_BASE,
                text_anchor=anchor,
                font_size=f"{_WORDS}",
                font_family="Source Sans Pro",
                fill=COLOURS["muted"],
                class_="axis-text",
            )
            for word, x, anchor in self._words()
        )
        marks = (self._guide(ratio, _TALL - 4, _TALL) for ratio, _ in self.ticks)
        return svg("ratio axis", _WIDTH, _TALL, *words, *marks)

    def _words(self) -> Iterator[tuple[str, float, str]]:
        """Give the words of the axis, their places and what of them stands there.

        The outer ones keep to the edges where they would leave the drawing.
        """
        for ratio, word in self.ticks:
            x, half = self._x(ratio), len(word) * _WORDS / 4
            if x < half:
                yield word, 0, "start"
            elif x > _WIDTH - half:
                yield word, _WIDTH, "end"
            else:
                yield word, x, "middle"

    def draw(
        self,
        ratio: float | None,
        lower: float | None,
        upper: float | None,
        *,
        force: float | None = None,
        weight: Weight = "quiet",
    ) -> Markup:
        """Draw a ratio as dot and whisker, the force as a wedge, and say it in hidden words."""
        guides = [self._guide(tick, 0, _HEIGHT) for tick, _ in self.ticks]
        tick = [self._force(force)] if is_number(force) and force > 0 else []
        if not (is_number(ratio) and is_number(lower) and is_number(upper)):
            return svg("ratio", _WIDTH, _HEIGHT, *guides, *tick) + hidden("not compared")
        news = weight != "quiet"
        colour, kind = (COLOURS["focus"], "strong") if news else (COLOURS["mark"], "faint")
        whisker = self._whisker(lower, upper, colour, kind)
        hollow = weight == "possible"
        dot = shape(
            "circle",
            cx=f"{self._x(ratio):.1f}",
            cy=_HEIGHT / 2,
            r="4.2" if news else "3.4",
            fill="#FFFFFF" if hollow else colour,
            stroke=colour if hollow else "none",
            stroke_width=2,
            class_="open-dot" if hollow else f"{kind}-dot",
        )
        said = f"{ratio_text(ratio)} ({ratio_limits_text(lower, upper)})"
        return svg("ratio", _WIDTH, _HEIGHT, *guides, *tick, whisker, dot) + hidden(said)

    def _x(self, ratio: float) -> float:
        inner = _WIDTH - 2 * _EDGE
        share = math.log(max(ratio, 1e-9) / self.low) / math.log(self.high / self.low)
        return _EDGE + inner * min(1.0, max(0.0, share))

    def _guide(self, ratio: float, top: float, bottom: float) -> Markup:
        same = ratio == 1.0
        colour, kind = (COLOURS["mark"], "zero") if same else (COLOURS["hairline"], "hairline")
        return _line(self._x(ratio), top, self._x(ratio), bottom, colour, kind)

    def _force(self, ratio: float) -> Markup:
        x = self._x(ratio)
        points = f"{x - 5:.1f},0 {x + 5:.1f},0 {x:.1f},7"
        return shape("polygon", points=points, fill=COLOURS["turquoise"], class_="force")

    def _whisker(self, lower: float, upper: float, colour: str, kind: str) -> Markup:
        left, right, middle = self._x(lower), self._x(upper), _HEIGHT / 2
        line = _line(
            left,
            middle,
            right,
            middle,
            colour,
            f"{kind}-line",
            width=2 if kind == "strong" else 1.4,
        )
        ends = [_arrow(left, -1, colour, kind)] if lower < self.low else []
        ends += [_arrow(right, 1, colour, kind)] if upper > self.high else []
        return joined_markup([line, *ends])


def _arrow(x: float, way: int, colour: str, kind: str) -> Markup:
    middle = _HEIGHT / 2
    points = f"{x + 6 * way:.1f},{middle} {x:.1f},{middle - 4} {x:.1f},{middle + 4}"
    return shape("polygon", points=points, fill=colour, class_=f"{kind}-dot")


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, kind: str, *, width: float = 1
) -> Markup:
    return shape(
        "path",
        d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}",
        stroke=colour,
        stroke_width=width,
        fill="none",
        class_=kind,
    )
