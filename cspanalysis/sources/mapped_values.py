"""Figures of a partner's own table: what a cell says, and events put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cspanalysis.characters import keyed, without_equal
from cspanalysis.errors import SourceError
from cspanalysis.vocabulary import Period

__all__ = ["Absences", "Figure", "joined_events", "read_value"]

# Whatever else a table writes where it has no figure is told by its mapping.
_ABSENT = dict.fromkeys(("", "[x]", "..", "...", "…", "n/a", "na", "#n/a"), "not available")
_ABSENT |= {"[z]": "not applicable", "[c]": "suppressed", "[low]": "suppressed"}
_SMALL = re.compile(r"(?:<|&lt;|fewer than|less than|under)\s*\d+", re.IGNORECASE)
_NOTES = re.compile(r"\s*(?:\[[^\]]*\]|\([a-z]\)|†|‡|\*+)$", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,12}|\d{1,3}(?:,\d{3}){1,3}")
_DECIMAL = re.compile(r"[-−]?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,30})?(?:\s?%)?")


@dataclass(frozen=True, slots=True)
class Absences:
    """Hold what a table writes for a missing figure, and the marks of notes after a number."""

    missing: Mapping[str, str]
    marks: Sequence[str] = ()

    def of(self, text: str) -> str:
        """Give the reason why there is no figure; empty where the text is none of the markers."""
        own = {keyed(marker).casefold(): reason for marker, reason in self.missing.items()}
        known = (_ABSENT | own).get(text.casefold(), "")
        return known or ("suppressed" if _SMALL.fullmatch(text) else "")

    def plain(self, text: str) -> str:
        """Take notes off the end of a number."""
        bare = _NOTES.sub("", text)
        for mark in self.marks:
            bare = bare.removesuffix(keyed(mark)).rstrip()
        return bare


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure of a table; `whole` tells a count from a value."""

    area: str
    period: Period
    measure: str
    number: float | None
    whole: bool
    denominator: float | None
    status: str
    line: int
    sheet: str
    note: str


def read_value(
    text: str, absences: Absences, *, whole: bool, file: str, line: int, column: str
) -> tuple[float | None, str]:
    """Read a cell: its number, and why there is none.

    Raises
    ------
    SourceError
        If it is neither a number nor a marker that is known.

    Examples
    --------
    >>> place = {"file": "t.csv", "line": 9, "column": "Cases"}
    >>> absences = Absences({"-": "suppressed"}, ("r",))
    >>> [read_value(t, absences, whole=True, **place) for t in ("1,234 [note 2]", "8r", "-", "<5")]
    [(1234, 'final'), (8, 'final'), (None, 'suppressed'), (None, 'suppressed')]
    >>> read_value("27.5%", absences, whole=False, **place)
    (27.5, 'final')
    """
    written = keyed(text)
    if reason := absences.of(written):
        return None, reason
    bare = absences.plain(written)
    if whole and _WHOLE.fullmatch(bare):
        return int(bare.replace(",", "")), "final"
    if not whole and _DECIMAL.fullmatch(bare):
        return float(bare.rstrip(" %").replace(",", "").replace("−", "-")), "final"
    raise SourceError(_wrong(written, bare, whole=whole), file=file, line=line, column=column)


def _wrong(written: str, bare: str, *, whole: bool) -> str:
    if written.startswith("="):
        return f"'{written}' is a formula; put its value there (paste special, values)"
    if whole and _DECIMAL.fullmatch(bare):
        return f"'{written}' is not a whole number; map the column as `value`, or name another"
    return (
        f"'{written}' is no number; if it marks a missing figure, say so under `missing` in the "
        f"mapping, such as '{written}': suppressed{without_equal(written)}"
    )


def joined_events(
    events: Sequence[tuple[str, Period, float | None, int]], measure: str, sheet: str, note: str
) -> list[Figure]:
    """Put events together by area and period.

    Parameters
    ----------
    events
        Area, period, what the event counts for (nothing where it is not of the measure, None
        where its number is missing) and line.

    Notes
    -----
    An area that has rows in a period, none of which is of the measure, has none of it. An area
    without any row has no figure: the file may not reach there.
    """
    found: dict[tuple[str, Period], list[tuple[float | None, int]]] = {}
    for area, period, number, line in events:
        found.setdefault((area, period), []).append((number, line))
    return [
        Figure(
            area=area,
            period=period,
            measure=measure,
            number=_sum([number for number, _ in parts]),
            whole=True,
            denominator=None,
            status="not available" if any(n is None for n, _ in parts) else "final",
            line=parts[0][1],
            sheet=sheet,
            note=note,
        )
        for (area, period), parts in found.items()
    ]


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
