"""Numbers as people write them in a sentence, and how near an actual number must lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["FRACTION", "HEDGE", "NUMBER", "PERCENT", "WORDS", "Written", "read", "read_fraction"]

WORDS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty
    """.split()  # noqa: SIM905
)
_FRACTIONS = {
    "tenth": 10.0,
    "eighth": 12.5,
    "sixth": 100 / 6,
    "fifth": 20.0,
    "quarter": 25.0,
    "third": 100 / 3,
    "half": 50.0,
    "two thirds": 200 / 3,
    "two fifths": 40.0,
    "three quarters": 75.0,
    "three fifths": 60.0,
}
_HEDGES: dict[str, Literal["about", "over", "under"]] = {
    "about": "about", "around": "about", "roughly": "about", "approximately": "about",
    "some": "about", "nearly": "under", "almost": "under", "just under": "under",
    "under": "under", "below": "under", "past": "over", "less than": "under", "over": "over",
    "more than": "over",
    "just over": "over", "at least": "over", "passed": "over", "exceeded": "over",
    "topped": "over", "surpassed": "over", "breached": "over", "broke through": "over",
    "fewer than": "under", "close to": "under", "up to": "under", "well under": "under",
    "a little under": "under", "no more than": "under", "at most": "under", "well over": "over",
    "a little over": "over", "in excess of": "over", "upwards of": "over", "above": "over",
    "no fewer than": "over", "circa": "about", "in the region of": "about", "broadly": "about",
}  # fmt: skip

NUMBER = r"(?:(?<!\d)(?<!\d[,.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,]*\d)|"
NUMBER += rf"\b(?:{'|'.join(WORDS)})\b)"
PERCENT = rf"{NUMBER}\s*(?:%|per\s?cent\b)"
FRACTION = (
    r"(?:(?:an?|one)[ -](?:tenth|eighth|sixth|fifth|quarter|third|half)|half|two[ -]thirds|"
    r"two[ -]fifths|three[ -]quarters|three[ -]fifths)\b"
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
        "about", "over" or "under" where such a word goes before it; may be empty.
    """

    value: float
    step: float
    hedge: Literal["", "about", "over", "under"] = ""

    def fits(self, actual: float, *, exact: bool = False) -> bool:
        """Tell whether an actual number is what was written.

        A plain number allows for rounding to the places written, none with `exact` (counts);
        "about" allows for a twentieth of it (or 1.5) more; "over" and "under" for a fifth on
        their side.
        """
        slack = 0.0 if exact else self.step
        if self.hedge == "about":
            slack += max(self.value / 20, 1.5)
        if self.hedge == "over":
            return self.value - slack <= actual <= 1.2 * self.value + slack
        if self.hedge == "under":
            return 0.8 * self.value - slack <= actual <= self.value + slack
        return abs(actual - self.value) <= slack + 1e-9


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
    """Read a fraction as a percentage; people say "a third" of anything within three points."""
    words = text.lower().replace("-", " ")
    names = sorted(_FRACTIONS, key=len, reverse=True)
    name = next(name for name in names if name in words)
    hedge = _hedge(words.partition(name)[0])
    return Written(_FRACTIONS[name], 0.5 if hedge in {"over", "under"} else 2.0, hedge)


def _hedge(before: str) -> Literal["", "about", "over", "under"]:
    names = sorted(_HEDGES, key=len, reverse=True)
    words = before.lower()
    return next((_HEDGES[n] for n in names if re.search(rf"\b{n}\b", words)), "")
