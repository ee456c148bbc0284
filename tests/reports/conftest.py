"""What tests of reports share: a partnership file written by hand, and the report opened on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cspanalysis import StrategicAssessment
from cspanalysis.paths import data_folder
from cspanalysis.store import Store


@cache
def shipped() -> Store:
    """The shipped counts, read once: what hangs on the file alone differs from test to test."""
    return Store.open()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the shipped tables and counts, and no partnership."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("reference", "counts"):
        (folder / name).symlink_to(data_folder().resolve() / name)
    monkeypatch.setenv("CSPANALYSIS_DATA", str(folder))
    return folder


@pytest.fixture
def opened(data: Path) -> Callable[..., StrategicAssessment]:
    """Open Luton's assessment of 2023 on the text of a partnership file; None for no file."""

    def open_on(text: str | None, **options: str) -> StrategicAssessment:
        if text is not None:
            folder = data / "partnerships" / "luton"
            folder.mkdir(parents=True, exist_ok=True)
            head = "area: luton\nname: Luton Community Safety Partnership\n"
            (folder / "partnership.yml").write_text(head + text, encoding="utf-8")
        return StrategicAssessment.open("luton", "2023", store=shipped(), **options)

    return open_on
