"""Area profile: who lives in an area, how deprived it is, and its share of the force's crime."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, in_period, number_word, percent_text
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import many

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["INDEX_YEAR", "AreaProfile", "area_profile"]

INDEX_YEAR = 2025
"""Year of the English indices of deprivation that the profile uses."""
WELSH_YEAR = 2019
"""Year of the Welsh index, which is by LSOA of 2011."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProfile:
    """Hold what is known of an area and of those who live in it.

    Parameters
    ----------
    area
        The area.
    residents, households
        How many, with their date; None where not known.
    deciles
        Number of its small areas (LSOAs) in each tenth of its country, 1 the most deprived; empty
        where no index is held. England's and Wales's do not compare.
    force_residents
        Residents of its police force area; None for a force, or the whole of one.
    force_name
        Name of that force area.
    crime
        Change of all crime in the area; None where it has none.
    country
        England or Wales, whose index it is.
    """

    area: Area
    residents: tuple[int, str] | None
    households: tuple[int, str] | None
    deciles: pd.Series = field(compare=False)
    force_residents: int | None = None
    force_name: str = ""
    crime: Change | None = None
    country: str = "England"

    @property
    def index_year(self) -> int:
        """Year of the index."""
        return WELSH_YEAR if self.country == "Wales" else INDEX_YEAR

    @property
    def index_name(self) -> str:
        """What the index is called, with its year."""
        if self.country == "Wales":
            return f"Welsh Index of Multiple Deprivation {WELSH_YEAR}"
        return f"English Indices of Deprivation {INDEX_YEAR}"

    @property
    def small_area(self) -> str:
        """What the small areas of the index are."""
        return "LSOAs of 2011" if self.country == "Wales" else "LSOAs"

    @property
    def places(self) -> int:
        """Number of small areas with a place in the index."""
        return int(self.deciles.sum())

    @property
    def most_deprived(self) -> int:
        """Number of small areas among the most deprived fifth of the country."""
        return int(self.deciles.reindex([1, 2]).fillna(0).sum())

    @property
    def share_of_residents(self) -> float | None:
        """Share of the force's residents, in percent."""
        if self.residents is None or not self.force_residents:
            return None
        return 100 * self.residents[0] / self.force_residents

    @property
    def share_of_crime(self) -> float | None:
        """Share of the force's recorded crime, in percent."""
        force = self.crime.force if self.crime else None
        if self.crime is None or self.crime.after is None or force is None or not force.after:
            return None
        return 100 * self.crime.after / force.after

    @property
    def people(self) -> str:
        """Say how many live there."""
        if self.residents is None:
            return f"No number of residents is held for {self.area.name}."
        text = f"{self.area.name} has {count_text(self.residents[0])} residents"
        when = self.residents[1].partition(", ")[2]
        text += f" ({when})" if when else ""
        if self.households is None:
            return f"{text}."
        when = self.households[1].partition(", ")[2]
        return f"{text} and {count_text(self.households[0])} households ({when})."

    @property
    def deprivation(self) -> str:
        """Say how many of its small areas are among the most deprived fifth of the country."""
        if not self.places:
            return f"No index of deprivation is held for {self.area.name}."
        if self.places == 1:
            return f"It is one small area, {self._one} the most deprived fifth of {self.country}."
        share = percent_text(100 * self.most_deprived / self.places)
        some = number_word(self.most_deprived).capitalize() if self.most_deprived else "None"
        verb = "is" if self.most_deprived == 1 else "are"
        text = f"{some} of its {self._small_areas} {verb} among the most deprived"
        return f"{text} fifth of {self.country}{f' ({share})' if self.most_deprived else ''}."

    @property
    def part_of_force(self) -> str:
        """Say what share of the force's residents and of its recorded crime is the area's."""
        residents, crime = self.share_of_residents, self.share_of_crime
        if residents is None or crime is None or self.crime is None:
            return ""
        return (
            f"{_share(residents)} of {self.force_name}'s residents live there. "
            f"{_share(crime)} of its crime was recorded there "
            f"{in_period(self.crime.period)}."
        )

    @property
    def title(self) -> str:
        """Write the title of a drawing of the deciles."""
        if self.places == 1:
            return f"The area is {self._one} the most deprived fifth of {self.country}"
        some = number_word(self.most_deprived) if self.most_deprived else "none"
        few = f"{some} of {self._small_areas}"
        verb = "is" if self.most_deprived == 1 else "are"
        return f"{few[:1].upper()}{few[1:]} {verb} among the most deprived fifth of {self.country}"

    @property
    def _small_areas(self) -> str:
        """Their number, and of which year they are where maps show others."""
        which = f" ({self.small_area})" if self.country == "Wales" else ""
        return f"{many(self.places, 'small area')}{which}"

    @property
    def _one(self) -> str:
        return "among" if self.most_deprived else "not among"

    def values(self) -> Iterator[Value]:
        """Give its values for machines."""
        for name, held in (("residents", self.residents), ("households", self.households)):
            if held is not None:
                yield _value(name, held[0], count_text(held[0]), f"Area: {held[1]}")
        if self.places:
            label = f"Area: small areas in the most deprived fifth, {self.index_year}"
            yield _value("most_deprived", self.most_deprived, count_text(self.most_deprived), label)
            yield _value("small_areas", self.places, count_text(self.places), "Area: small areas")
            most = 100 * self.most_deprived / self.places
            yield _value("most_deprived_share", most, percent_text(most), f"{label}, share", "%")
        for name, share in (
            ("share_of_residents", self.share_of_residents),
            ("share_of_crime", self.share_of_crime),
        ):
            if share is not None:
                label = f"Area: {name.replace('_', ' ').replace('of', 'of the force’s')}"
                yield _value(name, share, percent_text(share), label, "%")


def area_profile(store: Store, *, area: Area, period: Period, crime: Change | None) -> AreaProfile:
    """Gather what the reference tables say of an area.

    Parameters
    ----------
    store
        Which answers with the tables of its places.
    area
        The area.
    period
        The period whose residents are given.
    crime
        Change of all crime, whose force's count gives the share of crime; None without one.
    """
    force = area.wider
    people = store.people.denominator(area, "persons", period=period)
    homes = store.people.denominator(area, "households")
    welsh = area.code.startswith("W")
    deciles = store.people.deprivation(area, year=WELSH_YEAR if welsh else INDEX_YEAR)["decile"]
    return AreaProfile(
        area=area,
        residents=(people.value, people.label) if people.value else None,
        households=(homes.value, homes.label) if homes.value else None,
        deciles=deciles.value_counts().reindex(range(1, 11), fill_value=0)
        if len(deciles)
        else deciles.value_counts(),
        force_residents=store.people.denominator(force, "persons", period=period).value
        if force
        else None,
        force_name=force.name if force else "",
        crime=crime,
        country="Wales" if welsh else "England",
    )


def _share(percent: float) -> str:
    """Write a share at the head of a sentence; "100 %" only reads as a number, and may be less."""
    if percent_text(percent) != percent_text(100):
        return percent_text(percent)
    return "All" if percent == 100 else "Almost all"


def _value(name: str, value: float, text: str, label: str, unit: str = "") -> Value:
    return Value(key=f"area.{name}", value=value, text=text, unit=unit, label=label)
