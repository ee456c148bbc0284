"""What the tests of methods share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

# a mutant is tried with few examples, always the same ones
settings.register_profile("mutation", max_examples=15, deadline=None, derandomize=True)


@pytest.fixture(scope="session")
def reference(shared: Path) -> Callable[[str], pd.DataFrame]:
    """Read one file of published numbers; its first line says where they come from."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(shared / "reference_values" / f"{name}.csv", skiprows=1)

    return read
