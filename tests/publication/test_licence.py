"""The Open Government Licence, named with its link in every form of every page."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import html
from pypdf import PdfReader

from cspanalysis.display import Block
from cspanalysis.publication import publish
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from tests.samples import bedford, notebook


def test_every_page_of_the_site_links_to_it(indexed: Path) -> None:
    pages = [page for page in indexed.rglob("*.html") if ".failed" not in page.parts]
    assert len(pages) > 3
    for page in pages:
        root = html.document_fromstring(page.read_text(encoding="utf-8"))
        assert root.xpath("//a[@rel='license']/@href") == [ADDRESS], page
        assert "pip install" not in root.text_content()


def test_every_form_of_a_report_names_it(report: Path) -> None:
    pdf = PdfReader(report.with_suffix(".pdf"))
    assert NAME in "".join(page.extract_text() for page in pdf.pages)
    links = [
        note.get_object()["/A"].get("/URI")
        for page in pdf.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    ]
    assert ADDRESS in links
    for ending, member in ((".docx", "word/_rels/document.xml.rels"), (".xlsx", "")):
        with zipfile.ZipFile(report.with_suffix(ending)) as archive:
            names = [member] if member else [n for n in archive.namelist() if n.endswith(".rels")]
            assert any(ADDRESS in archive.read(name).decode() for name in names)


def test_crown_copyright_stands_where_boundaries_are_drawn(tmp_path: Path) -> None:
    drawn = Block("<p>Source: ours; boundaries: ONS, contains OS data © Crown copyright and "
                  "database right</p>", "")  # fmt: skip
    executed = notebook([*bedford(), drawn], tmp_path / "performance-report.ipynb")
    page, *_ = publish(executed, tmp_path / "out")
    text = page.read_text(encoding="utf-8")
    assert draws_boundaries(text)
    assert (
        BOUNDARIES in html.document_fromstring(text).find(".//p[@class='licence']").text_content()
    )


def test_no_crown_copyright_without_boundaries(report: Path) -> None:
    assert BOUNDARIES not in report.with_suffix(".html").read_text(encoding="utf-8")
