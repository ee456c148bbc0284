"""The words of a change: what each means, how many chance alone would give, what would show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_period,
    number_word,
    percent_text,
    signed_percent_text,
)
from cspanalysis.vocabulary.listed import joined, many

__all__ = [
    "chance_sentence",
    "change_words_key",
    "message",
    "possible_sentence",
    "shown_from",
    "visible_text",
]

_ALPHA = 0.05
_LARGEST = 4.0
"""A rise that would have to be larger is said in words alone."""


def visible_text(change: Change) -> str:
    """Write the smallest changes that would have shown, beside "can't tell"; empty elsewhere.

    Examples
    --------
    "(+16 %, −14 %)".
    """
    up, down = change.visible
    if change.verdict != "can't tell" or up is None:
        return ""
    rise = f"over\N{NO-BREAK SPACE}×{_LARGEST:.0f}" if up > _LARGEST else _size(up)
    return f"({rise}{'' if down is None else f', {_size(down)}'})"


def shown_from(change: Change) -> str:
    """Say what the smallest changes are that would have shown; empty where none is known.

    Examples
    --------
    "a rise of 16 % or a fall of 14 %".
    """
    up, down = change.visible
    if up is None:
        return ""
    rise = f"a rise to over {_LARGEST:.0f} times" if up > _LARGEST else f"a rise of {_amount(up)}"
    return rise if down is None else f"{rise} or a fall of {_amount(down)}"


def message(change: Change) -> str:
    """Say in one line what can be said of a change: its counts, and what they bear.

    Examples
    --------
    "Burglary: 869 in 2022, then 806; only a fall of 29 % would have shown".
    """
    measure = change.measure
    name, verb = (
        f"{measure.phrase[:1].upper()}{measure.phrase[1:]}",
        "are" if measure.plural else "is",
    )
    if change.after is None:
        return f"{name}: the number {in_period(change.period)} is not known"
    if change.before is None:
        return f"{name}: {count_text(change.after)} {in_period(change.period)}"
    counts = (
        f"{count_text(change.before)} {in_period(change.baseline)}, then {count_text(change.after)}"
    )
    if change.refused:
        return f"{name}: {counts}, which can't be compared"
    if change.verdict != "can't tell":
        clearly = "clearly " if change.stands_out else ""
        return f"{name} {verb} {clearly}{change.verdict}: {counts}"
    shown = _shown_that_way(change)
    told = f"; only {shown} would have shown" if shown else ", which can't be told apart"
    return f"{name}: {counts}{told}"


def _shown_that_way(change: Change) -> str:
    """Say what would have shown of a change the way that the counts went."""
    up, down = change.visible
    fell = (change.after or 0) < (change.before or 0)
    if fell and down is not None:
        return f"a fall of {_amount(down)}"
    return "" if fell or up is None else shown_from(replace(change, visible=(up, None)))


def change_words_key(changes: Sequence[Change]) -> list[str]:
    """Say what the words of a table mean, those that it holds."""
    said = []
    if text := _by_chance(changes):
        said.append(text)
    if any(change.verdict == "steady" for change in changes):
        said.append(
            "Steady: the interval lies within a tenth of the earlier level, so no change that "
            "matters is hidden in it."
        )
    if any(visible_text(change) for change in changes):
        said.append(
            "Can't tell: in brackets, the smallest rise and the smallest fall that would have "
            "shown (four times in five)."
        )
    return said


def _by_chance(changes: Sequence[Change]) -> str:
    """Say how many possible changes chance alone would give among so many lines."""
    tested = [c for c in changes if c.p_value is not None and not c.total]
    if not any(change.possible for change in changes):
        return ""
    if len(tested) == 1:
        return (
            "Possibly: the interval of the line excludes no change; where nothing changed, chance "
            f"alone gives such a word once in {1 / _ALPHA:.0f} lines."
        )
    return (
        "Possibly: the interval of the line excludes no change, but among "
        f"{many(len(tested), 'line')} chance alone would give about "
        f"{_expected(tested)} such words."
    )


def chance_sentence(changes: Sequence[Change]) -> str:
    """Say how many measures possibly changed, and how many would by chance; empty where none did.

    Examples
    --------
    "One of 14 measures may have moved; chance alone would give about 0.7."
    """
    tested = [c for c in changes if c.p_value is not None and not c.total]
    possible = sum(change.possible for change in tested)
    if not possible or len(tested) == 1:
        return ""
    moved = f"{number_word(possible)} of {number_word(len(tested))} measures may have moved"
    return f"{moved[:1].upper()}{moved[1:]}; chance alone would give about {_expected(tested)}."


def _expected(tested: Sequence[Change]) -> str:
    return f"{_ALPHA * len(tested):.1f}"


def possible_sentence(changes: Sequence[Change], *, counts: bool = False) -> str:
    """Name the possible changes of a table by side; empty where there are none."""
    sides = []
    for way in ("higher", "lower"):
        found = [c for c in changes if c.verdict == f"possibly {way}" and not c.total]
        named = [f"{c.measure.phrase}{_counts(c) if counts else ''}" for c in found]
        if named:
            sides.append(f"possibly {way}: {joined(named)}")
    text = "; ".join(sides)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _counts(change: Change) -> str:
    return f" ({count_text(change.before)} to {count_text(change.after)})"


def _amount(ratio: float) -> str:
    return percent_text(round(100 * abs(ratio - 1)))


def _size(ratio: float) -> str:
    return signed_percent_text(round(100 * (ratio - 1)))
