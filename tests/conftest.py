"""What several tests need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real data and reference values beside the checkout."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        reason = "the folder ../shared with real data is not beside this checkout"
        if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
