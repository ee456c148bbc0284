"""Maps by ward of what is not a count: rates, and changes with their verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, svg_of
from cspanalysis.display import lacking, paragraphs
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.map_paths import add_areas, add_borders
from cspanalysis.display.map_shapes import borders, outline, window, without_dots
from cspanalysis.errors import UsageError
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import count_text, rate_text
from cspanalysis.store.outlines import Shape, outlines_of
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Class", "Show", "classes_of", "ward_map"]

Show = Literal["rate", "count", "change"]

_TALLEST, _LINE = 430, 22
_QUANTILES = (0.25, 0.5, 0.75)
_KEPT_BACK, _MISSING = "kept back", "not available"


@dataclass(frozen=True, slots=True)
class Class:
    """Hold one class of a map.

    Parameters
    ----------
    label
        What its wards have in common, for the key.
    colour
        What they are filled with.
    wards
        Codes of its wards.
    hatched
        Whether lines are drawn across it: nothing is told of these wards.
    """

    label: str
    colour: str
    wards: tuple[str, ...]
    hatched: bool = False


def classes_of(where: Where, show: Show) -> tuple[Class, ...]:
    """Sort the wards of a finding into the classes of a map; empty classes are left out."""
    if show not in get_args(Show):
        raise UsageError(f"show '{show}' is not known; write {joined(get_args(Show), word='or')}")
    found = _by_change(where) if show == "change" else _by_size(where, show)
    told = {ward for one in found for ward in one.wards}
    asked = where.sums if show == "change" else where.sums[["after"]]
    known = set(map(str, asked.dropna().index))
    rest = [str(code) for code in where.wards.index if str(code) not in told]
    kept = Class(_KEPT_BACK, "#FFFFFF", tuple(w for w in rest if w in known), hatched=True)
    gone = Class(_MISSING, "#EEEEEE", tuple(w for w in rest if w not in known), hatched=True)
    return tuple(one for one in (*found, kept, gone) if one.wards)


def ward_map(where: Where, *, show: Show, source: str) -> Block:
    """Draw rates or changes by ward, for one place beside another.

    A ward whose count is kept back is hatched: nothing of it is told, neither rate nor change.

    Parameters
    ----------
    where
        The finding; its edition decides which counts are shown.
    show
        ``rate`` or ``change``.
    source
        Where counts and shapes came from.
    """
    classes = classes_of(where, show)
    shapes = outlines_of(where.places.index)
    if len(shapes) < len(where.places):
        return lacking(
            f"There is no map: the outlines of {where.area.name}'s small areas are not held.",
            do="Add them to data/reference/shapes/lsoa.geojson.gz: see docs/sources.md.",
        )
    if show == "rate" and not where.per:
        return paragraphs(f"There is no map of rates: {where.measure.phrase} has no denominator.")
    what = f"per 1,000 {where.per}" if show == "rate" else f"against {where.baseline.label}"
    return figure(
        [Panel(_drawn(where, shapes, classes), _alt(where, classes, what))],
        title=_title(where, show),
        subtitle=(
            f"{where.measure.label} by {where.part}, {where.area.name}, {where.period.label}, "
            f"{what}."
        ),
        source=f"{source}; boundaries: ONS, contains OS data © Crown copyright and database right",
    )


def _by_size(where: Where, show: Show) -> tuple[Class, ...]:
    """Sort wards by rate or by count into quarters, with round breaks."""
    import numpy as np

    column, written = ("rate", rate_text) if show == "rate" else ("after", count_text)
    rates = where.wards[column].dropna().astype(float)
    if rates.empty:
        return ()
    quarters = (written(float(edge)).replace(",", "") for edge in rates.quantile(_QUANTILES))
    breaks = sorted({float(edge) for edge in quarters})
    place = np.searchsorted(breaks, rates.to_numpy(), side="right")
    edges = [written(edge) for edge in breaks]
    labels = [f"below {edges[0]}", *_between(edges), f"{edges[-1]} and more"]
    tints = TINTS if len(labels) == len(TINTS) else TINTS[-len(labels) :]
    codes = rates.index.astype(str)
    return tuple(
        Class(label, tint, tuple(codes[place == number]))
        for number, (label, tint) in enumerate(zip(labels, tints, strict=True))
    )


def _between(edges: list[str]) -> list[str]:
    return [f"{low} to below {high}" for low, high in pairwise(edges)]


def _by_change(where: Where) -> tuple[Class, ...]:
    looks = (
        ("higher", "clearly higher", COLOURS["orange"]),
        ("", "no clear change", TINTS[0]),
        ("lower", "clearly lower", COLOURS["blue"]),
    )
    verdicts = where.wards["verdict"]
    verdicts = verdicts[verdicts != ""]
    verdicts = verdicts.where(verdicts.isin([word for word, _, _ in looks]), "")
    return tuple(
        Class(label, colour, tuple(verdicts.index[verdicts == word].astype(str)))
        for word, label, colour in looks
    )


def _title(where: Where, show: Show) -> str:
    if show == "change":
        moved = where.wards[where.wards["verdict"].isin(["higher", "lower"])]
        named = [f"{name} ({word})" for name, word in moved[["name", "verdict"]].to_numpy()]
        what = f"{where.measure.label} changed clearly"
        return f"{what} in {joined(named)}" if named else f"No {where.part} changed clearly"
    rates = where.wards.dropna(subset="rate")
    if rates.empty:
        return f"No rate of {where.measure.phrase} can be told by {where.part}"
    most = rates.sort_values("rate", ascending=False)["name"].iloc[0]
    return f"The rate of {where.measure.phrase} is highest in {most}"


def _drawn(where: Where, shapes: Mapping[str, Shape], classes: tuple[Class, ...]) -> bytes:
    whole = window(shapes.values()).widened(0.01)
    above = _LINE * ((len(classes) + 1) // 2) + 12
    height = min(PHONE * whole.tall, _TALLEST) + above
    with drawing(PHONE, height) as canvas:
        axes = canvas.add_axes((0, 0, 1, 1 - above / height))
        axes.set_axis_off()
        axes.set_xlim(whole.west, whole.east)
        axes.set_ylim(whole.south, whole.north)
        axes.set_aspect(1 / whole.squeeze)
        _fill(axes, where, shapes, classes)
        _key(canvas, classes)
        return svg_of(canvas)


def _fill(
    axes: Axes, where: Where, shapes: Mapping[str, Shape], classes: tuple[Class, ...]
) -> None:
    wards = {str(code): list(part.index) for code, part in where.places.groupby("ward")}
    for one in classes:
        inside = [shapes[place] for code in one.wards for place in wards[code]]
        hatch = "////" if one.hatched else None
        add_areas(axes, inside, fill=one.colour, edge=COLOURS["mark"], width=0, hatch=hatch)
    around = outline(shapes.values())
    inner = borders([[shapes[place] for place in places] for places in wards.values()])
    for edges, colour, width in (
        (inner - around, COLOURS["mark"], 0.6),
        (without_dots(around), COLOURS["text"], 1.0),
    ):
        add_borders(axes, edges, colour=colour, width=width)


def _key(canvas: Figure, classes: tuple[Class, ...]) -> None:
    from matplotlib.patches import Rectangle

    width, height = canvas.get_size_inches() * 96
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    for number, one in enumerate(classes):
        x, y = 1 + width / 2 * (number % 2), height - _LINE * (number // 2) - 12
        swatch = Rectangle((x, y - 6), 20, 12, facecolor=one.colour, linewidth=0.6)
        swatch.set(edgecolor=COLOURS["mark"], hatch="////" if one.hatched else None)
        axes.add_patch(swatch)
        axes.text(x + 25, y, one.label, va="center", color=COLOURS["text"])


def _alt(where: Where, classes: tuple[Class, ...], what: str) -> str:
    names = where.wards["name"]
    listed = [
        f"{one.label}: {joined([str(names[code]) for code in one.wards])}"
        if len(one.wards) <= 5
        else f"{one.label}: {count_text(len(one.wards))} {where.part}s"
        for one in classes
    ]
    return (
        f"Map of {where.measure.phrase} by {where.part} in {where.area.name}, "
        f"{where.period.label}, {what}. {'; '.join(listed)}."
    )
