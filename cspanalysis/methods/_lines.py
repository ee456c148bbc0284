"""What every method does first: put its inputs side by side and check them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Values: TypeAlias = float | Sequence[float | None] | NDArray[Any] | pd.Series | None
"""One number, a row of numbers, or a Series; None, NaN and pandas.NA are missing."""


@dataclass(frozen=True)
class Lines:
    """Inputs side by side: float arrays of one length, and the shape that the answer takes."""

    arrays: tuple[Floats, ...]
    index: pd.Index
    labelled: bool
    scalar: bool

    def give(self, values: NDArray[Any]) -> Any:
        """Answer as the question came: a number, an array, or a Series with its index."""
        if self.scalar:
            return values[0].item() if isinstance(values[0], np.generic) else values[0]
        return pd.Series(values, index=self.index) if self.labelled else values

    def frame(self, columns: Mapping[str, Any]) -> pd.DataFrame:
        """Answer as a frame, one row a line."""
        return pd.DataFrame(dict(columns), index=self.index)


def align(**inputs: Values) -> Lines:
    """Put named inputs side by side, stretching single values to the length of the longest."""
    arrays = {name: _as_floats(name, values) for name, values in inputs.items()}
    length = _common_length({name: array for name, array in arrays.items() if array.ndim})
    series = [values for values in inputs.values() if isinstance(values, pd.Series)]
    if any(not one.index.equals(series[0].index) for one in series[1:]):
        raise ValueError(f"{_names(inputs)}: Series with different indexes; align them first")
    return Lines(
        arrays=tuple(np.broadcast_to(array, (length,)).astype(float) for array in arrays.values()),
        index=series[0].index if series else pd.RangeIndex(length),
        labelled=bool(series),
        scalar=not any(array.ndim for array in arrays.values()),
    )


def _as_floats(name: str, values: Values) -> Floats:
    if isinstance(values, pd.Series):
        array = values.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        array = np.asarray(np.nan if isinstance(values, type(pd.NA)) else values, dtype=np.float64)
    if array.ndim > 1:
        raise ValueError(f"{name}: {array.ndim} dimensions; give a number or one dimension")
    return array


def _common_length(arrays: Mapping[str, Floats]) -> int:
    lengths = {len(array) for array in arrays.values()} or {1}
    if len(lengths) > 1:
        counted = ", ".join(f"{name} {len(array)}" for name, array in arrays.items())
        raise ValueError(f"lengths differ: {counted}; give one value a line")
    return lengths.pop()


def _names(inputs: Mapping[str, Any]) -> str:
    return ", ".join(inputs)


def refuse(name: str, array: Floats, wrong: NDArray[np.bool_], reason: str) -> None:
    """Raise a ValueError that names the first position that is wrong, if there is one."""
    if np.any(wrong):
        position = int(np.flatnonzero(wrong)[0])
        value = np.atleast_1d(array)[position]
        raise ValueError(f"{name}: {value:g} at position {position} {reason}")


def check_counts(**counts: Floats) -> None:
    """Refuse counts that are negative or not whole; a missing count passes."""
    for name, array in counts.items():
        check_not_negative(**{name: array})
        refuse(name, array, array % 1 > 0, "is not a whole number; counts are whole")


def check_not_negative(**amounts: Floats) -> None:
    """Refuse negative and infinite amounts; a missing amount passes."""
    check_finite(**amounts)
    for name, array in amounts.items():
        refuse(name, array, array < 0, "is negative; give 0 or more")


def check_positive(**amounts: Floats) -> None:
    """Refuse amounts that are not above 0, and infinite ones; a missing amount passes."""
    check_finite(**amounts)
    for name, array in amounts.items():
        refuse(name, array, array <= 0, "is not above 0")


def check_finite(**amounts: Floats) -> None:
    """Refuse infinite amounts; a missing amount passes."""
    for name, array in amounts.items():
        refuse(name, array, np.isinf(array), "is infinite; write a missing value instead")


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is no probability strictly between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence:g} is not between 0 and 1; write 0.95 for 95 %")


def normal_quantile(confidence: float) -> float:
    """Give z of a two-sided confidence: Phi^-1((1 + confidence) / 2)."""
    from scipy.special import ndtri

    check_confidence(confidence)
    return float(ndtri((1 + confidence) / 2))
