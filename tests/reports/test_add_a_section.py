"""docs/add-a-section.md does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cspanalysis import Assessment

PAGE = Path(__file__).parents[2] / "docs" / "add-a-section.md"


def test_every_step_of_the_page_works(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(steps) == 4
    monkeypatch.setattr(Assessment, "above_median", None, raising=False)  # taken away afterwards
    names: dict[str, Any] = {}
    for step in steps:
        exec(compile(step, str(PAGE), "exec"), names)
    assert names["report"].above_median().text.startswith("Of ")
