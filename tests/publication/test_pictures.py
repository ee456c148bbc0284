"""One page of each kind looks as it did when somebody last looked at it.

Pictures are grey and small, so that how letters are smoothed does not matter. Tolerance: on
average a point differs by at most 2 % of the way from black to white, and at most 1.5 % of points
by more than a quarter of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.publication import page_pictures as pictures

MEAN, FAR, SHARE = 0.02, 0.25, 0.015


def _compared(name: str, made: Image.Image) -> str:
    reference = Image.open(pictures.REFERENCES / f"{name}.png").convert("L")
    if reference.size != made.size:
        return f"{name}: size {made.size}, was {reference.size}"
    apart = np.abs(np.asarray(reference, float) - np.asarray(made, float)) / 255
    mean, share = apart.mean(), (apart > FAR).mean()
    return "" if mean <= MEAN and share <= SHARE else f"{name}: mean {mean:.3f}, far {share:.3f}"


@pytest.mark.browser
@pytest.mark.parametrize("page", pictures.PAGES, ids=lambda page: page[0])
def test_html(browser: Any, seeds: Path, indexed: Path, page: tuple[str, str, int, int]) -> None:
    name, address, width, height = page
    assert _compared(name, pictures.of_page(browser, indexed, address, width, height)) == ""


@pytest.mark.parametrize("page", pictures.PDF_PAGES, ids=lambda page: page[0])
def test_pdf(seeds: Path, page: tuple[str, str, int]) -> None:
    name, file, number = page
    assert _compared(name, pictures.of_pdf(seeds / file, number)) == ""


# Only where LibreOffice is: no reader of Word documents comes with the tests.
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("page", pictures.WORD_PAGES, ids=lambda page: page[0])
def test_word(site: Path, page: tuple[str, str, int]) -> None:
    name, file, number = page
    assert _compared(name, pictures.of_word(site / file, number)) == ""


def test_a_page_that_lost_its_table_would_be_told(seeds: Path) -> None:
    name, file, number = pictures.PDF_PAGES[0]
    made = pictures.of_pdf(seeds / file, number)
    blank = Image.new("L", (made.width, made.height // 3), 255)
    made.paste(blank, (0, made.height // 2))
    assert _compared(name, made) != ""


def test_references_are_small() -> None:
    assert all(path.stat().st_size < 60_000 for path in pictures.REFERENCES.glob("*.png"))
