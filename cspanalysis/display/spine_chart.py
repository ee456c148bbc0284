"""Spine chart: one row a measure, an area among all others, against England and Wales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.places.national import National, NationalLine
from cspanalysis.findings.wording.numbers import rate_text, ratio_text
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["spine_chart"]

_VALUES, _ROW, _FOOT, _EDGE = 104, 36, 38, 6
_ALONE = 5
"""As many rows stand in one panel; more go into two, beside each other where there is room."""
_ABOVE, _BELOW = 0.26, 0.16
_TICKS = {
    0.25: "a quarter",
    0.5: "half",
    1: "same as\nEngland\nand Wales",
    2: "twice",
}
_LEAST, _MOST = 0.1, 10.0
"""Ratios beyond these stand at the edge of the scale."""


def spine_chart(found: National, *, title: str, subtitle: str, source: str) -> Block:
    """Draw an area's rates divided by those of England and Wales, one row a measure.

    A pale bar spans the rates of all areas of its kind, a darker one the middle half of the
    similar areas; a dark dot with its 95 % interval is the area, a stroke its force, a diamond its
    region or Wales.

    Parameters
    ----------
    found
        Where the area stands.
    title, subtitle, source
        What the chart says, what it draws, and where the figures came from.

    Raises
    ------
    ValueError
        If there is no measure that most areas recorded and England and Wales has a rate of.
    """
    rows = [line for line in found.lines if drawn_of(line)]
    if not rows:
        raise ValueError(f"the figure '{title}' has no rates to draw")
    half = len(rows) if len(rows) <= _ALONE else (len(rows) + 1) // 2
    parts = [part for part in (rows[:half], rows[half:]) if part]
    limits = _limits(rows)
    return figure(
        [Panel(_drawn(part, limits), _alt(part, found.area.name)) for part in parts],
        title=title,
        subtitle=subtitle,
        source=source,
        key=_key(found, rows),
        data=[_data(rows, found.area.name)],
    )


def drawn_of(line: NationalLine) -> bool:
    """Tell whether a measure is drawn: three in four areas, and the nation, have some of it."""
    return bool(line.nation and line.nation.rate and line.everywhere.lower_quartile)


def _drawn(rows: Sequence[NationalLine], limits: tuple[float, float]) -> bytes:
    height = _ROW * len(rows) + _FOOT
    with drawing(PHONE, height) as canvas:
        foot = _FOOT / height
        share = (PHONE - _VALUES - _EDGE) / PHONE
        axes = canvas.add_axes((_EDGE / PHONE, foot, share, 1 - foot))
        quiet_axes(axes)
        _set_axes(axes, len(rows), limits)
        for place, row in enumerate(rows):
            _draw_row(axes, place, row, limits)
        return svg_of(canvas)


def _draw_row(axes: Axes, place: int, row: NationalLine, limits: tuple[float, float]) -> None:
    base = row.nation.rate if row.nation else 1.0
    line, across = place + _BELOW, axes.get_yaxis_transform()

    def at(rate: float) -> float:
        return min(max(rate / base, limits[0]), limits[1])

    spread = row.everywhere
    low, high = at(spread.lowest), at(spread.highest)
    axes.hlines(line, low, high, color=TINTS[0], linewidth=9)
    if row.similar:
        ends = at(row.similar.lower_quartile), at(row.similar.upper_quartile)
        axes.hlines(line, *ends, color=TINTS[1], linewidth=9)
    for one in row.wider[:-1]:
        shape = "|" if one.area.kind == "force" else "D"
        size = 11 if shape == "|" else 4.5
        axes.plot(
            at(one.rate), line, shape, markersize=size, markeredgewidth=1.4,
            markerfacecolor="white", markeredgecolor=COLOURS["text"],
        )  # fmt: skip
    number: dict[str, Any] = {"transform": across, "va": "center"}
    axes.text(0, place - _ABOVE, row.measure.label, transform=across, va="center")
    if row.own is None:
        return
    rate = row.own.rate
    axes.hlines(line, at(rate.lower), at(rate.upper), color=COLOURS["focus"], linewidth=1.6)
    axes.plot(at(rate.value), line, "o", color=COLOURS["focus"], markersize=6)
    axes.text(1.2, line, rate_text(rate.value), ha="right", weight=600, **number)
    said = f"{row.rank} of {row.of}"
    axes.text(1.23, line, said, color=COLOURS["muted"], **number)


def _limits(rows: Sequence[NationalLine]) -> tuple[float, float]:
    """Give the ends of the scale that all panels share."""
    shown = []
    for row in rows:
        base = row.nation.rate if row.nation else 1.0
        shown += [row.everywhere.lowest / base, row.everywhere.highest / base]
        shown += [row.own.rate.upper / base] if row.own else []
    low, high = min([0.45, *shown]), max([2.2, *shown])
    return max(low * 0.95, _LEAST), min(high * 1.05, _MOST)


def _set_axes(axes: Axes, number: int, limits: tuple[float, float]) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    low, high = limits
    near = {0.25, 4} if high / low > 20 else {0.5, 2}
    ticks = [tick for tick in (*sorted({*near, 1}), 10) if low <= tick <= high]
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(number - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    said = [_TICKS.get(tick, f"{tick:g} times") for tick in ticks]
    axes.xaxis.set_major_formatter(FixedFormatter(said))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="x", color=COLOURS["hairline"], linewidth=0.6)
    axes.axvline(1, color=COLOURS["text"], linewidth=0.9)


def _data(rows: Sequence[NationalLine], name: str) -> Block:
    import pandas as pd

    lines = []
    for row in rows:
        base = row.nation.rate if row.nation else 1.0
        own = {name: row.own.rate.value / base} if row.own else {}
        ends = {"Lowest": row.everywhere.lowest / base, "Highest": row.everywhere.highest / base}
        wider = {one.area.label: one.rate / base for one in row.wider[:-1]}
        lines.append({"Measure": row.measure.label, **own, **wider, **ends})
    frame = pd.DataFrame(lines)
    formats = dict.fromkeys(frame.columns[1:], ratio_text)
    return table(frame, caption="Rates divided by those of England and Wales", formats=formats)


def _key(found: National, rows: Sequence[NationalLine]) -> Markup:
    said = []
    if found.held:
        said.append(f"Dot and line: {found.area.name} with its 95 % interval.")
    said.append(f"Pale bar: all {found.kind} of the table.")
    if any(row.similar for row in rows):
        said.append("Darker bar: the middle half of the similar areas.")
    for one in rows[0].wider[:-1]:
        shape = "Stroke" if one.area.kind == "force" else "Diamond"
        said.append(f"{shape}: {one.area.label}.")
    if found.held:
        said.append("Numbers: rate, and rank with 1 for the highest rate.")
    return Markup("{}").format(" ".join(said))


def _rates(row: NationalLine) -> str:
    return joined([f"{one.area.name} {rate_text(one.rate)}" for one in row.wider])


def _alt(rows: Sequence[NationalLine], name: str) -> str:
    when = rows[0].own.period.label if rows[0].own else ""
    listed = [
        f"{row.measure.phrase} {ratio_text(row.own.rate.value / row.nation.rate)} "
        f"(rank {row.rank} of {row.of})"
        for row in rows
        if row.own and row.nation
    ]
    if not listed:
        said = [f"{row.measure.phrase} {_rates(row)}" for row in rows]
        return f"Spine chart of rates around {name}. {'; '.join(said)}."
    return (
        f"Spine chart of {name}'s rates divided by those of England and Wales, {when}: "
        f"{joined(listed)}."
    )
