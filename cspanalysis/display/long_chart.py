"""The long view drawn: years as dots, joined where recording stayed the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, drawing, quiet_axes, svg_of
from cspanalysis.display.axis_labels import named_places
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.long_view import LongLine, LongView
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE, count_text
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["long_chart", "long_table"]

_MOST = 6
_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
_HEIGHT, _HEAD, _FOOT, _LEFT, _RIGHT = 132, 18, 22, 8, 8


def long_chart(found: LongView, *, title: str, subtitle: str, source: str) -> Block:
    """Draw all crime and the largest groups of offences, a panel each, by year.

    Years are joined by a line only where no change in recording lies between them; a dashed line
    stands at each change. Scales start at zero, each panel with its own.
    """
    drawn = _drawn_lines(found)
    panels = [
        Panel(_panel(line, found.years), _alt(line, found), line.measure.label) for line in drawn
    ]
    return figure(
        panels,
        title=title,
        subtitle=subtitle,
        source=source,
        key="Dashed: recording changed, so years on its two sides are not joined.",
    )


def long_table(found: LongView, *, caption: str, notes: Sequence[str]) -> Block:
    """Show the counts of every measure, a column a year."""
    import pandas as pd

    rows = [
        {"Measure": line.measure.label}
        | {
            _short(year): NOT_AVAILABLE if count is None else count_text(count)
            for year, count in zip(found.years, line.counts, strict=True)
        }
        for line in found.lines
    ]
    return table(pd.DataFrame(rows), caption=caption, notes=notes)


def _drawn_lines(found: LongView) -> list[LongLine]:
    """Give all crime and the groups right below it that had most in the newest year."""
    total = [line for line in found.lines if line.measure.code == "all-crime"]
    groups = [line for line in found.lines if line.measure.parent == "all-crime"]
    largest = sorted(groups or found.lines, key=lambda line: -(line.counts[-1] or 0))
    kept = [*total, *[line for line in largest if line not in total]][:_MOST]
    return [line for line in found.lines if line in kept]


def _panel(line: LongLine, years: Sequence[Period]) -> bytes:
    with drawing(PHONE, _HEIGHT) as canvas:
        axes = canvas.add_axes(
            (
                _LEFT / PHONE,
                _FOOT / _HEIGHT,
                (PHONE - _LEFT - _RIGHT) / PHONE,
                (_HEIGHT - _HEAD - _FOOT) / _HEIGHT,
            )
        )
        quiet_axes(axes)
        for stretch in line.stretches:
            counts = [line.counts[place] or 0 for place in stretch]
            axes.plot(stretch, counts, "-o", color=COLOURS["focus"], linewidth=1.6, markersize=4)
        _mark_breaks(axes, line, years)
        _set_axes(axes, line, years)
        return svg_of(canvas)


def _mark_breaks(axes: Axes, line: LongLine, years: Sequence[Period]) -> None:
    """Stand a dashed line at each change in recording, on its day."""
    found = {each.start for cut in line.cuts.values() for each in cut}
    for start in found:
        first = years[0].start
        months = (start.year - first.year) * 12 + start.month - first.month
        axes.axvline(months / 12 - 0.5, color=COLOURS["mark"], linewidth=1, linestyle=(0, (3, 2)))


def _set_axes(axes: Axes, line: LongLine, years: Sequence[Period]) -> None:
    known = [count for count in line.counts if count is not None]
    last = len(years) - 1
    axes.set_xlim(-0.4, last + 0.4)
    axes.set_ylim(0, max(1, *known) * 1.12)
    axes.set_yticks([])
    names = [_short(year) for year in years]
    between = {place: names[place] for place in range(1, last)}
    width = (PHONE - _LEFT - _RIGHT) * last / (last + 0.8)
    marks = named_places((names[0], names[-1]), between, last=last, width=width, centred=True)
    axes.set_xticks(list(marks), list(marks.values()))
    axes.axhline(0, color=COLOURS["hairline"], linewidth=0.8)
    for place in (next(i for i, c in enumerate(line.counts) if c is not None), last):
        count = line.counts[place]
        side = "left" if place == 0 else "right" if place == last else "center"
        shift = {"left": -0.3, "right": 0.3}.get(side, 0.0)
        axes.annotate(
            count_text(count),
            (place + shift, count or 0),
            xytext=(0, 5),
            textcoords="offset points",
            ha=side,
            bbox=_PAPER,
        )


def _short(year: Period) -> str:
    """Write a year over a column: 2018, or "to Mar 2018".

    Examples
    --------
    >>> _short(Period.parse("2018")), _short(Period.parse("12m-to-2018-03"))
    ('2018', 'to Mar 2018')
    """
    return f"{year.end.year}" if year.end.month == 12 else f"to {year.end:%b %Y}"


def _alt(line: LongLine, found: LongView) -> str:
    told = [
        f"{count_text(count)} {_short(year)}"
        for year, count in zip(found.years, line.counts, strict=True)
        if count is not None
    ]
    return f"Years of {line.measure.phrase} in {found.area.name}: {joined(told)}."
