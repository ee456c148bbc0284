"""Patterns: when in the year, where, and what the next months may bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.finding import Shown
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import count_text, percent_text
from cspanalysis.vocabulary import Area, Measure
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.period import MONTH_NAMES

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Concentration",
    "Outlook",
    "Pattern",
    "Season",
    "concentration_of",
    "outlook_of",
    "patterns_of",
    "patterns_title",
    "season_of",
]

_SEASON, _OUTLOOK = 24, 12
"""Months without which there is no season and no outlook."""

HORIZON = 3
"""Months that an outlook looks ahead; further on the intervals say little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Hold the months of the year in which a measure is usually high or low.

    Parameters
    ----------
    measure, area
        What and where.
    high, low
        Calendar months, 1 to 12, whose index lies clearly above or below that of an average
        month; both empty where no season shows.
    years
        How many times the calendar months were seen, at least.
    """

    measure: Measure
    area: Area
    high: tuple[int, ...]
    low: tuple[int, ...]
    years: int

    @property
    def sentence(self) -> str:
        """Say when it is usually high and low; nothing where no season shows."""
        said = [
            f"{word} in {joined([MONTH_NAMES[month] for month in months])}"
            for word, months in (("higher", self.high), ("lower", self.low))
            if months
        ]
        verb = "are" if self.measure.plural else "is"
        what = f"{self.measure.phrase[:1].upper()}{self.measure.phrase[1:]}"
        return f"{what} {verb} usually {joined(said)}." if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """Hold in how few small areas half of a measure was recorded.

    Parameters
    ----------
    measure, area
        What and where.
    places
        Number of small areas.
    holding_half
        How many of them, the fullest first, held half of the count.
    """

    measure: Measure
    area: Area
    places: int
    holding_half: int

    @property
    def share(self) -> float:
        """Share of the small areas that held half of the count, in percent."""
        return 100 * self.holding_half / self.places

    @property
    def sentence(self) -> str:
        """Say in how few small areas half was recorded."""
        return (
            f"Half of {self.measure.phrase} was recorded in {count_text(self.holding_half)} of "
            f"{count_text(self.places)} small areas ({percent_text(self.share)})."
        )

    def values(self) -> Iterator[Value]:
        """Give its values for machines."""
        key, label = f"concentration.{self.measure.code}", f"{self.measure.label}: small areas"
        half = count_text(self.holding_half)
        yield Value(
            key=f"{key}.holding_half",
            value=self.holding_half,
            text=half,
            label=f"{label} that hold half",
        )
        yield Value(
            key=f"{key}.places", value=self.places, text=count_text(self.places), label=label
        )
        yield Value(
            key=f"{key}.share",
            value=self.share,
            text=percent_text(self.share),
            unit="%",
            label=f"{label} that hold half, share",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Hold what the next months may bring if they go on as before.

    Parameters
    ----------
    measure, area
        What and where.
    ahead
        Frame as `methods.forecast` gives it with levels 80 and 95, one row a month to come.
    provenance
        Where the counts came from, and the method that was chosen.
    """

    measure: Measure
    area: Area
    ahead: pd.DataFrame = field(compare=False)
    provenance: Provenance

    def ranges(self) -> dict[str, str]:
        """Give each month's 80 % interval as people read it, by the month's name."""
        return {
            f"{month:%B %Y}": f"{count_text(low)} to {count_text(high)}"
            for month, low, high in self._rows("lower_80", "upper_80")
        }

    def values(self) -> Iterator[Value]:
        """Give its values for machines: the mean of each month with its intervals."""
        for month, mean, low, high in self._rows("mean", "lower_95", "upper_95"):
            yield Value(
                key=f"outlook.{self.measure.code}.{month:%Y-%m}",
                value=mean,
                text=count_text(mean),
                lower=low,
                upper=high,
                label=f"{self.measure.label}: outlook, {month:%B %Y}",
            )
        for month, mean, low, high in self._rows("mean", "lower_80", "upper_80"):
            yield Value(
                key=f"outlook.{self.measure.code}.{month:%Y-%m}.four-in-five",
                value=mean,
                text=f"{count_text(low)} to {count_text(high)}",
                lower=low,
                upper=high,
                label=f"{self.measure.label}: outlook, four times in five, {month:%B %Y}",
            )

    def _rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        told = (self.ahead[column].tolist() for column in columns)
        return zip(self.ahead.index, *told, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Shown):
    """Hold the patterns of one measure; None where there is too little to go by."""

    measure: Measure
    season: Season | None
    concentration: Concentration | None
    outlook: Outlook | None

    def __repr__(self) -> str:
        known = [part for part in ("season", "concentration", "outlook") if getattr(self, part)]
        return f"<Pattern: {self.measure.label}: {', '.join(known) or 'none'}>"

    def values(self) -> Iterator[Value]:
        """Give all its values for machines."""
        for part in (self.concentration, self.outlook):
            if part is not None:
                yield from part.values()


