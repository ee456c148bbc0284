"""Supplied figures: numbers that partners gave and that nothing here was computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cspanalysis.findings.finding import MINIMUM_BASE
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import percent_text
from cspanalysis.findings.wording.sentences import counted, sentence
from cspanalysis.partnership.supplied_figure import SuppliedFigure

__all__ = ["Supplied", "supplied", "supplied_title"]


@dataclass(frozen=True, slots=True)
class Supplied:
    """Hold a figure that a partner gave, with the interval of its share.

    Parameters
    ----------
    figure
        The figure as the partnership's file has it.
    number
        The count; from the share where the source gives no count. None where neither is known, or
        it is kept back.
    share, lower, upper
        Percentage with Wilson's 95 % interval; the interval is None where the source does not say
        of how many, all three where that is fewer than `MINIMUM_BASE`.
    """

    figure: SuppliedFigure
    number: int | None
    share: float | None
    lower: float | None = None
    upper: float | None = None

    @property
    def is_about(self) -> bool:
        """Whether the count was worked out from a share."""
        return self.figure.number is None and self.number is not None

    def values(self) -> Iterator[Value]:
        """Give its count, its share and what it is a share of, by key."""
        key, label = f"supplied.{self.figure.key}", sentence(self.figure.what)
        if self.number is not None:
            about = "about " if self.is_about else ""
            text = f"{about}{self.number:,}"
            yield Value(key=f"{key}.number", value=self.number, text=text, label=label)
        if self.figure.of is not None:
            said = sentence(self.figure.of_what or f"all, of which {self.figure.what}")
            yield Value(
                key=f"{key}.of", value=self.figure.of, text=f"{self.figure.of:,}", label=said
            )
        if self.share is not None:
            yield Value(
                key=f"{key}.share",
                value=self.share,
                text=percent_text(self.share),
                unit="%",
                lower=self.lower,
                upper=self.upper,
                label=f"{label}: share",
            )


def supplied(figures: Sequence[SuppliedFigure]) -> tuple[Supplied, ...]:
    """Work out count, share and interval of figures that partners gave.

    Examples
    --------
    >>> given = SuppliedFigure(key="repeats", what="repeat cases", source="a", share=27, of=107)
    >>> (found,) = supplied([given])
    >>> found.number, round(found.lower), round(found.upper)
    (29, 20, 36)
    """
    return tuple(_supplied(figure) for figure in figures)


def supplied_title(found: Sequence[Supplied], *, on: str = "") -> str:
    """Write the title of a table of supplied figures: how many, and that they are not tested.

    With `on`, what they are about opens it, so that several tables of a page differ.
    """
    said = f"{counted(len(found), 'figure')} from partners, which this report did not test"
    return f"{on}: {said}" if on else sentence(said)


def _supplied(figure: SuppliedFigure) -> Supplied:
    of, number = figure.of, figure.count
    if of is None:
        return Supplied(figure, number, figure.share)
    if of < MINIMUM_BASE or number is None:
        return Supplied(figure, number, None)
    return _with_interval(figure, number, of)


def _with_interval(figure: SuppliedFigure, number: int, of: int) -> Supplied:
    from cspanalysis.methods import proportion

    row = proportion(number, of, per=100).iloc[0]
    share = row["value"] if figure.share is None else figure.share
    return Supplied(figure, number, float(share), float(row["lower"]), float(row["upper"]))
