"""Numbers as people write them in a sentence, and how near an actual number must lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "FRACTION", "HEDGE", "NUMBER", "ORDINALS", "PERCENT", "WORDS", "Hedge", "Written", "read",
    "read_fraction",
]  # fmt: skip

WORDS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty
    """.split()  # noqa: SIM905
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)
_PARTS = {"tenth": 10, "eighth": 8, "sixth": 6, "fifth": 5, "quarter": 4, "third": 3, "half": 2}
Hedge = Literal["", "about", "over", "under", "at least", "at most"]
_HEDGED: tuple[tuple[Hedge, str], ...] = (
    ("about", "about|around|roughly|approximately|some|circa|in the region of|broadly|barely|"
     "scarcely"),
    ("under", "nearly|almost|just under|close to|up to|a little under"),
    ("over", "past|just over|passed|topped|surpassed|breached|broke through|a little over"),
    ("at most", "under|below|less than|fewer than|well under|no more than|at most"),
    ("at least", "over|above|more than|at least|exceeded|well over|in excess of|upwards of|"
     "no fewer than"),
)  # fmt: skip
_HEDGES = {word: hedge for hedge, words in _HEDGED for word in words.split("|")}
_REACH: Mapping[Hedge, tuple[float, float]] = {
    "over": (1.0, 1.2), "under": (0.8, 1.0), "at least": (1.0, 2.0), "at most": (0.5, 1.0),
}  # fmt: skip
"""How many times a hedged number the actual one may be, least and most."""

NUMBER = r"(?:(?<!\d)(?<!\d[,.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,]*\d)|"
NUMBER += rf"\b(?:{'|'.join(WORDS)})\b)"
PERCENT = rf"{NUMBER}\s*(?:%|per\s?cent\b)"
FRACTION = (
    rf"(?:\b(?:(?:an?|one)[ -](?:{'|'.join(_PARTS)})|half|"
    rf"(?:{'|'.join(WORDS[2:10])})[ -](?:{'|'.join(_PARTS)})s)\b)"
)
HEDGE = (
    rf"(?:\b(?:{'|'.join(sorted(_HEDGES, key=len, reverse=True))})\s+(?:(?:an?|the)\s+(?=\d))?)?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """Hold a number as it was written.

    Parameters
    ----------
    value
        The number.
    step
        Half of the last place that was written: how far the actual number may lie from it.
    hedge
        "about", "over" (just over), "under" (nearly), "at least" or "at most", by the word before
        it; may be empty.
    """

    value: float
    step: float
    hedge: Hedge = ""

    def fits(self, actual: float, *, exact: bool = False) -> bool:
        """Tell whether an actual number is what was written.

        A plain number allows for rounding to the places written, none with `exact` (counts);
        "about" allows for a twentieth of it (or 1.5) more; "over" and "under" for a fifth on
        their side, "at least" for twice it and "at most" for half.
        """
        slack = 0.0 if exact else self.step
        if self.hedge == "about":
            slack += max(self.value / 20, 1.5)
        low, high = _REACH.get(self.hedge, (1.0, 1.0))
        slack += 1e-9
        return low * self.value - slack <= actual <= high * self.value + slack


def read(text: str) -> Written:
    """Read a number, with its hedge before it.

    Examples
    --------
    >>> read("about 2,400"), read("4.4"), read("nine")
    (Written(value=2400.0, step=0.5, hedge='about'), Written(value=4.4, step=0.05, hedge=''),
     Written(value=9.0, step=0.5, hedge=''))
    """
    found = re.search(NUMBER, text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"no number in '{text}'")
    digits = found[0].replace(",", "").lower()
    value = float(WORDS.index(digits)) if digits in WORDS else float(digits)
    decimals = len(digits.partition(".")[2]) if digits not in WORDS else 0
    return Written(value, 0.5 / 10**decimals, _hedge(text[: found.start()]))


def read_fraction(text: str) -> Written:
    """Read a fraction as a percentage; people say "a third" of anything that is near it."""
    words = text.lower().replace("-", " ")
    found = re.search(FRACTION, words)
    if found is None:
        raise ValueError(f"no fraction in '{text}'")
    first, part = found[0].split()[0], found[0].split()[-1].removesuffix("s")
    value = 100 * (WORDS.index(first) if first in WORDS else 1) / _PARTS[part]
    hedge = _hedge(words[: found.start()])
    step = 0.5 if hedge in _REACH else min(max(2.0, value / 14), 3.5)
    return Written(value, step, hedge)


def _hedge(before: str) -> Hedge:
    names = sorted(_HEDGES, key=len, reverse=True)
    words = before.lower()
    return next((_HEDGES[n] for n in names if re.search(rf"\b{n}\b", words)), "")