def season_of(counts: pd.Series, *, measure: Measure, area: Area) -> Season | None:
    """Find the months in which a measure is usually high or low.

    None with less than two years, or less than one count a month, whose season is chance.
    """
    from cspanalysis.methods import seasonal_profile

    known = counts.dropna()
    if known.empty or known.mean() < 1:
        return None
    profile = seasonal_profile(known, confidence=1 - 0.05 / 12)  # twelve months are looked at
    if profile["reason"].iloc[0]:
        return None
    return Season(
        measure=measure,
        area=area,
        high=tuple(int(month) for month in profile.index[profile["lower"] > 1]),
        low=tuple(int(month) for month in profile.index[profile["upper"] < 1]),
        years=int(profile["years"].min()),
    )


def concentration_of(counts: pd.Series, *, measure: Measure, area: Area) -> Concentration | None:
    """Find in how few small areas half of a measure was recorded; None where nothing was.

    Small areas without a count are left out.
    """
    from cspanalysis.methods import concentration

    counts = counts.dropna()
    if not counts.sum():
        return None
    shares = concentration(counts.to_numpy(dtype=float), shares=(0.5,)).shares
    return Concentration(
        measure=measure,
        area=area,
        places=len(counts),
        holding_half=int(shares["places"].iloc[0]),
    )


def outlook_of(
    counts: pd.Series, *, measure: Measure, area: Area, provenance: Provenance
) -> Outlook | None:
    """Look at the months ahead; None with less than a year of months."""
    from dataclasses import replace

    from cspanalysis.methods import forecast

    if counts.notna().sum() < 12:
        return None
    ahead = forecast(counts, horizon=HORIZON)
    method = f"Forecast by {str(ahead['method'].iloc[0]).replace('_', ' ')}"
    return Outlook(
        measure=measure, area=area, ahead=ahead, provenance=replace(provenance, method=method)
    )


def patterns_of(
    monthly: pd.DataFrame,
    *,
    places: pd.DataFrame | None,
    area: Area,
    provenance: Provenance,
    since: date | None = None,
    levels: Mapping[str, date] | None = None,
) -> tuple[Pattern, ...]:
    """Find the patterns of each measure.

    Parameters
    ----------
    monthly
        Counts by month (index of Timestamps), one column a measure.
    places
        Counts of the period by small area, one column a measure; None where not known.
    area
        Whose counts these are.
    provenance
        Where they came from.
    since
        First month of the period reported on: no outlook where none from it on is known.
    levels
        First month of the newest level of a measure, by code: season and outlook look at the
        months from there on, where they are enough for either.
    """
    found = []
    for code in monthly.columns:
        measure, counts = Measure.named(str(code)), monthly[code]
        old = since is not None and counts.loc[f"{since}" :].isna().all()
        start = (levels or {}).get(str(code))
        newest = counts if start is None else counts.loc[f"{start}" :]
        found.append(
            Pattern(
                measure=measure,
                season=season_of(_enough(newest, counts, _SEASON), measure=measure, area=area),
                concentration=None
                if places is None or code not in places  # a category that was given up before
                else concentration_of(places[code], measure=measure, area=area),
                outlook=None
                if old
                else outlook_of(
                    _enough(newest, counts, _OUTLOOK),
                    measure=measure,
                    area=area,
                    provenance=provenance,
                ),
            )
        )
    return tuple(found)


def _enough(newest: pd.Series, counts: pd.Series, months: int) -> pd.Series:
    return newest if newest.notna().sum() >= months else counts


def patterns_title(found: Sequence[Pattern]) -> str:
    """Write the title of a table of patterns: in how few places the most gathered measure is."""
    held = [pattern.concentration for pattern in found if pattern.concentration]
    few = min(held, key=lambda c: c.share, default=None)
    return few.sentence.rstrip(".") if few else "Season and outlook"
