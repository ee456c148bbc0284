from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from lxml import html

from cspanalysis.publication import write_index
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.html import cover_record
from cspanalysis.publication.index import entries_of


@pytest.fixture(scope="module")
def index(indexed: Path) -> html.HtmlElement:
    return html.parse(str(indexed / "index.html")).getroot()


def _entry(index: html.HtmlElement, area: str) -> html.HtmlElement:
    (section,) = [s for s in index.iter("section") if s.findtext("h2/a") == area]
    return section.find("article")


def test_reports_are_listed_by_area_with_their_sentence(index: html.HtmlElement) -> None:
    assert [h.text_content() for h in index.iter("h2")] == ["Bedford", "Hostile", "Luton"]
    entry = _entry(index, "Bedford")
    assert "shoplifting is up by about a third" in entry.findtext("p[@class='sentence']")
    assert entry.xpath("string(.//dl/div)") == "All crime16,970"
    assert "can't tell" not in entry.text_content()


def test_formats_are_links_that_resolve(index: html.HtmlElement, site: Path) -> None:
    links = [a.get("href") for a in _entry(index, "Bedford").iter("a")]
    assert links == [
        f"bedford/2023/performance-report.{e}" for e in ("html", "pdf", "docx", "xlsx", "ipynb")
    ]
    assert all((site / link).is_file() for link in links)


def test_a_failure_says_why_and_what_stands(index: html.HtmlElement) -> None:
    bedford, luton = (_entry(index, area).text_content() for area in ("Bedford", "Luton"))
    assert "The run of 22 November 2026 failed" in bedford
    assert "what stands was published on 21 November 2026" in bedford
    assert "nothing stands yet" in luton
    assert "StoreError: no counts of <b>Luton</b> for March 2023" in luton
    assert not index.xpath(".//b")


def test_search_has_a_label_and_every_entry_its_words(index: html.HtmlElement) -> None:
    assert index.xpath(".//label[@for='search']")
    assert index.xpath(".//input[@id='search' and @type='search']")
    assert index.xpath(".//*[@role='status']")
    words = [entry.get("data-words") for entry in index.iter("article")]
    assert any("bedford" in w and "2023" in w and "shoplifting" in w for w in words)


def test_it_asks_for_nothing(site: Path, index: html.HtmlElement) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    named = {line.split(">")[0].removeprefix("<") for line in breaches(page)}
    assert "script" in named
    assert named <= {"script", "form", "input", "select", "option", "button"}  # its filter
    assert not index.xpath(".//*[@src]")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert "Nothing has been published yet" in write_index(tmp_path).read_text(encoding="utf-8")


def test_no_notebook_is_read_where_the_cover_stands_beside_the_figures(
    indexed: Path, tmp_path: Path
) -> None:
    shutil.copytree(indexed / "bedford", tmp_path / "bedford")
    stem = tmp_path / "bedford/2023/performance-report"
    (entry,) = entries_of(tmp_path)
    cover = cover_record(nbformat.read(f"{stem}.ipynb", as_version=4), Path("book"))
    figures = stem.with_suffix(".figures.json")
    found = json.loads(figures.read_text()) if figures.is_file() else {"figures": entry.figures}
    figures.write_text(json.dumps({**found, "cover": cover}))
    stem.with_suffix(".ipynb").write_text("no notebook")
    assert entries_of(tmp_path)[0].lead == entry.lead != ""
    assert entries_of(tmp_path)[0].figures == entry.figures


def test_figures_that_no_page_opens_with_are_not_listed(tmp_path: Path, site: Path) -> None:
    folder = tmp_path / "bedford" / "2023"
    shutil.copytree(site / "bedford" / "2023", folder)
    figures = [{"id": "a", "label": "Recorded alone", "text": "1"}]
    figures.append({"id": "b", "label": "Drug offences", "text": "600", "shown": True})
    beside = folder / "performance-report.figures.json"
    found = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    beside.write_text(json.dumps({**found, "figures": figures}), encoding="utf-8")
    (entry,) = [e for e in entries_of(tmp_path) if e.figures]
    assert [figure["label"] for figure in entry.figures] == ["Drug offences"]
