"""Engagement: whether the partnership met the public, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_period, number_word
from cspanalysis.findings.wording.sentences import counted, date_text, plural, sentence
from cspanalysis.partnership.people import Meeting
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import joined

__all__ = ["Engagement"]


@dataclass(frozen=True, slots=True)
class Engagement:
    """Hold the meetings of a year.

    Parameters
    ----------
    meetings
        Those of the year, oldest first.
    year
        The twelve months that end with the report's period.
    elsewhen
        How many more are recorded for other times.
    """

    meetings: tuple[Meeting, ...]
    year: Period
    elsewhen: int = 0

    @classmethod
    def of(cls, meetings: tuple[Meeting, ...], *, period: Period) -> Engagement:
        """Choose the meetings of the twelve months up to the end of a period."""
        last = period.months[-1]
        year = Period.parse(f"12m-to-{last:%Y-%m}")
        year = period if year.months == period.months else year
        held = tuple(m for m in meetings if year.start <= m.date <= year.end)
        ordered = tuple(sorted(held, key=lambda meeting: meeting.date))
        return cls(ordered, year, len(meetings) - len(held))

    @property
    def qualifying(self) -> tuple[Meeting, ...]:
        """Public meetings that senior officers attended: the law asks for one a year."""
        return tuple(m for m in self.meetings if m.public and m.senior_officers)

    @property
    def title(self) -> str:
        """How many meetings were held, and how many of them the law asks for."""
        when = in_period(self.year)
        if not self.qualifying:
            return f"No public meeting with senior officers is recorded {when}"
        meetings = counted(len(self.qualifying), "public meeting")
        return f"Senior officers were at {meetings} {when}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Whether the law's meeting was held, who came and who was reached."""
        return tuple(filter(None, (self._duty, self._came, self._groups, self._rest)))

    def values(self) -> Iterator[Value]:
        """Give the numbers of the year's meetings by key."""
        parts = (
            ("meetings", len(self.meetings), "Meetings"),
            ("public-with-officers", len(self.qualifying), "Public meetings with senior officers"),
            ("attended", self.attended, "People who came to public meetings"),
        )
        for key, number, label in parts:
            if number is not None:
                label = f"{label}, {self.year.label}"
                text = count_text(number) if key == "attended" else number_word(number)
                yield Value(
                    key=f"engagement.{key}", value=number, text=text, unit="count", label=label
                )

    @property
    def attended(self) -> int | None:
        """People who came to public meetings; None where no number is recorded."""
        known = [m.attended for m in self.meetings if m.public and m.attended is not None]
        return sum(known) if known else None

    @property
    def _duty(self) -> str:
        if self.qualifying:
            days = joined([date_text(m.date, otherwise="") for m in self.qualifying])
            return f"Senior officers met the public on {days}, as the law asks once a year."
        return (
            "The law asks for at least one public meeting a year that senior officers attend. "
            f"None is recorded {in_period(self.year)}."
        )

    @property
    def _came(self) -> str:
        if self.attended is None:
            return ""
        known = sum(m.public and m.attended is not None for m in self.meetings)
        people = "One person" if self.attended == 1 else f"{count_text(self.attended)} people"
        return f"{people} came to {counted(known, 'public meeting')}, as far as they were counted."

    @property
    def _groups(self) -> str:
        groups = dict.fromkeys(group for m in self.meetings for group in m.groups)
        return f"Groups reached: {joined(list(groups))}." if groups else ""

    @property
    def _rest(self) -> str:
        if not self.elsewhen:
            return ""
        verb = "is" if self.elsewhen == 1 else "are"
        meetings = f"{number_word(self.elsewhen)} {plural('meeting', self.elsewhen)}"
        return sentence(f"{meetings} of other times {verb} left out.")
