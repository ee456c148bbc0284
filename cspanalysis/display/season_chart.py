"""A year of months against the range that they usually fall in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.usual import UsualYear
from cspanalysis.findings.wording.numbers import count_text, interval_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["season_chart"]

_HEIGHT = 190


def season_chart(year: UsualYear, *, source: str) -> Block:
    """Draw twelve months as points against the band in which their month usually lies.

    Points outside the band are triangles with their month's name. The axis begins at zero.

    Parameters
    ----------
    year
        The finding. Where it has no range, the months stand alone and the subtitle says why.
    source
        Where the counts came from.
    """
    with drawing(PHONE, _HEIGHT) as canvas:
        axes = canvas.add_axes((0.105, 0.14, 0.69, 0.82))
        quiet_axes(axes)
        axes.grid(axis="y", color=COLOURS["hairline"], linewidth=0.6)
        _draw_band(axes, year)
        _draw_months(axes, year)
        _mark_outside(axes, year)
        _set_axes(axes, year)
        svg = svg_of(canvas)
    return figure(
        [Panel(svg, _alt(year))],
        title=year.title,
        subtitle=_subtitle(year),
        source=source,
        data=[_data(year)],
    )


def _draw_band(axes: Axes, year: UsualYear) -> None:
    if year.reason:
        return
    months = year.months.reset_index(drop=True)
    axes.fill_between(months.index, months["lower"], months["upper"], color=TINTS[0], linewidth=0)
    for limit in ("lower", "upper"):
        axes.plot(months[limit], color=COLOURS["mark"], linewidth=0.7)
    axes.plot(months["expected"], color=COLOURS["mark"], linewidth=0.9, linestyle=(0, (4, 3)))
    last = months.iloc[-1]
    for text, at in (("Usual range", "upper"), ("Expected", "expected")):
        axes.text(11.3, last[at], text, va="center", color=COLOURS["muted"])


def _draw_months(axes: Axes, year: UsualYear) -> None:
    values = year.months["value"].reset_index(drop=True)
    axes.plot(values, color=COLOURS["focus"], linewidth=1.4, marker="o", markersize=4.5)
    known = values.dropna()
    if known.empty:
        return
    at, value = int(known.index[-1]), float(known.iloc[-1])
    label = year.period.label if len(year.period.label) < 12 else "This period"
    axes.text(
        at + 0.3, _apart(year, at, value), label, va="center", color=COLOURS["focus"], weight=600
    )


def _apart(year: UsualYear, at: int, value: float) -> float:
    """Move the label of the months away from those of the band at the right edge."""
    if year.reason or at < 11:
        return value
    last = year.months.iloc[-1]
    gap = 0.075 * _top(year)
    taken = sorted((float(last["expected"]), float(last["upper"])))
    free = [value, *(line + side * gap for line in taken for side in (-1, 1))]
    fits = (y for y in free if all(abs(y - line) >= gap * 0.99 for line in taken))
    return min(fits, key=lambda y: abs(y - value), default=value)


def _mark_outside(axes: Axes, year: UsualYear) -> None:
    from matplotlib.patheffects import withStroke

    positions = {month.date(): place for place, month in enumerate(year.months.index)}
    for months, marker, side in ((year.above, "^", 1), (year.below, "v", -1)):
        for month in months:
            place = positions[month]
            value = year.months["value"].iloc[place]
            axes.plot(
                place,
                value,
                marker=marker,
                markersize=9,
                color=COLOURS["orange"],
                markeredgecolor="white",
            )
            axes.annotate(
                f"{month:%B}",
                (place, value),
                xytext=(0, 8 * side),
                textcoords="offset points",
                ha="center",
                va="bottom" if side > 0 else "top",
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )


def _set_axes(axes: Axes, year: UsualYear) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_xlim(-0.4, 11.25)
    axes.set_ylim(0, _top(year))
    # Every other month by its name: twelve names lie close on a telephone.
    axes.set_xticks(range(0, 12, 2), [f"{month:%b}" for month in year.months.index[::2]])
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=2))


def _top(year: UsualYear) -> float:
    return float(max(1.0, year.months[["value", "upper"]].max().max() * 1.1))


def _subtitle(year: UsualYear) -> str:
    what = f"{year.measure.label} a month, {year.area.name}, {year.period.label}."
    if len(year.period.months) > len(year.months):
        what += " The last twelve months are drawn."
    if year.reason:
        return f"{what} There is no usual range: {year.reason}."
    return f"{what} The band holds 19 of 20 months if all goes on as before. {year.basis}"


def _alt(year: UsualYear) -> str:
    return (
        f"Line chart of {year.measure.phrase} by month in {year.area.name}, {year.period.label}: "
        f"{'; '.join(_months_said(year))}."
    )


def _months_said(year: UsualYear) -> Iterator[str]:
    for month, row in year.months.dropna(subset=["value"]).iterrows():
        usual = interval_text(count_text(row["lower"]), count_text(row["upper"]))
        yield f"{month:%B} {count_text(row['value'])}" + (
            "" if year.reason else f" (usual {usual})"
        )


def _data(year: UsualYear) -> Block:
    import pandas as pd

    months = year.months
    columns: dict[str, object] = {
        "Month": [f"{month:%B %Y}" for month in months.index],
        "Count": months["value"].to_numpy(),
    }
    if not year.reason:
        columns |= {
            "Expected": months["expected"].to_numpy(),
            "Usual range from": months["lower"].to_numpy(),
            "Usual range to": months["upper"].to_numpy(),
        }
    frame = pd.DataFrame(columns)
    formats = dict.fromkeys(frame.columns[1:], count_text)
    return table(frame, caption=f"{year.measure.label} by month, as drawn", formats=formats)
