"""Published samples, made once for all tests of this folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cspanalysis.publication import publish
from tests.samples import HOSTILE, SEEDS, bedford, notebook, wokingham, wycombe


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of published samples: Bedford with months, and one with a hostile name."""
    folder = tmp_path_factory.mktemp("outputs")
    made = {"bedford/2023": bedford(), "hostile/2023": bedford(HOSTILE)}
    if SEEDS.is_file():
        made |= {"wycombe/2017-04-to-2017-06": wycombe(), "wokingham/2019": wokingham()}
    for slug, blocks in made.items():
        executed = notebook(blocks, folder / slug / "performance-report.ipynb")
        publish(executed, executed.parent)
    return folder


@pytest.fixture(scope="session")
def report(site: Path) -> Path:
    """Give the Bedford report without its ending."""
    return site / "bedford" / "2023" / "performance-report"


@pytest.fixture(scope="session")
def seeds(site: Path) -> Path:
    """Give the folder, where the seed reports are in it."""
    if not SEEDS.is_file():
        reason = "the folder ../shared with the seed reports is not beside this checkout"
        if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
            pytest.fail(reason)
        pytest.skip(reason)
    return site
