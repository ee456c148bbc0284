"""The rules of what public editions hide, in one place; `docs/disclosure.md` explains them."""

from __future__ import annotations

from dataclasses import dataclass

from cspanalysis.partnership.disclosure import THRESHOLD

__all__ = ["SHIPPED", "SMALL", "THRESHOLD", "Rules"]

SMALL = frozenset({"ward", "lsoa", "custom"})
"""Kinds of areas whose counts could point at people."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the rules of an area's public editions; see `cspanalysis.disclosure.agreed.rules_of`.

    Parameters
    ----------
    threshold
        Counts from 1 to below this are not published, and possible values of each span it at
        least.
    rounding
        Shown counts of small places are rounded to the nearest multiple of this.
    """

    threshold: int = THRESHOLD
    rounding: int = 1

    def rounded(self, count: int) -> int:
        """Round a count of a small place as it is shown; half goes up.

        Each count is rounded for itself, a total from its own count: it reads the same wherever it
        stands, and sums of what is shown tell nothing of parts.

        Examples
        --------
        >>> [Rules(rounding=5).rounded(count) for count in (7, 8, 12, 13)], Rules().rounded(7)
        ([5, 10, 10, 15], 7)
        """
        return (2 * count + self.rounding) // (2 * self.rounding) * self.rounding

    @property
    def said_of_rounding(self) -> str:
        """Say in a sentence that counts are rounded; empty where they are not."""
        if self.rounding == 1:
            return ""
        return (
            f"Counts of wards and small areas are rounded to the nearest {self.rounding}, each for "
            "itself, so they need not add up."
        )

    def is_small(self, count: float) -> bool:
        """Tell whether a count could point at people; a nought says nothing of anybody.

        Examples
        --------
        >>> [Rules().is_small(count) for count in (0, 1, 4, 5)]
        [False, True, True, False]
        """
        return 0 < count < self.threshold

    @property
    def small(self) -> str:
        """Name the small counts, in the middle of a sentence.

        Examples
        --------
        >>> Rules(threshold=10).small
        'counts from 1 to 9'
        """
        return f"counts from 1 to {self.threshold - 1}"

    @property
    def why(self) -> str:
        """Say in a sentence why a count is kept back.

        Examples
        --------
        >>> Rules().why
        'Counts from 1 to 4 could point at people.'
        """
        return f"C{self.small[1:]} could point at people."


SHIPPED = Rules()
"""Those of areas whose partnership set none."""
