"""Names as people say them: of measures, of places inside an area, and of what to compare with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.composites import composite_named
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.relative import relative_period, season
from cspanalysis.vocabulary.written import whole_period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = [
    "COMPARISONS",
    "baseline_named",
    "measure_named",
    "period_named",
    "place_named",
    "sum_sentence",
    "words_of",
]

_SAID = {
    "antisocial": "anti-social",
    "bike": "bicycle",
    "bikes": "bicycle",
    "car": "vehicle",
    "cars": "vehicle",
    "cycle": "bicycle",
    "knives": "weapons",
    "lifting": "shoplifting",
    "total": "all",
    "overall": "all",
}
"""Everyday words, and the publishers' own for them."""
_SILENT = {"a", "an", "and", "in", "of", "offence", "police", "possession", "recorded", "shop"}
_SILENT |= {"the"}
COMPARISONS = ("a year before", "the period before")
_ALIKE = {
    "year before": COMPARISONS[0],
    "year earlier": COMPARISONS[0],
    "year ago": COMPARISONS[0],
    "last year": COMPARISONS[0],
    "previous year": COMPARISONS[0],
    "period before": COMPARISONS[1],
    "previous period": COMPARISONS[1],
    "last period": COMPARISONS[1],
}
"""What people say, and the comparison that they mean."""
_BEFORE = {
    said: months
    for name, months in (("month", 1), ("quarter", 3))
    for said in (f"{name} before", f"{name} earlier", f"previous {name}", f"last {name}")
}
"""What people call the period before, by the number of months that it then has."""
_ANY_DAY = date(2000, 1, 1)
_SINCE = re.compile(r"since (.+)|(?:from )?(.+?) (?:on|onwards|to date)", re.IGNORECASE)
_UNTOLD = {
    "domestic": "whether an offence was domestic abuse; partners' counts, such as cases heard at "
    "MARAC, can be brought in",
    "knife": "with which weapon; the nearest is possession of weapons",
    "gun": "with which weapon; the nearest is possession of weapons",
    "firearm": "with which weapon; the nearest is possession of weapons",
    "hate": "whether hate was a motive; the force counts that itself",
    "fraud": "fraud, which is reported to a national centre",
    "cyber": "fraud, which is reported to a national centre",
    "slavery": "modern slavery by itself; it stands in other crime",
    "exploitation": "who was exploited; partners' counts can be brought in",
}
"""Words of what people ask for and street files don't tell, and what to know of each."""


def measure_named(text: str | Measure) -> Measure:
    """Find a measure by any name that people use for it.

    Raises
    ------
    UsageError
        If there is none; the nearest names are given.

    Examples
    --------
    >>> measure_named("robberies").code, measure_named("Bike thefts").code
    ('robbery', 'bicycle-theft')
    >>> measure_named("weapons").code, measure_named("car crime").code
    ('possession-of-weapons', 'vehicle-crime')
    """
    try:
        return Measure.named(text)
    except UsageError:
        wanted = words_of(str(text))
        table = MeasureTable.shipped()
        found = {m.code: m for m in table for n in _names(m) if wanted and words_of(n) == wanted}
        if len(found) == 1:
            return next(iter(found.values()))
        told = next((_UNTOLD[w] for w in slug_of(str(text)).split("-") if w in _UNTOLD), "")
        if told and not found:
            raise UsageError(
                f"measure '{text}' is not known: the police files do not tell {told}"
            ) from None
        raise


def sum_sentence(measure: Measure) -> str:
    """Say what a composite is made of; nothing of a measure that is counted by itself."""
    found = composite_named(measure.code)
    if found is None or found.measure != measure:
        return ""
    parts = joined([Measure.named(part).phrase for part in found.street.parts])
    return (
        f"{found.measure.phrase} is a sum: its change is told, and months, places and ranks are "
        f"of its parts alone; ask for one of {parts}"
    )


def place_named(
    text: str | Area, *, within: Area, store: Store, custom: Iterable[Area] = ()
) -> Area:
    """Find a custom area, a ward or a small area inside an area by name or code, else any area.

    Parameters
    ----------
    custom
        The custom areas of the partnership.

    Raises
    ------
    UsageError
        If there is no such place; the nearest names inside the area are given, else elsewhere.
    """
    if isinstance(text, Area):
        return text
    small = store.people.small_areas(within)
    wards = {slug_of(Area.named(code).name): code for code in small["ward"].unique()}
    lsoas = {slug_of(str(name)): code for code, name in small["name"].items()}
    slug = slug_of(text)
    own = {slug_of(area.name): area for area in custom}
    own |= {name: area for area in custom for name in (area.slug, _key(area))}
    if slug in own:
        return own[slug]
    if code := wards.get(slug.removesuffix("-ward")) or lsoas.get(slug):
        return Area.named(str(code))
    try:
        return _elsewhere(text)
    except UsageError as error:
        known = {one: Area.named(code).name for one, code in wards.items()}
        known |= {one: area.name for one, area in own.items()}
        near = get_close_matches(slug, known, n=3, cutoff=0.6)
        names = [*dict.fromkeys(known[one] for one in near)]
        hint = f"did you mean {' or '.join(names)}?" if names else error
        raise UsageError(f"place '{text}' is not known in {within.name}; {hint}") from error


