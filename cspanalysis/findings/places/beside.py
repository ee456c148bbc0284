"""Beside: the rates of a ward set beside those of its partnership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.caveats import more_come_than_live
from cspanalysis.findings.wording.numbers import number_word, rate_text
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import joined

__all__ = ["Beside", "beside_of"]

_CHANCE = 0.05
_WORDS = ("above", "below")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Hold where the rates of a place stand beside those of the partnership that it lies in.

    Parameters
    ----------
    area, around
        The place, and its partnership.
    own, theirs
        Changes with rates by code of the measure: of the partnership, of the measures that the
        place has; and of the place, as far as it has a rate of these. A rate that is kept back of
        the place is none; the partnership's is told all the same.
    """

    area: Area
    around: Area
    own: Mapping[str, Change]
    theirs: Mapping[str, Change]

    def word(self, code: str) -> str:
        """Say on which side the whole 95 % interval of the place's rate lies; else empty."""
        own = self.own[code].rate if code in self.own else None
        other = self.theirs[code].rate
        if own is None or other is None:
            return ""
        if own.lower > other.value:
            return "above"
        return "below" if own.upper < other.value else ""

    @property
    def cells(self) -> dict[str, str]:
        """What the table of changes says of each measure, by code."""
        return {code: self._cell(code) for code in self.theirs}

    @property
    def sentence(self) -> str:
        """Say which rates lie apart from the partnership's, and how many chance would give."""
        if not self.own:
            return f"There are no rates to set beside those of {self.around.name}."
        parts = []
        for word in _WORDS:
            held = [c.measure.phrase for code, c in self.own.items() if self.word(code) == word]
            if len(held) == len(self.own) > 1:
                all_are = f"All {number_word(len(held))} rates are {word}"
                return f"{all_are} those of {self.around.name}.{self._visited}"
            if held:
                parts.append(f"{word} for {joined(held)}")
        if not parts:
            return f"No rate can be told apart from that of {self.around.name}."
        chance = number_word(max(1, round(_CHANCE * len(self.own))))
        rates = f"Beside {self.around.name}, rates are {'; '.join(parts)}"
        return (
            f"{rates}. Of {number_word(len(self.own))} rates chance alone would set about {chance} "
            f"apart.{self._visited}"
        )

    def values(self) -> Iterator[Value]:
        """Give the partnership's rates for machines."""
        for code, change in self.theirs.items():
            rate = change.rate
            if rate is not None:
                yield Value(
                    key=f"around.{code}.rate",
                    value=rate.value,
                    text=rate_text(rate.value),
                    unit=f"per {rate.per:,} {rate.denominator}",
                    lower=rate.lower,
                    upper=rate.upper,
                    label=f"{change.measure.label}: rate of {self.around.name}",
                )

    @property
    def _visited(self) -> str:
        """Say that many more people come than live there, where rates tell so."""
        if not any(map(more_come_than_live, self.own.values())):
            return ""
        return " Many more people come there than live there, so its rates tell no one's risk."

    def _cell(self, code: str) -> str:
        rate = self.theirs[code].rate
        told = rate_text(rate.value) if rate else ""
        word = self.word(code)
        return f"{word} {told}".strip()


def beside_of(
    own: Sequence[Change], theirs: Sequence[Change], *, area: Area, around: Area
) -> Beside:
    """Set the changes of a place beside those of its partnership, where that has a rate."""
    other = {c.measure.code: c for c in theirs if c.rate is not None}
    held = {c.measure.code: c for c in own if c.measure.code in other}
    return Beside(
        area=area,
        around=around,
        own={code: c for code, c in held.items() if c.rate is not None},
        theirs={code: other[code] for code in held},
    )
