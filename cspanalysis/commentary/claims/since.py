"""Superlatives over time: "its lowest since 2015", "the highest for five years", "on record"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.commentary.claims.matter import Matter, Ruling, absent
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.commentary.claims.spells import rule_on_units, unit_of
from cspanalysis.findings.wording.numbers import count_text, in_period
from cspanalysis.vocabulary import Period

__all__ = ["rule_on_since"]

_ON_RECORD = re.compile(r"\A\Z|on record|\bever\b|records began|\byet\b|(?<!year )so far", re.IGNORECASE)
_YEARS = re.compile(rf"\b(?P<number>{NUMBER})[ -]years?\b|\b(?P<decade>a decade)\b", re.IGNORECASE)
_SINCE = re.compile(r"since\D*(?P<year>(?:19|20)\d{2})(?:[/-]\d{2,4})?\Z", re.IGNORECASE)
_ALONE = re.compile(r"(?!second|third|fourth|fifth|sixth|one of|among)", re.IGNORECASE)
_FURTHEST = 40
"""Years back that are looked through."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """Hold how many years back a superlative is said to hold.

    `named` tells that the furthest year is where it was last so, such as 2015 in "since 2015":
    its own count may be lower or higher.
    """

    years: int
    named: bool = False


def rule_on_since(matter: Matter) -> Ruling:
    """Judge whether a count is the lowest, or the highest, over so many years.

    The count of the period is set beside those of the same months in each year before. One that
    is lower (or higher) contradicts, however short the series is. Where none is, the claim is
    supported if the series reaches as far back as is said, and not traceable if it does not. Where
    months, quarters or single years are named, they are judged in turn (see `spells`).
    """
    if not _ALONE.match(matter.statement.words):
        return matter.ruling(None, "since", "The assessment does not rank months or years.")
    if unit := unit_of(matter):
        return rule_on_units(matter, unit)
    change, reach = matter.change, _reach(matter)
    if change.refused or change.after is None:
        return absent(matter)
    if reach is None or matter.time != "period":
        reason = "It is not plain how far back this is meant to reach."
        return matter.ruling(None, "since", reason)
    lowest = matter.statement.sense == "down"
    word, missing = ("lower" if lowest else "higher"), False
    for years, span, count in _earlier(matter, reach.years):
        if count is None:
            missing = True
        elif (count < change.after if lowest else count > change.after) and not (
            reach.named and years == reach.years
        ):
            reason = (
                f"{change.measure.label} was {word} {in_period(span)}, at {count_text(count)}, "
                f"than {in_period(change.period)}, at {count_text(change.after)}."
            )
            return matter.ruling(matter.statement.negated, "since", reason, "count")
    begins = matter.history.begins(change)
    if missing or reach.years == _FURTHEST:
        reason = (
            f"No earlier figure held is {word}, but the figures here that can be compared begin "
            f"in {_first(matter) or begins}."
        )
        return matter.ruling(None, "since", reason)
    before = f"None of the {reach.years} years before"
    if reach.years == 1:
        word, before = f"not {word}", "The year before"
    reason = f"{before} was {word}; the figures here begin in {begins}."
    return matter.ruling(not matter.statement.negated, "since", reason, "count")


def _reach(matter: Matter) -> _Reach | None:
    text, period = matter.statement.reach, matter.change.period
    if found := _YEARS.search(text):
        years = 10 if found["decade"] else int(read(found["number"]).value)
        return _Reach(years - 1) if years > 1 else None
    if found := _SINCE.fullmatch(text):
        years = period.start.year - int(found["year"])
        return _Reach(years, named=True) if 0 < years < _FURTHEST else None
    return _Reach(_FURTHEST) if _ON_RECORD.search(text) else None


def _earlier(matter: Matter, years: int) -> Iterator[tuple[int, Period, int | None]]:
    """Yield the same months of each year before, nearest first, with the count where held."""
    change = matter.change
    for back in range(1, years + 1):
        span = change.period.baseline(years=back)
        comparable = matter.history.is_comparable(change, span)
        yield back, span, matter.history.count(change, span) if comparable else None


def _first(matter: Matter) -> str:
    """Name the first span that is held and can be compared, where recording has changed since."""
    change = matter.change
    spans = [change.period.baseline(years=back) for back in range(1, _FURTHEST + 1)]
    held = [span for span in spans if matter.history.count(change, span) is not None]
    kept = [span for span in held if matter.history.is_comparable(change, span)]
    if len(kept) == len(held):
        return ""
    return (kept[-1] if kept else change.period).label
