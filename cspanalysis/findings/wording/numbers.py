"""Numbers as people read them, in tables and in sentences.

Every text here keeps its parts together with no-break spaces, uses a real minus sign and gives
no more decimals than carry meaning.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from cspanalysis.vocabulary import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import TypeIs

__all__ = [
    "NOT_APPLICABLE",
    "NOT_AVAILABLE",
    "SUPPRESSED",
    "TO_BE_CONFIRMED",
    "change_limits_text",
    "count_text",
    "day_text",
    "in_held",
    "in_period",
    "interval_text",
    "number_word",
    "percent_text",
    "period_text",
    "probability_text",
    "rate_text",
    "ratio_limits_text",
    "ratio_text",
    "signed_percent_text",
    "signed_text",
    "size_phrase",
]

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"
NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"
SUPPRESSED = "[c]"
TO_BE_CONFIRMED = "to be confirmed"

_SMALL = "zero one two three four five six seven eight nine".split(" ")  # noqa: SIM905
_FRACTIONS = (
    (0.20, "a fifth"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.50, "half"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
)


def count_text(count: float | None) -> str:
    """Write a count with thousands separators; ``[x]`` where it is missing.

    Examples
    --------
    >>> count_text(2433), count_text(None)
    ('2,433', '[x]')
    """
    return _signed(f"{count:,.0f}") if _known(count) else NOT_AVAILABLE


def signed_text(difference: float | None) -> str:
    """Write a difference of counts with its sign; ``[x]`` where it is missing.

    Examples
    --------
    >>> signed_text(103), signed_text(-11), signed_text(0)
    ('+103', '−11', '0')
    """
    if not _known(difference):
        return NOT_AVAILABLE
    return "0" if difference == 0 else _signed(f"{difference:+,.0f}")


def percent_text(percent: float | None) -> str:
    r"""Write a percentage: one decimal below ten, whole numbers from there on.

    Examples
    --------
    >>> percent_text(4.4206), percent_text(9.967), percent_text(-18.97), percent_text(-0.01)
    ('4.4\xa0%', '10\xa0%', '−19\xa0%', '0\xa0%')
    """
    return f"{_signed(_digits(percent))}{SPACE}%" if _known(percent) else NOT_AVAILABLE


def signed_percent_text(percent: float | None) -> str:
    r"""Write a percentage with its sign, plus included.

    Examples
    --------
    >>> signed_percent_text(15.0), signed_percent_text(-5.0), signed_percent_text(0.0)
    ('+15\xa0%', '−5\xa0%', '0\xa0%')
    """
    text = percent_text(percent)
    unsigned = text[0] in f"{MINUS}[" or text == percent_text(0)
    return text if unsigned else f"+{text}"


def ratio_text(ratio: float | None) -> str:
    """Write a ratio with two decimals, one from ten on.

    Examples
    --------
    >>> ratio_text(1.0442), ratio_text(12.345)
    ('1.04', '12.3')
    """
    if not _known(ratio):
        return NOT_AVAILABLE
    if math.isinf(ratio):
        return "no upper limit"
    return f"{ratio:.{1 if ratio >= 10 else 2}f}"


def ratio_limits_text(lower: float | None, upper: float | None) -> str:
    """Write the interval of a ratio, with as many decimals as tell a limit from no change.

    Examples
    --------
    >>> ratio_limits_text(0.987, 1.106), ratio_limits_text(1.003, 2.33)
    ('0.99 to 1.11', '1.003 to 2.33')
    """
    return interval_text(*(_off(limit, 1.0, ratio_text) for limit in (lower, upper)))


def change_limits_text(lower: float | None, upper: float | None) -> str:
    r"""Write the interval of a ratio as one of changes in percent, told from no change likewise.

    Examples
    --------
    >>> change_limits_text(0.984, 1.171), change_limits_text(1.0004, 2.33)
    ('−1.6 to +17\xa0%', '+0.04 to +133\xa0%')
    """
    percents = (None if limit is None else 100 * (limit - 1) for limit in (lower, upper))
    return interval_text(*(_off(limit, 0.0, signed_percent_text) for limit in percents))


def _off(value: float | None, none: float, text: Callable[[float | None], str]) -> str:
    """Write a number, with more decimals than usual where it would read as no change."""
    written = text(value)
    if not _known(value) or value == none or written != text(none):
        return written
    for decimals in (2, 3, 4):
        digits = f"{value:.{decimals}f}"
        if float(digits) != none:
            break
    if none:
        return digits
    return f"{'+' if value > 0 else ''}{_signed(digits)}{SPACE}%"


def probability_text(p: float) -> str:
    """Write a p-value with two decimals, more of small ones.

    Examples
    --------
    >>> [probability_text(p) for p in (0.9754, 0.0430, 0.00124, 0.000003)]
    ['0.98', '0.043', '0.0012', 'below 0.0001']
    """
    if p < 0.0001:
        return "below 0.0001"
    return f"{p:.{2 if p >= 0.1 else 3 if p >= 0.01 else 4}f}"


def rate_text(rate: float | None) -> str:
    """Write a rate with one decimal, two below one, none from a hundred on.

    Examples
    --------
    >>> rate_text(13.94), rate_text(0.0971), rate_text(123.4)
    ('13.9', '0.10', '123')
    """
    if not _known(rate):
        return NOT_AVAILABLE
    decimals = 2 if abs(rate) < 1 else 1 if abs(rate) < 100 else 0
    return f"{rate:,.{decimals}f}"


def interval_text(lower: str, upper: str) -> str:
    r"""Write an interval of two written numbers; a shared per cent sign is said once.

    Examples
    --------
    >>> interval_text("0.99", "1.11"), interval_text("16\xa0%", "51\xa0%")
    ('0.99 to 1.11', '16 to 51\xa0%')
    """
    percent = f"{SPACE}%"
    if lower.endswith(percent) and upper.endswith(percent):
        lower = lower.removesuffix(percent)
    return f"{lower} to {upper}"


def day_text(written: str) -> str:
    """Write days and months given as digits as people write them; other text stays as it is.

    Examples
    --------
    >>> day_text("2023-12"), day_text("2020-03-23"), day_text("first edition")
    ('December 2023', '23 March 2020', 'first edition')
    >>> day_text("2021-08, 2022-03 and 2023-12")
    'August 2021, March 2022 and December 2023'
    """
    return re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?\b", _day_text, written)


def _day_text(written: re.Match[str]) -> str:
    year, month, day = written.groups()
    label = Period.parse(f"{year}-{month}").label
    return f"{int(day)} {label}" if day else label


def number_word(number: int) -> str:
    """Write a whole number below ten as a word, a greater one in figures.

    Examples
    --------
    >>> number_word(9), number_word(10)
    ('nine', '10')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def size_phrase(percent: float) -> str:
    r"""Write the size of a change, without its direction, as people say it.

    A fraction where one is near (within 1.5 percentage points), else the percentage; what is
    nearly all is not rounded up to all.

    Examples
    --------
    >>> size_phrase(32.2), size_phrase(-49.2), size_phrase(9.42)
    ('about a third', 'about half', '9.4\xa0%')
    >>> size_phrase(-99.9), size_phrase(-100)
    ('more than 99\xa0%', '100\xa0%')
    """
    size = abs(percent)
    for fraction, words in _FRACTIONS:
        if abs(size - 100 * fraction) <= 1.5:
            return f"about {words}"
    return f"more than {percent_text(99)}" if 99.5 <= size < 99.9999 else percent_text(size)


