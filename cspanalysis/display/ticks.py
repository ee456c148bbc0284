"""Round values to name along an axis."""

from __future__ import annotations

import math
from collections.abc import Iterable

__all__ = ["ticks"]

_ROUND = (1.0, 2.0, 2.5, 4.0, 5.0)
_PARTS = 3
_HAIR = 1e-9


def ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Choose two to four round values of an axis, with the words for each.

    Parameters
    ----------
    low, high
        Ends of the axis, of which the second is the greater.

    Raises
    ------
    ValueError
        If it is not.

    Examples
    --------
    >>> ticks(64, 106)
    [(80.0, '80'), (100.0, '100')]
    >>> [words for _, words in ticks(0, 0.9)]
    ['0.0', '0.4', '0.8']
    """
    if not high > low:
        raise ValueError(f"no axis leads from {low} to {high}")
    named: list[tuple[float, str]] = []
    for step, decimals in _steps((high - low) / _PARTS):
        first, last = math.ceil(low / step - _HAIR), math.floor(high / step + _HAIR)
        named = [(n * step, f"{n * step:,.{decimals}f}") for n in range(first, last + 1)]
        if len(named) > 1:
            break
    return named


def _steps(least: float) -> Iterable[tuple[float, int]]:
    """Give round steps with their decimals: the smallest that reaches this one, then smaller."""
    power = math.floor(math.log10(least))
    sizes = [
        (part * 10.0**p, max(0, (part == _ROUND[2]) - p))
        for p in (power - 1, power, power + 1)
        for part in _ROUND
    ]
    reaching = next(n for n, (step, _) in enumerate(sizes) if step >= least * (1 - _HAIR))
    return reversed(sizes[: reaching + 1])
