from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from cspanalysis import display
from cspanalysis.display import Headline
from cspanalysis.errors import PublicationError
from cspanalysis.findings.summary.topics import Topic
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import TEMPLATES, page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.typst_tree import literal
from tests.publication.test_filled_pages import assert_numbered
from tests.samples import HOSTILE, bedford, notebook


@pytest.fixture(scope="module")
def pdf(report: Path) -> PdfReader:
    return PdfReader(report.with_suffix(".pdf"))


def _words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_claims_universal_accessibility_and_is_tagged(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_title_and_language(pdf: PdfReader) -> None:
    assert pdf.metadata.title == "Performance report: Bedford, 2023"
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"


def test_every_page_tells_its_number(report: Path) -> None:
    assert_numbered(report.with_suffix(".pdf"))


def test_bookmarks_follow_the_sections(pdf: PdfReader) -> None:
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles[-4:] == [
        "What changed",
        "Month by month",
        "Set beside others",
        "How far the figures reach",
    ]


def test_fonts_are_embedded(pdf: PdfReader) -> None:
    fonts = [
        font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "SourceSansPro" in font["/BaseFont"]


def test_every_drawing_has_words(pdf: PdfReader) -> None:
    figures = [node for node in _structure(pdf) if node.get("/S") == "/Figure"]
    said = [node["/Alt"] for node in figures]
    assert sum(alt.startswith("Control chart of") for alt in said) == 15
    assert sum(alt.startswith("Dot plot of") for alt in said) == 1


def test_tables_have_header_cells_for_columns_and_rows(pdf: PdfReader) -> None:
    scopes = [_scope(node) for node in _structure(pdf) if node.get("/S") == "/TH"]
    assert scopes.count("/Column") >= 7  # paper leaves two columns to the drawn one
    assert scopes.count("/Row") >= 15


def test_pages_and_running_lines(pdf: PdfReader) -> None:
    assert 3 <= len(pdf.pages) <= 5
    last = " ".join(pdf.pages[-1].extract_text().split())
    assert f"Page {len(pdf.pages)} of {len(pdf.pages)}" in last
    assert "Public edition" in last
    assert "Bedford, 2023" in last


def test_marking_stands_on_every_page(seeds: Path) -> None:
    pdf = PdfReader(seeds / "wokingham" / "2019" / "performance-report.pdf")
    assert all(page.extract_text().count("OFFICIAL-SENSITIVE") == 2 for page in pdf.pages)


def test_the_wycombe_figures_and_notes_are_in_it(seeds: Path) -> None:
    words = _words(PdfReader(seeds / "wycombe" / "2017-04-to-2017-06" / "performance-report.pdf"))
    for line in ("All crime 2,330 2,433 +4.4", "Theft of a vehicle 58 47 −19"):
        assert line in words
    assert words.count("Fewer than 50 in the baseline period") == 1


def test_names_from_data_are_not_read_as_typst(tmp_path: Path) -> None:
    assert literal('#panic("a") \\') == '"#panic(\\"a\\") \\\\"'
    executed = notebook(bedford(HOSTILE)[:3], tmp_path / "a.ipynb")
    page = page_of(executed)
    (tmp_path / "a.pdf").write_bytes(pdf_of(page, document_of(page.html)))
    assert HOSTILE.name in _words(PdfReader(tmp_path / "a.pdf"))


def test_the_same_page_gives_the_same_bytes(report: Path) -> None:
    page = page_of(report.with_suffix(".ipynb"))
    again = pdf_of(page, document_of(page.html))
    assert again == report.with_suffix(".pdf").read_bytes()


@pytest.mark.parametrize("times", [1, 8])
def test_a_summary_that_leaves_a_third_of_its_page_empty_does_not_end_it(
    tmp_path: Path, times: int
) -> None:
    (only,) = summary_sheets(tmp_path, times)
    assert only.index("no clear change") < only.index("What follows")


@pytest.mark.parametrize("times", [12, 16])
def test_a_summary_on_one_page_ends_it(tmp_path: Path, times: int) -> None:
    first, second = summary_sheets(tmp_path, times)
    assert "Topic 3" in first
    assert first.count("no clear change") == 4 * times
    assert "What follows" in second
    assert "no clear change" not in second


def test_a_summary_that_is_too_long_runs_on_rather_than_shrink(tmp_path: Path) -> None:
    first, second = summary_sheets(tmp_path, 30)
    assert f"{first} {second}".count("no clear change") == 4 * 30
    assert second.index("no clear change") < second.index("What follows")


@pytest.mark.parametrize("more", range(12))
def test_a_summary_settles_wherever_it_ends(tmp_path: Path, more: int) -> None:
    """The distance of what follows is no part of it: with it the break would come and go."""
    assert len(summary_sheets(tmp_path, 8, more)) in {1, 2}


def summary_sheets(tmp_path: Path, times: int, more: int = 0) -> list[str]:
    topics = [
        Topic(
            title=f"Topic {i}",
            sides=(("higher", "robbery (20 to 60)"),),
            sentences=(
                "There is no clear change in the other six measures. " * (times + more * (not i)),
            ),
        )
        for i in range(4)
    ]
    figures = [Headline(id=str(i), label="All crime", value=1, text="1,234") for i in range(4)]
    blocks = [*bedford()[:1], "## Summary", display.one_page(figures, topics), "## What follows"]
    page = page_of(notebook(blocks, tmp_path / "a.ipynb"))
    (tmp_path / "a.pdf").write_bytes(pdf_of(page, document_of(page.html)))
    sheets = PdfReader(tmp_path / "a.pdf").pages
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_a_layout_that_never_settles_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A break after a first page that moved what had asked for it: every page was page 1."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    template = tmp_path / "templates" / "report.typ"
    settled = "query(<one-page>).map(mark => mark.location().position()).all("
    settled += "at => at.page == 1 and at.y > 190mm)"
    before = template.read_text()
    assert settled in before
    template.write_text(before.replace(settled, "here().page() == 1"))
    monkeypatch.setattr("cspanalysis.publication.pdf.TEMPLATES", tmp_path / "templates")
    with pytest.raises(PublicationError, match="pages can't be numbered"):
        summary_sheets(tmp_path, 8)


def test_nothing_is_set_below_nine_points(pdf: PdfReader) -> None:
    sizes: dict[float, str] = {}
    for sheet in pdf.pages:
        sheet.extract_text(
            visitor_text=lambda text, _c, matrix, _font, size: (
                sizes.setdefault(round(size * abs(matrix[3]), 1), text)
                if len(text.split()) > 1
                else None
            )
        )
    assert sizes
    assert min(sizes) >= 9, sizes[min(sizes)]


def _structure(pdf: PdfReader) -> list[dict]:
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.append(node)
            waiting += [node["/K"]] if "/K" in node and not isinstance(node["/K"], int) else []
    return found


def _scope(node: dict) -> str:
    attributes = node.get("/A", {})
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    listed = attributes if isinstance(attributes, list) else [attributes]
    return next((a.get_object()["/Scope"] for a in listed if "/Scope" in a.get_object()), "")
