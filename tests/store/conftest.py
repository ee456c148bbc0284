"""What several tests of the store need."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data folder of its own; what is in ``counts`` counts as shipped."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "reference").symlink_to(Path(__file__).parents[2] / "data" / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    return data
