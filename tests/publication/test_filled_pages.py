"""That no page of a PDF is left more than half empty, and none ends with a heading."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import papermill
import pypdfium2
import pytest
from pypdf import PdfReader

from cspanalysis import display
from cspanalysis.publication import publish
from tests.publication.test_layout import drawing
from tests.samples import bedford, notebook

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
AREAS = ("bedford", "central-bedfordshire", "luton")
MOST = 0.5
TOP, BOTTOM = 21 / 297, 276 / 297
"""Where the body of a page stands, between its running header and footer."""


def empty_shares(pdf: Path) -> list[float]:
    """Give the share of each page's body that its largest blank band takes."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_largest_band(page) for page in document]


def _largest_band(page: pypdfium2.PdfPage) -> float:
    picture = np.asarray(page.render(scale=0.5, grayscale=True).to_pil())
    body = picture[int(TOP * len(picture)) : int(BOTTOM * len(picture))]
    inked = np.flatnonzero((body < 200).any(axis=1))
    return max(after - before for before, after in pairwise([0, *inked, len(body)])) / len(body)


def stranded(pdf: Path) -> Iterator[str]:
    """Give the headings that stand last on a page, apart from what they head."""
    named = {_squeezed(str(entry.title)) for entry in _entries(PdfReader(pdf).outline)}
    for text in _texts(pdf):
        lines = [_squeezed(line) for line in text.splitlines() if line.strip()]
        body = [line for line in lines if not line.startswith(("Page", "Publicedition"))]
        if body and body[-1] in named:
            yield body[-1]


@cache
def _texts(pdf: Path) -> list[str]:
    """Read the text of each page, in the order in which it was set."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def assert_numbered(pdf: Path) -> None:
    """Hold each page to its number, and the last one's, once."""
    texts = [_squeezed(text) for text in _texts(pdf)]
    told = [re.findall(r"Page(\d+)of(\d+)", text) for text in texts]
    assert told == [[(str(n), str(len(texts)))] for n in range(1, len(texts) + 1)], pdf


def _entries(outline: object) -> Iterator[object]:
    for entry in outline if isinstance(outline, list) else [outline]:
        yield from _entries(entry) if isinstance(entry, list) else [entry]


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def assessments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """PDF of the strategic assessment of each area of the default plan, the published if given."""
    if named := os.environ.get("CSPANALYSIS_OUTPUTS"):
        return {area: Path(named) / area / "2023" / "strategic-assessment.pdf" for area in AREAS}
    folder = tmp_path_factory.mktemp("assessments")
    return {area: _made("strategic-assessment", area, folder, previous="2022") for area in AREAS}


@pytest.fixture(scope="module")
def performance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PDF of a performance report of the default plan, the published one if given."""
    if named := os.environ.get("CSPANALYSIS_OUTPUTS"):
        return Path(named) / "luton" / "2023" / "performance-report.pdf"
    return _made("performance-report", "luton", tmp_path_factory.mktemp("performance"))


def _made(kind: str, area: str, folder: Path, **more: str) -> Path:
    (folder / area).mkdir()
    made = folder / area / f"{kind}.ipynb"
    asked = {"area": area, "period": "2023", **more}
    papermill.execute_notebook(
        str(NOTEBOOKS / made.name), str(made), parameters=asked, progress_bar=False
    )
    publish(made, folder / area)
    return made.with_suffix(".pdf")


def lengths(pdf: Path) -> tuple[int, int]:
    """Give the number of pages before annexes, a begun one included, and of all pages."""
    reader = PdfReader(pdf)
    begin = next(e for e in _entries(reader.outline) if str(e.title) == "Annexes")
    page = reader.get_destination_page_number(begin)
    at_head = float(begin.top) > (1 - TOP) * float(reader.pages[page].mediabox.height)
    return page + (not at_head), len(reader.pages)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_an_assessment_is_as_long_as_a_board_reads(assessments: dict[str, Path]) -> None:
    for area, pdf in assessments.items():
        before, whole = lengths(pdf)
        assert before <= 11, area
        assert whole <= 16, area


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_performance_report_is_short(performance: Path) -> None:
    before, whole = lengths(performance)
    assert before <= 4
    assert whole <= 6
    *shares, _last = empty_shares(performance)
    assert max(shares) < 1 / 3
    assert list(stranded(performance)) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_place_profile_fills_two_pages(tmp_path: Path) -> None:
    """Of a ward of ten small areas, and of a quarter of which much is kept back."""
    for area, period in (("E05014746", "2023"), ("E05014747", "2023-10..2023-12")):
        made = _made("place-profile", area, tmp_path, period=period)
        assert_numbered(made)
        assert len(PdfReader(made).pages) == 2, area
        assert list(stranded(made)) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_no_page_of_an_assessment_is_more_than_a_third_empty(assessments: dict[str, Path]) -> None:
    for area, pdf in assessments.items():
        *shares, _last = empty_shares(pdf)
        assert len(shares) > 12
        assert_numbered(pdf)
        assert max(shares) < 1 / 3, f"{area}, page {shares.index(max(shares)) + 1}"
        assert sum(shares) / len(shares) < 0.15, area


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_no_page_of_an_assessment_ends_with_a_heading(assessments: dict[str, Path]) -> None:
    assert {area: list(stranded(pdf)) for area, pdf in assessments.items()} == {
        area: [] for area in AREAS
    }


@pytest.mark.parametrize("lines", range(6, 42, 5))
def test_text_fills_a_page_that_its_figures_do_not_fit(tmp_path: Path, lines: int) -> None:
    filler = display.paragraphs(*["A line of text that fills the page a little."] * lines)
    part = (
        display.together(display.heading("A part"), display.paragraphs("How it opens.")),
        display.side_by_side(
            display.together(*(drawing(f"Left {n}") for n in range(4))), drawing("Right")
        ),
        display.paragraphs(*["What is said of it, in a paragraph of its own."] * 14),
    )
    shown = [bedford()[0], "## First", filler, display.parts(part, part, part)]
    publish(notebook(shown, tmp_path / "a.ipynb"), tmp_path)
    *shares, _last = empty_shares(tmp_path / "a.pdf")
    assert max(shares[1:]) < MOST


def test_an_empty_page_would_be_found(tmp_path: Path) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(595, 842)
    blank.save(tmp_path / "a.pdf")
    assert empty_shares(tmp_path / "a.pdf") == [1.0]


def test_no_page_of_what_was_published_is_more_than_half_empty() -> None:
    named = os.environ.get("CSPANALYSIS_OUTPUTS")
    if not named:
        pytest.skip("CSPANALYSIS_OUTPUTS names no folder of outputs to look at")
    for pdf in sorted(Path(named).rglob("*.pdf")):
        *shares, _last = empty_shares(pdf)
        assert max(shares, default=0) < MOST, pdf
        assert_numbered(pdf)
