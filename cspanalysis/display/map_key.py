"""The key of a map: its classes as swatches, each with its range and number, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, TINTS
from cspanalysis.display.map_labels import width_of
from cspanalysis.display.prose import table
from cspanalysis.findings.places.shading import Shading
from cspanalysis.findings.wording.numbers import count_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "BLANK",
    "HATCH",
    "KEY_LINE",
    "classes_table",
    "key_above",
    "key_labels",
    "key_places",
    "tints_of",
]

KEY_LINE, _SWATCH, _ASIDE = 22, 14, 8
"""Pixels of the key: of a line, across a swatch, and between two entries."""
BLANK, HATCH = "#FFFFFF", "////"
"""What a small area is filled with whose count is missing."""


def key_places(labels: Sequence[str], width: int) -> list[tuple[float, int]]:
    """Give the class of each label its place in the key: pixels from the left, and its line."""
    places: list[tuple[float, int]] = []
    at, line = 1.0, 0
    for label in labels:
        takes = _SWATCH + 5 + width_of(label)
        if places and at + takes > width:
            at, line = 1.0, line + 1
        places.append((at, line))
        at += takes + _ASIDE
    return places


def key_labels(shading: Shading) -> list[str]:
    """Write each class with the number of its areas."""
    pairs = zip(shading.labels, shading.numbers, strict=True)
    return [f"{label} ({count_text(n)})" for label, n in pairs]


def key_above(
    over: Axes, shading: Shading, places: Sequence[tuple[float, int]], height: float
) -> None:
    """Write the classes above the map, each as a swatch with its range."""
    from matplotlib.patches import Rectangle

    missing = [BLANK] if shading.lacking else []
    tints = [*tints_of(shading), *missing]
    for tint, label, (at, line) in zip(tints, key_labels(shading), places, strict=True):
        up = height - KEY_LINE * line - 12
        swatch = Rectangle((at, up - 6), _SWATCH, 12, facecolor=tint, linewidth=0.6)
        swatch.set(edgecolor=COLOURS["mark"], hatch=HATCH if tint in missing else None)
        over.add_patch(swatch)
        over.text(at + _SWATCH + 5, up, label, va="center", color=COLOURS["text"])


def tints_of(shading: Shading) -> Sequence[str]:
    """Give a tint a class; fewer classes keep the lightest and the darkest."""
    return {2: TINTS[::3], 3: (TINTS[0], TINTS[2], TINTS[3]), 4: TINTS}[shading.steps]


def classes_table(shading: Shading) -> Block:
    """List the classes of a map with the number of their areas."""
    import pandas as pd

    column = f"{shading.unit.capitalize()}s"
    frame = pd.DataFrame({shading.column: list(shading.labels), column: list(shading.numbers)})
    return table(frame, caption=f"{column} by class of the map")
