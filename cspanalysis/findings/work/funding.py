"""Funding: money received, by year and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.sentences import counted, pounds_text, sentence
from cspanalysis.partnership.work import Funding
from cspanalysis.vocabulary.listed import joined

__all__ = ["Money"]


@dataclass(frozen=True, slots=True)
class Money:
    """Hold the money that a partnership received, as its file lists it."""

    lines: tuple[Funding, ...]

    @property
    def years(self) -> dict[str, float]:
        """Sum by year, oldest first."""
        totals: dict[str, float] = {}
        for line in sorted(self.lines, key=lambda line: line.year):
            totals[line.year] = totals.get(line.year, 0.0) + line.amount
        return totals

    @property
    def title(self) -> str:
        """How much was received in the newest year."""
        year, amount = list(self.years.items())[-1]
        sources = {line.source for line in self.lines if line.year == year}
        return (
            f"{pounds_text(amount)} was received in {year}, from {counted(len(sources), 'source')}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the years before came to; nothing where there is one year."""
        earlier = list(self.years.items())[:-1]
        if not earlier:
            return ()
        sums = joined([f"{pounds_text(amount)} in {year}" for year, amount in earlier])
        return (sentence(f"before that it was {sums}."),)

    def values(self) -> Iterator[Value]:
        """Give the sums by year, by key."""
        for year, amount in self.years.items():
            yield Value(
                key=f"funding.{year.replace('/', '-')}",
                value=amount,
                text=pounds_text(amount),
                unit="£",
                label=f"Funding received in {year}",
            )
