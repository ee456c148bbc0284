from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import PublicationError
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.verified import breaches_of_page, breaches_of_pdf, check_pdf


def test_a_page_has_the_same_breaches_whenever_it_is_asked() -> None:
    page = "<html><body><h1>A</h1><img src='data:image/png;base64,AA=='></body></html>"
    first = breaches_of_page(page.encode())
    assert first == tuple(breaches(page)) != ()
    assert breaches_of_page(page.encode()) == first


def test_a_page_that_was_changed_is_another() -> None:
    page = "<html lang='en'><head><title>A</title></head><body><h1>A</h1></body></html>"
    assert breaches_of_page(page.encode()) == ()
    assert breaches_of_page(page.replace(" lang='en'", "").encode()) == (
        "the page names no language",
    )


def test_a_damaged_pdf_is_refused_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(PublicationError, match="the PDF can't be read"):
            check_pdf(b"%PDF-1.7 half", tmp_path / "report.ipynb")
    assert breaches_of_pdf(b"%PDF-1.7 half")[0].startswith("the PDF can't be read")
