"""Published samples, made once for all tests of this folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from cspanalysis.publication import publish, write_index
from tests.samples import HOSTILE, SEEDS, bedford, notebook, run_record, wokingham, wycombe


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of published samples: Bedford with months, and one with a hostile name."""
    return _published(tmp_path_factory.mktemp("outputs"))


def built(folder: Path) -> Path:
    """Publish the samples with run records and index, as tests and their pictures need them."""
    return _indexed(_published(folder))


def _published(folder: Path) -> Path:
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
        _skip("the folder ../shared with the seed reports is not beside this checkout")
    return site


@pytest.fixture(scope="session")
def indexed(site: Path) -> Path:
    """Give the folder with run records and index: two reports, two failures."""
    return _indexed(site)


def _indexed(site: Path) -> Path:
    for area in ("bedford", "hostile"):
        run_record(site, area, "2023")
    for area in ("bedford", "luton"):
        why = "no counts of <b>Luton</b> for March 2023"
        run_record(site / ".failed", area, "2023", failure=why)
    write_index(site)
    return site


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a running Chromium, for a file of tests: its loop must not run on under kernels."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def java() -> str:
    """Give the program that runs Java archives."""
    return shutil.which("java") or _skip("Java is not installed")


def _skip(reason: str) -> NoReturn:
    if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
        pytest.fail(reason)
    pytest.skip(reason)
