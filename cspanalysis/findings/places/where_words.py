"""Where it was, in words: in full, and in the few sentences that stand beside a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.findings.places.wards import busiest_tenth, by_rate_sentence
from cspanalysis.findings.wording.numbers import count_text, in_period, number_word, period_text
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.findings.places.where import Where

__all__ = ["in_full", "in_short"]

_CHANGING = "Many places change from year to year."


def in_full(where: Where) -> tuple[str, ...]:
    """Say in how few places it was, in which wards, and whether they stay the same."""
    said = (
        *(_half(where), _fullest(where), _divided(where)),
        by_rate_sentence(where.wards, part=where.part),
        *(_moved(where) or _unmoved(where), _stays(where)),
    )
    return tuple(sentence for sentence in said if sentence)


def in_short(where: Where) -> str:
    """Say where it was beside a map, whose title and labels name the highest rates.

    What did not change, and what chance alone would give, is left to `in_full`.
    """
    said = (_half(where), _fullest(where), _unplaced(where), _moved(where), _stays_in_short(where))
    return " ".join(filter(None, said))


def _half(where: Where) -> str:
    return where.concentration.sentence if where.concentration else f"{where.title}."


def _fullest(where: Where) -> str:
    fullest = where.named
    if not fullest:
        return ""
    listed = joined([f"{name} ({count_text(count)})" for name, count in fullest.values()])
    parts, verb = (where.part, "was") if len(fullest) == 1 else (f"{where.part}s", "were")
    held = "that can be placed" if where.divided else "in all"
    return f"The {parts} with the most {verb} {listed}, of {count_text(where.total)} {held}."


def _unplaced(where: Where) -> str:
    """Say what the count of the area holds beyond that of the map; nothing where they are one."""
    if not where.divided:
        return ""
    return f"{count_text(where.divided)} more can't, as small areas there were divided in 2021."


def _divided(where: Where) -> str:
    """Say how many records no small area of today can be given; nothing where all can."""
    if not where.divided:
        return ""
    lie = "lies" if where.divided == 1 else "lie"
    return (
        f"{count_text(where.divided)} more {lie} in {where.part}s that hold a part of a small "
        "area divided in 2021: what was recorded before in both parts together can't be shared "
        "out, so those are not available."
    )


def _moved(where: Where) -> str:
    parts = []
    for word in ("higher", "lower"):
        names = list(where.wards.loc[where.wards["verdict"] == word, "name"])
        if names:
            parts.append(f"clearly {word} in {joined(names)}")
    return f"Against {period_text(where.baseline)}, counts were {joined(parts)}." if parts else ""


def _unmoved(where: Where) -> str:
    """Say that no ward changed clearly, where any was tested."""
    if not (where.wards["verdict"] != "").any():
        return ""
    return f"No {where.part} shows a clear change on {period_text(where.baseline)}."


def _followed(where: Where) -> int:
    """How many of the busiest have an earlier count."""
    return int(where.busiest["stays"].notna().sum())


def _stays(where: Where) -> str:
    first = _stays_in_short(where)
    kept, top = where.stable, _followed(where)
    if not first or kept is None or top == 1:
        return first
    before = where.places["before"].dropna()
    chance = top * int(busiest_tenth(before).sum()) / len(before)
    by_chance = f"chance alone would give about {number_word(max(1, round(chance)))}"
    kind = "Most places stay the same." if kept > 0.5 * top else _CHANGING
    return f"{first.rstrip('.')}; {by_chance}. {kind}"


def _stays_in_short(where: Where) -> str:
    """Say how many of the busiest were busy before as well; nothing where that isn't known."""
    if where.stable is None or where.busiest.empty:
        return ""
    top, kept = _followed(where), where.stable
    now, then = in_period(where.period), in_period(where.baseline)
    if top == 1:
        among = "was" if kept else "was not"
        return f"The busiest small area {now} {among} among the busiest {then}."
    were = "was" if kept == 1 else "were"
    known = "" if top == len(where.busiest) else " whose earlier counts are known"
    return (
        f"Of the {number_word(top)} busiest small areas {now}{known}, "
        f"{number_word(kept) if kept else 'none'} {were} among the busiest {then} as well."
    )
