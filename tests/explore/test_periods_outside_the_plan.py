"""What is told of small areas in a period that the plan doesn't name: its plan is made first."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment


def test_no_class_of_a_small_area_is_published_of_a_period_that_the_plan_does_not_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    luton = Assessment.open("luton", "2023")
    sensitive = Assessment.open("luton", "2023", edition="sensitive", store=luton.store)
    violence, spring = "violence-and-sexual-offences", "2023-04..2023-06"
    assert "<figure" in luton.map(violence, show="count", period=spring).html
    monkeypatch.setenv("CSPANALYSIS_READS", str(tmp_path / "reads"))
    in_a_run = Assessment.open("luton", "2023", store=luton.store)
    kept = in_a_run.map(violence, show="count", period=spring)
    assert "no map by small area of Luton: beside other figures even its classes" in kept.text
    assert "<figure" not in kept.html
    at = in_a_run.look(violence, at="Luton 010A", period=spring).text
    assert "Kept back from April to June 2023, and so is its class on a map." in at
    assert "<figure" in sensitive.map(violence, show="count", period=spring).html
    assert "<figure" in in_a_run.map(violence, show="count", period="2023-Q4").html
