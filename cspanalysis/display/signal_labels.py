"""Where labels stand beside the points of a narrow chart: none upon another, none upon the line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Box", "Label", "Level", "Point", "placed_labels"]

Point = tuple[float, float]
"""Pixels from the left and from the bottom of a chart."""
Level = tuple[float, float, float]
"""Where a line that runs along starts and ends, and how high it lies, in pixels."""

_LETTER = 5.4  # mean width of a letter in pixels
_TALL = 11.0
_NEAR = 5.0  # between a point and its label
_GAP = 3.0  # between two labels
_ROWS = 6
_SHARES = (0.5, 0.0, 1.0, 0.25, 0.75, 0.12, 0.88, 0.38, 0.62)  # of a label, left of its point
_LEADER = 9.0  # farther away, a line leads to the point
_LONGEST = 34.0  # of such a line
_AT_POINT = 4.0  # pixels around a point, within which its leader may touch the drawn line
_CROSSED = 60.0  # what it costs, in pixels of distance, to lie upon a line
_BROKEN = 5.0  # what it costs to stand in two lines


@dataclass(frozen=True, slots=True)
class Box:
    """Hold the edges of a label in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: Point, *, by: float = 0.0) -> bool:
        """Tell whether a point lies within it or nearer than some pixels."""
        x, y = point
        return self.left - by < x < self.right + by and self.bottom - by < y < self.top + by

    def meets(self, other: Box) -> bool:
        """Tell whether another lies upon it, the gap between two labels included."""
        return (
            self.left < other.right + _GAP
            and other.left < self.right + _GAP
            and self.bottom < other.top + _GAP
            and other.bottom < self.top + _GAP
        )

    def nearest(self, point: Point) -> Point:
        """Give its place that is nearest to a point."""
        x, y = point
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


@dataclass(frozen=True, slots=True)
class Label:
    """Hold a label: its words, in one line or two, where they lie, and the point they name."""

    text: str
    box: Box
    point: Point

    @property
    def leader(self) -> tuple[Point, Point] | None:
        """The line from the label to its point; None where they lie side by side."""
        end = self.box.nearest(self.point)
        return (end, self.point) if math.dist(end, self.point) > _LEADER else None


def placed_labels(
    wanted: Iterable[tuple[Point, str]],
    *,
    line: Sequence[Point],
    size: Point,
    most: int,
    levels: Sequence[Level] = (),
    walls: Sequence[float] = (),
    taken: Sequence[Box] = (),
    beside: bool = False,
    width: Callable[[str], float] = lambda text: _LETTER * len(text),
) -> list[Label]:
    """Place labels in the order wanted, leaving out those that no room is left for.

    Parameters
    ----------
    wanted
        Points and words, the most important first.
    line
        The points of the drawn line, which no label may lie upon; a gap is a missing value.
    size
        Width and height of the chart.
    most
        How many labels to place at most.
    levels
        Lines that run along. No label of a point lies upon one; those of upright lines avoid them.
    walls
        Places of upright lines, likewise.
    taken
        What lies there already.
    beside
        Whether labels stand beside their point and below it: those of an upright line.
    width
        Gives the pixels that words take.

    Examples
    --------
    >>> point = (90.0, 60.0)
    >>> line = [(0.0, 20.0), point]
    >>> (label,) = placed_labels([(point, "above limit")], line=line, size=(100, 100), most=2)
    >>> label.text, label.leader
    ('above limit', None)
    """
    drawn = list(_along(line))
    held, placed = list(taken), list[Label]()
    for point, text in wanted:
        if len(placed) == most:
            break
        fitting = (
            label
            for label in sorted(
                (_beside if beside else _around)(point, text, size, width),
                key=lambda one: _cost(one, levels, walls),
            )
            if not any(label.box.meets(other) for other in held)
            and (beside or not _crossed(label.box, levels, walls))
            and not any(label.box.holds(place, by=1) for place in drawn)
            and (beside or (_led_freely(label, drawn) and _led_apart(label, held, placed)))
        )
        if found := next(fitting, None):
            held.append(found.box)
            placed.append(found)
    return placed


