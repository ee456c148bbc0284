"""Whether colours that mean something are told apart by people who see few or no hues.

Sight without one kind of cone is simulated by the matrices of Machado, Oliveira and Fernandes
(2009), IEEE Transactions on Visualization and Computer Graphics 15, at severity 1, on linear light.
Sight without any hue is the lightness alone.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest

from cspanalysis.blocks.style import COLOURS, TINTS

Colour = npt.NDArray[np.float64]
SIGHTS = {
    "all cones": np.eye(3),
    "no long": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "no medium": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "no short": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
APART = 15.0
"""CIE 1976 difference that is seen between two fields that do not touch."""


def lab(colour: str, sight: Colour) -> Colour:
    """Give a colour in CIELAB as somebody sees it."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(sight @ linear, 0, 1) / (0.95047, 1.0, 1.08883)
    f = [v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHTS)
def test_classes_of_a_map_are_told_apart_and_grow_darker(sight: str) -> None:
    seen = [lab(tint, SIGHTS[sight]) for tint in TINTS]
    assert all(np.linalg.norm(one - other) > APART for one, other in combinations(seen, 2))
    assert all(one[0] - other[0] > APART for one, other in pairwise(seen))


@pytest.mark.parametrize("sight", SIGHTS)
def test_signals_of_a_chart_are_told_apart(sight: str) -> None:
    signals = [COLOURS[name] for name in ("orange", "blue", "pink")]
    seen = [lab(colour, SIGHTS[sight]) for colour in signals]
    assert all(np.linalg.norm(one - other) > APART for one, other in combinations(seen, 2))


def test_two_greens_and_reds_alike_would_be_found() -> None:
    red, green = "#A05A2C", "#7B7A2B"
    plain, without = (
        np.linalg.norm(lab(red, SIGHTS[sight]) - lab(green, SIGHTS[sight]))
        for sight in ("all cones", "no medium")
    )
    assert plain > APART > without
