"""Numbers as people read them: limits of intervals that lie near no change."""

from __future__ import annotations

import pytest

from cspanalysis.findings.wording.numbers import change_limits_text, ratio_limits_text
from cspanalysis.methods import compare


@pytest.mark.parametrize(
    ("lower", "upper", "ratio", "percent"),
    [
        (0.62, 0.9996, "0.62 to 0.9996", "−38 to −0.04 %"),
        (1.004, 2.33, "1.004 to 2.33", "+0.4 to +133 %"),
        (0.998, 1.0, "0.998 to 1.00", "−0.2 to 0 %"),
        (0.9, 1.1, "0.90 to 1.10", "−10 to +10 %"),
        (None, None, "[x] to [x]", "[x] to [x]"),
        (0.5, float("inf"), "0.50 to no upper limit", None),
    ],
)
def test_a_limit_that_is_not_no_change_does_not_read_as_none(
    lower: float | None, upper: float | None, ratio: str, percent: str | None
) -> None:
    assert ratio_limits_text(lower, upper) == ratio
    if percent is not None:
        told = change_limits_text(lower, upper).replace("\N{NO-BREAK SPACE}", " ")
        assert told == percent


def test_shoplifting_in_sunderland_excludes_no_change_and_reads_so() -> None:
    # December 2022 to February 2023 against a year before, with the noise of its months.
    found = compare(407, 624, dispersion=10.8, freedom=34)
    low, high = found["lower"].iloc[0], found["upper"].iloc[0]
    assert (f"{low:.2f}", found["p_value"].iloc[0] < 0.05) == ("1.00", True)
    assert ratio_limits_text(low, high).startswith("1.00")
    assert not ratio_limits_text(low, high).startswith("1.00 ")
