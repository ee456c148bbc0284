"""What a native chart of slides or Word draws, from the tables behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cspanalysis.publication.gist import Grid, Shown

__all__ = ["MEASURE", "Chart", "bars_of", "line_of", "lines_of", "plain_of", "row_of"]

_MONTH, _AREA, _RATE, MEASURE = "Month", "Area", "Rate", "Measure"
_MEAN, _MARKS = "Average", "Steps, breaks and events"
_LIMITS = ("Lower limit (95 %)", "Upper limit (95 %)")
_CUT = "does not start at zero"
_PANELS = 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold what a native chart draws.

    Parameters
    ----------
    kind
        ``line`` for months, ``bar`` for areas side by side, ``column`` for counts of classes in
        order, ``dot`` for values with their intervals.
    names, values
        Names of the points, in order, and their values; None where there is none.
    label
        What the values are.
    mean
        The mean over the months, drawn as a line of its own; none without.
    focus
        Names of the points that the chart is about.
    named
        Whether its label stands above it: one of several panels.
    axis
        What the names are, where they don't say it themselves.
    limits, said
        The interval of each value, and value and interval in words.
    cut
        Whether the scale of the values leaves out zero.
    """

    kind: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    label: str
    mean: float | None = None
    focus: tuple[str, ...] = ()
    named: bool = False
    axis: str = ""
    limits: tuple[tuple[float, float], ...] = ()
    said: tuple[str, ...] = ()
    cut: bool = False


def line_of(figure: Shown, label: str = "") -> Chart | None:
    """Make a chart of months from the table behind a figure, of one of its columns."""
    for grid in figure.grids:
        named = grid.head[1:2] if not label else [n for n in grid.head[1:] if n == label]
        if grid.head[:1] == (_MONTH,) and named and (label or len(grid.head) == 2):
            place = grid.head.index(named[0])
            values = tuple(_number(row[place]) for row in grid.rows)
            names = tuple(row[0] for row in grid.rows)
            return Chart("line", names, values, named[0], mean=_mean(figure, named[0]))
    return None


def lines_of(figure: Shown) -> tuple[Chart, ...]:
    """Make a chart of the months of each of a figure's first two measures: panels, each its scale.

    A count of all crime beside one of its parts would make the part look flat on one scale.
    """
    for grid in figure.grids:
        if grid.head[:1] == (_MONTH,) and len(grid.head) > 2:
            charts = (line_of(figure, label) for label in grid.head[1 : 1 + _PANELS])
            return tuple(replace(chart, named=True) for chart in charts if chart)
    alone = line_of(figure)
    return (alone,) if alone else ()


def _mean(figure: Shown, label: str) -> float | None:
    """Give the average of a measure's months; none where it was set anew on the way."""
    for grid in figure.grids:
        if _MEAN in grid.head:
            marks = grid.head.index(_MARKS) if _MARKS in grid.head else None
            alike = [row for row in grid.rows if marks is None or row[marks] == "none"]
            found = (row for row in alike if row[0] == label)
            return next((_number(row[grid.head.index(_MEAN)]) for row in found), None)
    return None


def bars_of(figure: Shown) -> Chart | None:
    """Make a chart of rates side by side from the table behind a figure."""
    for grid in figure.grids:
        if {_AREA, _RATE} <= {*grid.head} and len({row[0] for row in grid.rows}) == 1:
            area, rate = grid.head.index(_AREA), grid.head.index(_RATE)
            names = tuple(row[area] for row in grid.rows)
            return Chart("bar", names, tuple(_number(r[rate]) for r in grid.rows), _RATE,
                         focus=_told(figure, names))  # fmt: skip
    return None


def row_of(figure: Shown) -> Chart | None:
    """Make a chart of the row that the figure's title is about: one value an area."""
    for grid in figure.grids:
        for name, *cells in grid.rows if grid.head[:1] == (MEASURE,) else ():
            values = tuple(_number(cell) for cell in cells)
            if name.casefold() in figure.title.casefold() and len(cells) > 1 and None not in values:
                names = grid.head[1:]
                return Chart("bar", names, values, name, focus=_told(figure, names))
    return None


def _told(figure: Shown, names: Sequence[str]) -> tuple[str, ...]:
    """Give the area that a figure's title is about."""
    return tuple(name for name in names if figure.title.startswith(f"{name}'s "))[:1]


def plain_of(figure: Shown) -> Chart | None:
    """Make the chart that says all that a figure's picture says; None where none can.

    The figure itself says that it is plain, since only what drew it knows what else is drawn:
    usual ranges, steps, events and maps stay pictures.
    """
    if figure.plain == "line":
        return line_of(figure)
    makers = {"column": _columns, "dot": _dots}
    maker = makers.get(figure.plain)
    made = (maker(figure, grid) for grid in figure.grids) if maker else ()
    return next((chart for chart in made if chart), None)


def _columns(figure: Shown, grid: Grid) -> Chart | None:
    """Make a chart of a table of classes and their counts; brackets in its caption explain them."""
    if len(grid.head) != 2:
        return None
    names, values = (tuple(row[0] for row in grid.rows), tuple(_number(r[1]) for r in grid.rows))
    _, opened, explained = grid.caption.partition(" (")
    axis = f"{grid.head[0]}{opened}{explained}"
    return Chart("column", names, values, grid.head[1], focus=figure.focus, axis=axis)


def _dots(figure: Shown, grid: Grid) -> Chart | None:
    """Make a chart of rates with their intervals."""
    if not {_AREA, _RATE, *_LIMITS} <= {*grid.head}:
        return None
    area, rate, low, high = (grid.head.index(name) for name in (_AREA, _RATE, *_LIMITS))
    values = tuple(_number(row[rate]) for row in grid.rows)
    limits = tuple((_number(row[low]), _number(row[high])) for row in grid.rows)
    known = tuple((a, b) for a, b in limits if a is not None and b is not None)
    if None in values or len(known) < len(limits):
        return None
    said = tuple(f"{row[rate]} ({row[low]} to {row[high]})" for row in grid.rows)
    names = tuple(row[area] for row in grid.rows)
    return Chart("dot", names, values, _RATE, focus=figure.focus, limits=known, said=said,
                 cut=_CUT in figure.subtitle)  # fmt: skip


def _number(text: str) -> float | None:
    """Read a number as it is shown.

    Examples
    --------
    >>> _number("−1,204.5"), _number("[x]")
    (-1204.5, None)
    """
    try:
        return float(text.replace(",", "").replace("−", "-").replace("\u00a0", ""))
    except ValueError:
        return None
