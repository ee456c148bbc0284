"""What a native chart of a slide draws: months or areas, from the tables behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cspanalysis.publication.gist import Shown

__all__ = ["MEASURE", "Chart", "bars_of", "line_of", "lines_of", "row_of"]

_MONTH, _AREA, _RATE, MEASURE = "Month", "Area", "Rate", "Measure"
_MEAN = "Average"


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold what a native chart draws.

    Parameters
    ----------
    kind
        ``line`` for months, ``bar`` for areas side by side.
    names, values
        Names of the points, in order, and their values; None where there is none.
    label
        What the values are.
    mean
        The mean over the months, drawn as a line of its own; none without.
    focus
        Name of the bar that the slide is about.
    other
        Values of a second line, by what they are.
    """

    kind: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    label: str
    mean: float | None = None
    focus: str = ""
    other: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)


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


def lines_of(figure: Shown) -> Chart | None:
    """Make a chart of the months of a figure's first two measures, of one where it has one."""
    for grid in figure.grids:
        if grid.head[:1] == (_MONTH,) and len(grid.head) > 2:
            (_, *names), columns = grid.head, list(zip(*grid.rows, strict=True))
            series = [tuple(_number(cell) for cell in column) for column in columns[1:]]
            other = dict(list(zip(names, series, strict=True))[1:2])
            return Chart("line", columns[0], series[0], names[0], other=other)
    return line_of(figure)


def _mean(figure: Shown, label: str) -> float | None:
    for grid in figure.grids:
        if _MEAN in grid.head:
            found = (row for row in grid.rows if row[0] == label)
            return next((_number(row[grid.head.index(_MEAN)]) for row in found), None)
    return None


def bars_of(figure: Shown) -> Chart | None:
    """Make a chart of rates side by side from the table behind a figure."""
    for grid in figure.grids:
        if {_AREA, _RATE} <= {*grid.head} and len({row[0] for row in grid.rows}) == 1:
            area, rate = grid.head.index(_AREA), grid.head.index(_RATE)
            names = tuple(row[area] for row in grid.rows)
            focus = next((n for n in names if figure.title.startswith(f"{n}'s ")), "")
            return Chart("bar", names, tuple(_number(r[rate]) for r in grid.rows), _RATE,
                         focus=focus)  # fmt: skip
    return None


def row_of(figure: Shown) -> Chart | None:
    """Make a chart of the row that the figure's title is about: one value an area."""
    for grid in figure.grids:
        for name, *cells in grid.rows if grid.head[:1] == (MEASURE,) else ():
            values = tuple(_number(cell) for cell in cells)
            if name.casefold() in figure.title.casefold() and len(cells) > 1 and None not in values:
                names = grid.head[1:]
                focus = next((n for n in names if figure.title.startswith(f"{n}'s ")), "")
                return Chart("bar", names, values, name, focus=focus)
    return None


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
