from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from cspanalysis.command.main import main
from cspanalysis.display import Block
from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.publication.checks import breaches, contrast
from cspanalysis.publication.gate import check_outputs
from cspanalysis.publication.html import page_of
from cspanalysis.publication.pdf_checks import pdf_breaches
from cspanalysis.publication.verified import check_pdf
from tests.samples import bedford, notebook


def test_the_samples_pass(indexed: Path) -> None:
    assert list(check_outputs(indexed)) == []


def test_a_link_to_nothing_and_a_foreign_script_are_named(indexed: Path, tmp_path: Path) -> None:
    page = (indexed / "bedford" / "2023" / "performance-report.html").read_text(encoding="utf-8")
    broken = page.replace("</main>", "<a href='gone.pdf'>a</a><script>1</script></main>")
    (tmp_path / "a.html").write_text(broken, encoding="utf-8")
    said = [breach for _, breach in check_outputs(tmp_path)]
    assert said == [
        "<script> has no place in a published page",
        "a link leads to gone.pdf, which is not among the outputs",
    ]


def test_hidden_folders_are_not_published(tmp_path: Path) -> None:
    (tmp_path / ".failed").mkdir()
    (tmp_path / ".failed" / "a.html").write_text("<p>half")
    with pytest.raises(UsageError, match="no page is here"):
        list(check_outputs(tmp_path))


def test_the_verb_names_each_breach_with_its_file(indexed: Path, tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["check", str(indexed)])
    assert good.exit_code == 0
    (tmp_path / "a.html").write_text("<h2>No title</h2>")
    bad = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert bad.exit_code == 1
    assert f"{tmp_path / 'a.html'}: the page has no title" in bad.output


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#F46A25", 3.03)]
)
def test_contrast_as_the_guidelines_define_it(colour: str, ratio: float) -> None:
    assert contrast(colour) == pytest.approx(ratio, abs=0.005)


def test_a_faint_drawing_is_refused(tmp_path: Path) -> None:
    svg = '<p><svg width="9" height="9"><path d="M0 0" stroke="#eeee00"/></svg></p>'
    executed = notebook([bedford()[0], Block(svg, "")], tmp_path / "a.ipynb")
    with pytest.raises(PublicationError, match="#eeee00, which is too faint"):
        page_of(executed)


def test_a_script_is_ours_or_has_no_place() -> None:
    page = "<html lang=en><title>a</title><h1>a</h1><script>ours</script>"
    assert list(breaches(page, script="ours")) == []
    assert len(list(breaches(page, script="other"))) == 1


def _changed(report: Path, change: Any) -> list[str]:
    writer = PdfWriter(PdfReader(report.with_suffix(".pdf")))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return list(pdf_breaches(buffer.getvalue()))


def _each(kind: str, change: Any) -> Any:
    def of(writer: PdfWriter) -> None:
        for held in writer._objects:
            if isinstance(held, dict) and held.get("/S") == kind:
                change(held)

    return of


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        (lambda w: w.root_object.pop("/Lang"), "names no language"),
        (lambda w: w.root_object.pop("/MarkInfo"), "is not tagged"),
        (lambda w: w.root_object.pop("/Metadata"), "does not claim PDF/UA"),
        (lambda w: w.root_object.pop("/StructTreeRoot"), "has no headings"),
        (_each("/Figure", lambda e: e.pop("/Alt", None)), "no alternative text"),
        (_each("/TH", lambda e: e.pop("/A", None)), "names no scope"),
        (
            _each("/H1", lambda e: e.update({NameObject("/S"): NameObject("/H3")})),
            "a heading of level 3 follows one of level none",
        ),
    ],
)
def test_breaches_of_a_pdf_are_named(report: Path, change: Any, breach: str) -> None:
    assert any(breach in said for said in _changed(report, change))


def test_a_damaged_pdf_is_refused(report: Path) -> None:
    with pytest.raises(PublicationError, match=re.escape("the PDF can't be read")):
        check_pdf(report.with_suffix(".pdf").read_bytes()[:4000], report)
