"""Counts by ward, and the busiest small areas, as far as they may be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    SUPPRESSED,
    count_text,
    number_word,
    percent_text,
    rate_text,
    signed_text,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["busiest_table", "change_written", "ward_table", "written"]

_KEPT_BACK = "Counts are kept back: with those of the wards they would give small ones away."


def ward_table(where: Where) -> Block:
    """Show the counts of each ward in the baseline period and the period, the fullest first.

    In a public edition small counts read "[c]", and so do others that would give them away.
    """
    import pandas as pd

    wards = where.wards
    columns: dict[str, Sequence[object]] = {where.part.capitalize(): list(wards["name"])}
    if not where.places["before"].isna().all():
        columns[where.baseline.label] = _counts(wards["before"], where.sums["before"])
    columns[where.period.label] = _counts(wards["after"], where.sums["after"])
    if where.per:
        columns[f"Per 1,000 {where.per}"] = _cells(wards["rate"], where.sums["after"])
        columns["Place by rate"] = _counts(wards["rank"], where.sums["after"])
        columns["Chance above all"] = _chances(wards["exceeds"], where.sums["after"])
    if (wards["verdict"] != "").any():
        columns["Change"] = _changes(wards, where.sums["after"] - where.sums["before"])
    frame = pd.DataFrame(columns)
    formats = {name: written for name in frame.columns[1:] if name != "Change"}
    formats["Change"] = change_written
    return table(frame, caption=_ward_caption(where), notes=_ward_notes(where), formats=formats)


def busiest_table(where: Where) -> Block:
    """Show the busiest tenth of the small areas and whether they were among it before.

    Nothing where no place stands out. Counts are left out where, with those of the wards, they
    would give small ones away.
    """
    busiest = where.busiest
    if busiest.empty:
        return Block("", "")
    if not where.busiest_counts_shown:
        busiest = busiest.sort_values("name").drop(columns="after")
    names = {"name": "Small area", "ward_name": "Ward", "after": where.period.label}
    if not where.nested:
        busiest = busiest.drop(columns="name").rename(columns={"ward_name": "name"})
    frame: pd.DataFrame = busiest.drop(columns="stays").rename(columns=names)
    if not busiest["stays"].isna().all():
        frame[f"Among the busiest in {where.baseline.label}"] = [
            NOT_AVAILABLE if missing else "yes" if stays else "no"
            for stays, missing in zip(busiest["stays"], busiest["stays"].isna(), strict=True)
        ]
    notes = [] if where.busiest_counts_shown else [_KEPT_BACK]
    return table(frame, caption=_busiest_caption(where), notes=notes)


def _counts(counts: pd.Series, held: pd.Series) -> list[object]:
    return [int(n) if isinstance(n, float) else n for n in _cells(counts, held)]


def _cells(values: pd.Series, held: pd.Series) -> list[object]:
    """Give values; where one is missing, whether it is kept back or not known: ``held`` tells."""
    known = held.reindex(values.index).notna()
    return [
        value if value is not None else SUPPRESSED if there else NOT_AVAILABLE
        for value, there in zip(_plain(values), known, strict=True)
    ]


def _changes(wards: pd.DataFrame, held: pd.Series) -> list[object]:
    """Give each change as a number; a clear one with its word."""
    found: list[object] = []
    changes = _counts(wards["after"] - wards["before"], held)
    for change, word in zip(changes, wards["verdict"], strict=True):
        clear = isinstance(change, int) and word in {"higher", "lower"}
        found.append(f"{change_written(change)} {word}" if clear else change)
    return found


def _chances(chances: pd.Series, held: pd.Series) -> list[object]:
    return [
        percent_text(_near(one)) if isinstance(one, float) else one for one in _cells(chances, held)
    ]


def _near(chance: float) -> int:
    """Round a chance to whole percent, never to 0 or 100: nothing is certain."""
    return min(99, max(1, round(100 * chance)))


def change_written(value: object) -> str:
    """Write a change with its sign; shorthand as it is."""
    return signed_text(value) if isinstance(value, int) else str(value)


def _plain(values: pd.Series) -> list[float | None]:
    return [None if missing else float(v) for v, missing in zip(values, values.isna(), strict=True)]


def written(value: object) -> str:
    """Write a count or a rate; shorthand as it is."""
    if isinstance(value, int):
        return count_text(value)
    return rate_text(value) if isinstance(value, float) else str(value)


def _ward_caption(where: Where) -> str:
    needed = where.half_of_wards
    if needed is None:
        return f"{where.measure.label} by {where.part}"
    hold = "holds" if needed == 1 else "hold"
    few = number_word(needed).capitalize()
    parts = f"{count_text(len(where.wards))} {where.part}s"
    return f"{few} of {parts} {hold} half of {where.measure.phrase}"


def _ward_notes(where: Where) -> list[str]:
    notes = [
        "A ward is made up of the small areas (LSOAs) that fit it best."
        if where.nested
        else "Small areas (LSOAs) span several wards here. After 'around' stands the ward that "
        "each fits best, which is a part of it."
    ]
    kept = where.wards[["before", "after"]].isna() & where.sums.notna()
    if kept.any(axis=None):
        notes.append(
            f"{SUPPRESSED}: kept back. {where.rules.why} A few others are left out because they "
            "would give the small ones away."
        )
    lacking = where.sums.loc[:, where.sums.notna().any()].isna()
    if lacking.any(axis=None):
        notes.append(
            f"A {where.part} that holds a part of a small area "
            "divided in 2021 has no count for months recorded by the areas before: the parts' "
            "shares are not known."
        )
    if where.edition == "public" and where.rules.said_of_rounding:
        notes.append(where.rules.said_of_rounding)
    if where.per:
        notes.append(
            "Rates count households. Business premises are none, so shopping areas read high."
            if "household" in where.per
            else "Rates are per people who live there. Where many come from elsewhere, as in a "
            f"town centre, they read high. A {where.part} has the share of the council's residents "
            "that it had in mid-2020."
        )
        notes.append(
            "Chance above all: how likely the rate is above that of all rows shown together. "
            "Counts of small places swing, so their rates are drawn towards the others first."
        )
    if (where.wards["verdict"] != "").any():
        notes.append(
            "Change: a clear one bears the word higher or lower. All rows are tested together, and "
            "the test allows for the area's usual ups and downs."
        )
    return notes


def _busiest_caption(where: Where) -> str:
    number = len(where.busiest)
    top = "busiest" if number == 1 else f"{number_word(number)} busiest"
    if where.busiest_share is None:
        areas = "small area" if number == 1 else "small areas"
        return f"The {top} {areas} for {where.measure.phrase}"
    hold = "holds" if number == 1 else "hold"
    return (
        f"The {top} of {count_text(int(where.places['after'].count()))} small areas {hold} "
        f"{percent_text(where.busiest_share)} of {where.measure.phrase}"
    )