def _around(point: Point, text: str, size: Point, width: Callable[[str], float]) -> Iterator[Label]:
    """Give the places for a label within the chart: above its point, below, and at its sides."""
    x, y = point
    for said, wide, tall in _set_in_lines(text, width):
        for row in range(_ROWS):
            away = _NEAR + row * _TALL
            for bottom in (y + away, y - away - tall):
                for share in _SHARES:
                    left = min(max(x - share * wide, 0.0), size[0] - wide)
                    yield from _within(said, (left, bottom), (wide, tall), point, size)
        for left in (x + _NEAR, x - _NEAR - wide):
            for up in (-0.5, 0.0, -1.0):
                yield from _within(said, (left, y + up * tall), (wide, tall), point, size)


def _beside(point: Point, text: str, size: Point, width: Callable[[str], float]) -> Iterator[Label]:
    """Give the places for a label within the chart, right of its point and left, and below."""
    x, y = point
    for said, wide, tall in (*list(_set_in_lines(text, width))[:2], *_in_three(text, width)):
        for row in range(_ROWS):
            bottom = y - row * _TALL - tall
            for left in (x + _GAP, x - _GAP - wide):
                yield from _within(said, (left, bottom), (wide, tall), point, size)


def _set_in_lines(text: str, width: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    """Give words in one line, in two where a comma parts them, and shortened, with their sizes."""
    yield text, width(text), _TALL
    before, comma, after = text.partition(", ")
    for said in dict.fromkeys((before, before.split()[0])) if comma else ():
        yield f"{said},\n{after}", max(width(f"{said},"), width(after)), 2 * _TALL


def _in_three(text: str, width: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    """Give two words and what follows their comma in a line each: little room may do."""
    before, comma, after = text.partition(", ")
    if comma and len(words := before.split()) == 2:
        lines = (words[0], f"{words[1]},", after)
        yield "\n".join(lines), max(map(width, lines)), 3 * _TALL


def _within(text: str, corner: Point, sides: Point, point: Point, size: Point) -> Iterator[Label]:
    """Give a label where it does not leave the chart."""
    (left, bottom), (wide, tall) = corner, sides
    box = Box(left, bottom, left + wide, bottom + tall)
    if left >= 0 and bottom >= 0 and box.right <= size[0] and box.top <= size[1]:
        yield Label(text, box, point)


def _crossed(box: Box, levels: Sequence[Level], walls: Sequence[float]) -> int:
    """Count the lines along and upright that a label would lie upon."""
    along = (
        box.bottom < height < box.top and box.left < right and left < box.right
        for left, right, height in levels
    )
    return sum(along) + sum(box.left - 1 < wall < box.right + 1 for wall in walls)


def _led_freely(label: Label, drawn: Sequence[Point]) -> bool:
    """Tell whether a label needs no line to its point, or a short one that crosses no other."""
    if label.leader is None:
        return True
    if math.dist(*label.leader) > _LONGEST:
        return False
    led = [place for place in _along(label.leader) if math.dist(place, label.point) > _AT_POINT]
    return not any(math.dist(place, other) < 1.5 for place in led for other in drawn)


def _led_apart(label: Label, held: Sequence[Box], placed: Sequence[Label]) -> bool:
    """Tell whether no line to a point lies upon words: not its own, nor that of another label."""
    own = list(_along(label.leader or ()))
    others = [place for one in placed for place in _along(one.leader or ())]
    return not (
        any(box.holds(place) for box in held for place in own)
        or any(label.box.holds(place, by=1) for place in others)
    )


def _cost(label: Label, levels: Sequence[Level], walls: Sequence[float]) -> float:
    box, point = label.box, label.point
    crossed = _CROSSED * _crossed(box, levels, walls)
    middle = abs((box.left + box.right) / 2 - point[0]) / 10
    broken = "\n" in label.text
    short = broken and " " not in label.text.partition("\n")[0]
    return math.dist(box.nearest(point), point) + middle + crossed + _BROKEN * (broken + 2 * short)


def _along(line: Sequence[Point]) -> Iterator[Point]:
    """Give places along a line, two pixels apart or nearer; nothing across a gap."""
    for (x, y), (to_x, to_y) in pairwise(line):
        steps = math.dist((x, y), (to_x, to_y)) / 2
        if math.isnan(steps):
            continue
        number = max(1, math.ceil(steps))
        for step in range(number + 1):
            share = step / number
            yield x + share * (to_x - x), y + share * (to_y - y)
