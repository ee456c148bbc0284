"""Registers: reviews of deaths and of anti-social behaviour cases, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.values import LEFT_OUT, MISSING, Value
from cspanalysis.findings.wording.numbers import count_text, number_word
from cspanalysis.findings.wording.sentences import counted, sentence
from cspanalysis.partnership.law import Name, coming_name, legal_name
from cspanalysis.partnership.people import CaseReviews, DeathReviews
from cspanalysis.vocabulary.listed import joined

__all__ = ["CaseRegister", "DeathRegister", "every_year"]

_DEATHS = {
    "open": "Reviews open",
    "closed": "Reviews closed",
    "recommendations": "Recommendations made",
    "completed": "Recommendations completed",
}
_CASES = {
    "applications": "Applications",
    "threshold_not_met": "Threshold not met",
    "reviews": "Reviews carried out",
    "with_recommendations": "Reviews with recommendations",
}
Row = TypeVar("Row", CaseReviews, DeathReviews)


def every_year(years: Sequence[str]) -> tuple[str, ...]:
    """Give every year from the first to the last, those between them that are missing included.

    Years of two kinds (2022 and 2022/23) can't be put in one line; they are given as they are.

    Examples
    --------
    >>> every_year(["2020/21", "2022/23"]), every_year(["2023", "2021"])
    (('2020/21', '2021/22', '2022/23'), ('2021', '2022', '2023'))
    """
    known = sorted(set(years))
    if not known or len({len(year) for year in known}) > 1:
        return tuple(known)
    first, last = int(known[0][:4]), int(known[-1][:4])
    split = "/" in known[0]
    return tuple(f"{y}/{(y + 1) % 100:02d}" if split else str(y) for y in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class CaseRegister:
    """Hold ASB case reviews: four numbers a year, which the law makes public.

    Parameters
    ----------
    entries
        A year each, in any order.
    """

    entries: tuple[CaseReviews, ...]

    @property
    def rows(self) -> dict[str, dict[str, int | None]]:
        """The four numbers by year, oldest first; a year without an entry is missing."""
        return _by_year(self.entries, _CASES)

    @property
    def title(self) -> str:
        """What the newest year brought."""
        newest = max(self.entries, key=lambda entry: entry.year)
        asked = counted(newest.applications, "application")
        made = counted(newest.reviews, "review")
        name = _named("asb-case-review", newest.year).name
        return sentence(f"{asked} for an {name} in {newest.year} led to {made}")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which years are missing, and that these numbers must be public."""
        name = legal_name("asb-case-review")
        why = f"The law makes these four numbers public, so none is left out ({name.source})."
        return (*_absent(self.rows), why)

    def values(self) -> Iterator[Value]:
        """Give the four numbers of every year by key."""
        yield from _values("asb-case-reviews", self.rows, _CASES)


@dataclass(frozen=True, slots=True)
class DeathRegister:
    """Hold reviews of deaths that came from domestic abuse.

    Parameters
    ----------
    entries
        A year each, in any order.
    public
        Whether the edition is public, so that small counts are left out.
    rules
        What is small.
    """

    entries: tuple[DeathReviews, ...]
    public: bool
    rules: Rules = SHIPPED

    @property
    def rows(self) -> dict[str, dict[str, int | None]]:
        """The numbers by year, oldest first; a year without an entry is missing."""
        return _by_year(self.entries, _DEATHS)

    @property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """Year and column of the counts that this edition leaves out."""
        if not self.public:
            return frozenset()
        return frozenset(
            (*self._small("open", "closed"), *self._small("recommendations", "completed"))
        )

    @property
    def title(self) -> str:
        """How many reviews are open, where that may be said."""
        newest = max(self.entries, key=lambda entry: entry.year)
        name = _named("death-review", newest.year)
        if (newest.year, "open") in self.hidden:
            return sentence(f"{name.plural}: small numbers are left out of this edition")
        what, verb = (name.name, "was") if newest.open == 1 else (name.plural, "were")
        number = number_word(newest.open) if newest.open else "no"
        return sentence(f"{number} {what} {verb} open in {newest.year}")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which years are missing, what the reviews were called and what was left out."""
        name = _named("death-review", max(entry.year for entry in self.entries))
        called = f"Before the law changed, the name was {name.formerly}." if name.formerly else ""
        new = coming_name("death-review")
        later = (
            f"{new.source} gives them another name, {new.plural} ({new.short}); from when is to be "
            "confirmed."
            if new
            else ""
        )
        note = (
            f"Counts below {number_word(self.rules.threshold)} are left out ([c]), and with them "
            "those from which they could be worked out, so that nobody can be told from them."
        )
        return tuple(
            filter(None, (*_absent(self.rows), called, later, note if self.hidden else ""))
        )

    def values(self) -> Iterator[Value]:
        """Give the numbers of every year by key; one that is left out has no number."""
        yield from _values("death-reviews", self.rows, _DEATHS, self.hidden)

    def _small(self, *columns: str) -> Iterator[tuple[str, str]]:
        import pandas as pd

        from cspanalysis.methods import suppress

        known = {
            y: [row[c] for c in columns]
            for y, row in self.rows.items()
            if row[columns[0]] is not None
        }
        frame = pd.DataFrame.from_dict(known, orient="index", columns=list(columns))
        left_out = suppress(frame, threshold=self.rules.threshold, total="all").isna()
        for year in known:
            yield from ((year, column) for column in columns if left_out.loc[year, column])


def _by_year(entries: Sequence[Row], columns: dict[str, str]) -> dict[str, dict[str, int | None]]:
    known = {entry.year: entry for entry in entries}
    return {
        year: {c: getattr(known[year], c) if year in known else None for c in columns}
        for year in every_year(list(known))
    }


def _named(key: str, year: str) -> Name:
    """Give the name that the law used at the end of a year, such as 2023 or 2023/24."""
    last = date(int(year[:4]) + 1, 3, 31) if "/" in year else date(int(year), 12, 31)
    return legal_name(key, on=last)


def _absent(rows: dict[str, dict[str, int | None]]) -> tuple[str, ...]:
    missing = [year for year, row in rows.items() if all(v is None for v in row.values())]
    return (f"No numbers are recorded for {joined(missing)}.",) if missing else ()


def _values(
    name: str,
    rows: dict[str, dict[str, int | None]],
    labels: dict[str, str],
    hidden: frozenset[tuple[str, str]] = frozenset(),
) -> Iterator[Value]:
    for year, row in rows.items():
        for column, number in row.items():
            left_out = (year, column) in hidden
            known = number is not None and not left_out
            yield Value(
                key=f"{name}.{year.replace('/', '-')}.{column.replace('_', '-')}",
                value=number if known else None,
                text=count_text(number) if known else LEFT_OUT if left_out else MISSING,
                unit="count",
                label=f"{sentence(name.replace('-', ' '))}: {labels[column].lower()}, {year}",
            )
