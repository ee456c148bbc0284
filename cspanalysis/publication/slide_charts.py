"""What a native chart of a slide draws: months or areas, from the tables behind a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cspanalysis.publication.gist import Shown

__all__ = ["MEASURE", "Chart", "bars_of", "line_of", "lines_of", "row_of"]

_MONTH, _AREA, _RATE, MEASURE = "Month", "Area", "Rate", "Measure"
_MEAN, _MARKS = "Average", "Steps, breaks and events"
_PANELS = 2


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
    named
        Whether its label stands above it: one of several panels.
    """

    kind: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    label: str
    mean: float | None = None
    focus: str = ""
    named: bool = False


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