def period_text(period: Period) -> str:
    """Write a period as a thing, to stand inside a sentence.

    Examples
    --------
    >>> period_text(Period.parse("2019")), period_text(Period.parse("12m-to-2023-12"))
    ('2019', 'the 12 months to December 2023')
    """
    return f"the {period.label}" if period.label.startswith("12 months") else period.label


def in_period(period: Period) -> str:
    """Write when something happened, to stand inside a sentence.

    Examples
    --------
    >>> in_period(Period.parse("2019")), in_period(Period.parse("2017-04..2017-06"))
    ('in 2019', 'from April to June 2017')
    >>> in_period(Period.parse("12m-to-2023-12"))
    'in the 12 months to December 2023'
    """
    if period.label.startswith("12 months"):
        return f"in the {period.label}"
    return f"from {period.label}" if " to " in period.label else f"in {period.label}"


def in_held(period: Period, missing: str) -> str:
    """Write when something happened of which some months may be missing.

    Examples
    --------
    >>> in_held(Period.parse("2019"), ""), in_held(Period.parse("2019"), "July 2019")
    ('in 2019', 'in those months of 2019 that are held')
    >>> in_held(Period.parse("2022-01..2022-06"), "June 2022")
    'in those months of January to June 2022 that are held'
    """
    of = f"the {period.label}" if period.label.startswith("12 months") else period.label
    return f"in those months of {of} that are held" if missing else in_period(period)


def _known(value: float | None) -> TypeIs[float]:
    return value is not None and not math.isnan(value)


def _digits(percent: float) -> str:
    decimals = 1 if abs(percent) < 9.95 else 0
    digits = f"{percent:,.{decimals}f}"
    return "0" if float(digits.replace(",", "")) == 0 else digits.removesuffix(".0")


def _signed(digits: str) -> str:
    return digits.replace("-", MINUS)
