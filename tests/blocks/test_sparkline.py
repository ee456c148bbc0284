from __future__ import annotations

from cspanalysis.blocks.sparkline import sparkline


def test_missing_months_are_gaps_in_a_sparkline() -> None:
    assert str(sparkline([3, 4, 5, None, 6, 7])).count("<path") == 2
    assert str(sparkline([3, 4, 5, 6, 7])).count("<path") == 1
    assert str(sparkline([3, None, 4])) == ""
