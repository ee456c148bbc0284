"""Shortfalls in words: what a comparison bears of them, and which verdicts they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from cspanalysis.evidence.figures import Caveat, Verdict
from cspanalysis.evidence.shortfalls import Shortfall
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.wording.caveats import PUT_BACK
from cspanalysis.findings.wording.numbers import (
    count_text,
    day_text,
    in_period,
    percent_text,
    signed_percent_text,
)
from cspanalysis.store.shortened import ShortMonth
from cspanalysis.vocabulary.listed import joined, months_text

__all__ = ["held_to", "restored_word", "shortfall_caveats"]

_COULD_MAKE_IT = "What is missing of the police files could make this change by itself."
_WORTH = 1.0
"""Percentage points by which a change must read otherwise to be told line by line."""


def shortfall_caveats(lacking: Shortfall) -> tuple[Caveat, ...]:
    """Say of a whole comparison which months and years are short, and by how much."""
    texts = [_short_text(lacking.short)] if lacking.short else []
    if lacking.years:
        texts.append(_years_text(lacking))
    return tuple(Caveat("coverage", text) for text in texts)


def held_to(change: Change, restored: Change | None) -> Change:
    """Hold a change to what it would be without a shortfall.

    The size of the effect stands as a caveat. A word that the shortfall could make is refused; one
    that it could make surer is given as possible.
    """
    if restored is None or change.refused:
        return change
    word = restored_word(change.verdict, restored.verdict)
    told = _effect(change, restored)
    if told and _differs(change, restored):
        caveats = (Caveat("shortfall", told), *change.caveats)
        change = replace(change, caveats=caveats, readings=_readings(change, restored))
    if word is None:
        return replace(
            change,
            refused=_COULD_MAKE_IT,
            verdict=None,
            percent_change=None,
            ratio=None,
            lower=None,
            upper=None,
            p_value=None,
            p_adjusted=None,
            visible=(None, None),
        )
    return replace(change, verdict=word)


def restored_word(word: Verdict | None, restored: Verdict | None) -> Verdict | None:
    """Give the word that stands whether or not a shortfall is put right; None where none does.

    Examples
    --------
    >>> restored_word("higher", "possibly higher"), restored_word("lower", "can't tell")
    ('possibly higher', None)
    >>> restored_word("can't tell", "lower"), restored_word("steady", "can't tell")
    ("can't tell", "can't tell")
    """
    if word is None or word == restored or word == "can't tell":
        return word
    if word == "steady":
        return "can't tell"
    way = word.removeprefix("possibly ")
    if restored is not None and restored.endswith(way):
        return cast("Verdict", f"possibly {way}")
    return None


def _differs(change: Change, restored: Change) -> bool:
    """Tell whether the effect is worth telling of one line."""
    if change.percent_change is None or restored.percent_change is None:
        return False
    return abs(change.percent_change - restored.percent_change) >= _WORTH


def _readings(change: Change, restored: Change) -> tuple[float, float] | None:
    recorded, mended = change.percent_change, restored.percent_change
    return None if recorded is None or mended is None else (recorded, mended)


def _effect(change: Change, restored: Change) -> str:
    """Say how a change reads without the shortfall; empty where no percentages are printed."""
    before = change.before or 0
    if change.percent_change is None or restored.percent_change is None or before < MINIMUM_BASE:
        return ""
    return (
        f"{PUT_BACK}{change.measure.phrase} would read "
        f"{signed_percent_text(restored.percent_change)} rather than "
        f"{signed_percent_text(change.percent_change)}."
    )


def _short_text(short: Sequence[ShortMonth]) -> str:
    months = months_text([one.month for one in short])
    held, was = (sum(getattr(one, name) for one in short) for name in ("held", "was"))
    verb = "is" if len(short) == 1 else "are"
    editions = joined(sorted({day_text(one.earlier) for one in short}))
    return (
        f"{months} {verb} short in the police files: the force's crimes with a location come to "
        f"{count_text(held)}, against {count_text(was)} as published in {editions} "
        f"({percent_text(100 * (1 - held / was))} fewer). Usual ranges and steps leave such months "
        "out."
    )


def _years_text(lacking: Shortfall) -> str:
    named = joined(
        [f"{percent_text(100 * share)} {in_period(year)}" for year, share in lacking.years]
    )
    before, after = lacking.shares
    way = "high" if after > before else "low"
    return (
        f"The force's files hold {named} of the crimes that official totals count. A change reads "
        f"about {percent_text(100 * abs(after / before - 1))} too {way} for that."
    )
