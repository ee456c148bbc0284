"""Requirements: what the law asks of a partnership, one by one, kept as dated rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cspanalysis.partnership.law import Jurisdiction, rows_of

__all__ = ["EXEMPT", "Instrument", "Requirement", "requirements"]

EXEMPT = "exempt"
"""Evidence of a requirement from which the law leaves an area out."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """Hold a statute or regulations under the name of today.

    Parameters
    ----------
    key
        Its name for machines; England's and Wales's regulations share one.
    name, short, citation, link
        Its title, how tables cite it, its number with amendments, and its address.
    confirmed
        Whether it was looked up for this project.
    """

    key: str
    name: str
    short: str
    citation: str
    link: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """Hold one thing that the law asks for, in our own words.

    Parameters
    ----------
    id
        Of the list that it was drawn up from, such as ``L10``.
    key
        Its name for machines and for ``duties`` of a partnership file.
    text
        What is asked for.
    instrument, provision
        Where; the provision may be empty where it was not looked up.
    section
        Section of the strategic assessment that shows it.
    evidence
        Names of what is looked for; one of them is enough.
    confirmed
        Whether the wording was looked up; otherwise it reads "to be confirmed".
    since, until
        First and last day in force; None where it began before any source, or holds still.
    confirmed_by
        What was read for these days; may be empty.
    note
        Why the law leaves the area out, where it does.
    """

    id: str
    key: str
    text: str
    instrument: Instrument
    provision: str
    section: str
    evidence: tuple[str, ...]
    confirmed: bool
    since: date | None
    until: date | None
    confirmed_by: str
    note: str

    @property
    def law(self) -> str:
        """Where the law asks for it, as a reader would look it up."""
        return ", ".join(filter(None, (self.instrument.short, self.provision)))

    @property
    def exempt(self) -> bool:
        """Whether the law leaves the area out."""
        return self.evidence == (EXEMPT,)


@lru_cache(maxsize=32)
def requirements(where: Jurisdiction, *, on: date | None = None) -> tuple[Requirement, ...]:
    """Give what the law of a jurisdiction asks for on a day, in the order of the list.

    Parameters
    ----------
    where
        Whose law.
    on
        The day; the law as it stands last where there is none.

    Examples
    --------
    >>> [r.id for r in requirements("england")][-3:]
    ['L23', 'L24', 'L25']
    >>> [r.key for r in requirements("england", on=date(2010, 6, 30))][:4][-1]
    'theme-reoffending'
    """
    known = {i.key: i for i in _instruments(where, on)}
    return tuple(
        Requirement(
            id=row["id"],
            key=row["key"],
            text=row["requirement"],
            instrument=known[row["instrument"]],
            provision=row["provision"],
            section=row["section"],
            evidence=tuple(row["evidence"].split("|")),
            confirmed=row["status"] == "read" and known[row["instrument"]].confirmed,
            since=_day(row["from"]),
            until=_day(row["to"]),
            confirmed_by=row["confirmed_by"],
            note=row["note"],
        )
        for row in rows_of("requirements.csv", where, on=on)
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _instruments(where: Jurisdiction, on: date | None) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            row["key"],
            row["name"],
            row["short"],
            row["citation"],
            row["link"],
            row["status"] == "read",
        )
        for row in rows_of("instruments.csv", where, on=on)
    )
