"""Where labels stand at the points of a narrow chart, so that none lies upon another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Label", "placed_labels"]

Side = Literal["left", "right", "center"]
_LETTER = 4.9  # mean width of a letter in pixels
_GAP = 10.0
_SHIFT = 5.0  # how far a label that hangs to one side reaches beyond its point


@dataclass(frozen=True, slots=True)
class Label:
    """Hold a label at a point.

    Parameters
    ----------
    place
        Position of the point, from 0.
    text
        Its words.
    side
        Which end of the words, or their middle, stands at the point.
    """

    place: int
    text: str
    side: Side


def placed_labels(
    wanted: Iterable[tuple[int, str]], *, points: int, width: float, most: int
) -> list[Label]:
    """Place labels in the order wanted, leaving out those that no room is left for.

    Parameters
    ----------
    wanted
        Position and words, the most important first.
    points
        How many points the chart has.
    width
        Width of the chart in pixels.
    most
        How many labels to place at most.

    Examples
    --------
    >>> placed_labels([(9, "above limit"), (8, "above limit")], points=10, width=300, most=2)
    [Label(place=9, text='above limit', side='right')]
    """
    placed: list[Label] = []
    taken: list[tuple[float, float]] = []
    for place, text in wanted:
        at = width * (place + 0.8) / (points + 0.6)
        for side in _sides(at / width):
            low, high = _span(at, text, side)
            free = all(high + _GAP <= left or right + _GAP <= low for left, right in taken)
            if len(placed) < most and free and low >= -_GAP and high <= width + _GAP:
                placed.append(Label(place, text, side))
                taken.append((low, high))
                break
    return placed


def _sides(share: float) -> tuple[Side, ...]:
    """Give the sides to try: words that hang inwards first."""
    if share < 0.3:
        return "left", "center", "right"
    return ("right", "center", "left") if share > 0.7 else ("center", "right", "left")


def _span(at: float, text: str, side: Side) -> tuple[float, float]:
    long = _LETTER * len(text)
    start = {"left": at - _SHIFT, "center": at - long / 2, "right": at - long + _SHIFT}[side]
    return start, start + long
