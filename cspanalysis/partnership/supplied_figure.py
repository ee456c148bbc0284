"""A number that a partner gave, as a partnership file holds it beside a priority."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, PrivateAttr, model_validator

from cspanalysis.partnership.fields import Count, Key, Part, PeriodField

__all__ = ["SuppliedFigure"]


class SuppliedFigure(Part):
    """Hold a number that a partner gave and that no measure of the store holds.

    Parameters
    ----------
    key
        Its name for machines and placeholders, such as ``marac-repeats``.
    what
        What was counted, such as "adults in treatment for alcohol who referred themselves".
    source
        Where the number comes from.
    number
        The count; or give `share`.
    share
        Percentage, where the source gives no count.
    of
        What it is a part of, as a count; absent where the source does not say.
    of_what
        What `of` counts, such as "adults in treatment for alcohol".
    months
        When.
    note
        What changes the reading.
    """

    named_by: ClassVar = ("key",)

    key: Key
    what: str
    source: str
    number: Count | None = None
    share: float | None = Field(default=None, ge=0, le=100)
    of: Count | None = None
    of_what: str | None = None
    months: PeriodField | None = None
    note: str | None = None

    _kept_back: int | None = PrivateAttr(default=None)

    @property
    def kept_back(self) -> int | None:
        """Below what threshold a public edition kept it back; None where it did not."""
        return self._kept_back

    @property
    def count(self) -> int | None:
        """The count; from the share where the source gives none. None where neither is known."""
        if self.number is None and self.share is not None and self.of is not None:
            return round(self.share * self.of / 100)
        return self.number

    def without_small(self, threshold: int) -> Self:
        """Give it without a number that is small, or leaves a small rest of what it is part of."""
        rest = None if self.of is None or self.count is None else self.of - self.count
        if not any(n is not None and 0 < n < threshold for n in (self.count, self.of, rest)):
            return self
        few = self.of is not None and self.of < threshold
        kept = {"number": None, "share": None, "of": None if few else self.of}
        found = self.model_copy(update=kept)
        found._kept_back = threshold
        return found

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.number is None) == (self.share is None):
            raise ValueError("a supplied figure gives either number or share")
        if self.number is not None and self.of is not None and self.number > self.of:
            raise ValueError(f"number ({self.number}) is more than of ({self.of})")
        return self