def _elsewhere(text: str) -> Area:
    """Find an area by its name; a force by its bare name where no partnership bears it."""
    try:
        return Area.named(text)
    except UsageError:
        with suppress(UsageError):
            return Area.named(f"{slug_of(text)}-force")
        raise


def _key(custom: Area) -> str:
    """Give the key of a custom area in its partnership's file."""
    return custom.slug.partition("-")[2]


def period_named(text: str | Period, *, newest: date | None = None) -> Period:
    """Find a period in any form, and in those that publishers and partners write.

    Parameters
    ----------
    newest
        The newest month that is held, up to which "since October 2022" reaches, and from which
        "last quarter" and the like are reckoned; see `relative_period`.

    Raises
    ------
    UsageError
        If it is none, may mean two things, or would begin after the newest month.

    Examples
    --------
    >>> str(period_named("October to December 2022")), str(period_named("2022-10"))
    ('2022-10..2022-12', '2022-10')
    >>> str(period_named("since October 2022", newest=date(2023, 2, 1)))
    '2022-10..2023-02'
    >>> str(period_named("last quarter", newest=date(2023, 2, 1))), str(period_named("summer 2022"))
    ('2022-10..2022-12', '2022-06..2022-08')
    """
    if isinstance(text, Period):
        return text
    if found := season(str(text)):
        return found
    if found := relative_period(str(text), newest=newest or _ANY_DAY):
        if newest is None:
            said = f"period '{text}' depends on which months are held"
            raise UsageError(f"{said}; write them, such as 2023-Q4 or 2023-10..2023-12")
        return found
    open_end = _SINCE.fullmatch(" ".join(str(text).split()))
    if open_end is None or newest is None:
        return whole_period(str(text))
    first = whole_period(open_end[1] or open_end[2]).start
    if first > newest:
        raise UsageError(f"period '{text}': the newest month that is held is {newest:%Y-%m}")
    return Period.of_months(first, newest)


def baseline_named(text: str | Period | None, *, period: Period) -> Period:
    """Give the period to compare with: a period, "a year before" or "the period before".

    Examples
    --------
    >>> str(baseline_named("the period before", period=Period.parse("2023-Q4")))
    '2023-07..2023-09'
    >>> str(baseline_named("a year before", period=Period.parse("2023")))
    '2022'
    """
    said = str(text or "").strip().lower().removeprefix("a ").removeprefix("the ")
    meant = _ALIKE.get(said, "") if said else COMPARISONS[0]
    if _BEFORE.get(said) == len(period.months):
        meant = COMPARISONS[1]
    if meant == COMPARISONS[0]:
        return period.baseline()
    if meant:
        return _just_before(period)
    try:
        found = period_named(text or "")
    except UsageError as error:
        if near := get_close_matches(said, _ALIKE, n=1, cutoff=0.8):
            hint = f"did you mean {_ALIKE[near[0]]}?"
            raise UsageError(f"comparison '{text}' is not known; {hint}") from None
        raise UsageError(f"{error}; a comparison may also be {' or '.join(COMPARISONS)}") from None
    if found.end >= period.start:
        raise UsageError(
            f"comparison '{found}' does not end before period '{period}' starts; the same months "
            f"a year before are '{period.baseline()}'"
        )
    return found


def _just_before(period: Period) -> Period:
    number, first = len(period.months), period.start
    months = [_shifted(first.year, first.month, -back) for back in (number, 1)]
    return Period.parse("..".join(f"{year}-{month:02}" for year, month in months))


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    whole = 12 * year + month - 1 + by
    return whole // 12, whole % 12 + 1


def _names(measure: Measure) -> Iterable[str]:
    return (measure.code, measure.label, measure.phrase, *measure.aliases)


def words_of(text: str) -> frozenset[str]:
    """Reduce a name to the words that tell it apart: singular, the publishers' own, no fillers."""
    said = slug_of(text).replace("anti-social", "antisocial").split("-")
    known = (_singular(_SAID.get(word, word)) for word in said)
    return frozenset(word for word in known if word not in _SILENT)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word.removesuffix("s") if not word.endswith("ss") else word
