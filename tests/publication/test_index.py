from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from lxml import html

from cspanalysis.publication import write_index
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.finder import index_values
from cspanalysis.publication.html import cover_record
from cspanalysis.publication.index import Entry, entries_of
from cspanalysis.publication.site import rendered
from cspanalysis.vocabulary.area import AreaRegister


@pytest.fixture(scope="module")
def index(indexed: Path) -> html.HtmlElement:
    return html.parse(str(indexed / "index.html")).getroot()


def _entry(index: html.HtmlElement, area: str) -> html.HtmlElement:
    (article,) = [
        a for a in index.iter("article") if a.find("h3").text_content().startswith(f"{area}, ")
    ]
    return article


def test_the_newest_and_what_failed_stand_with_their_sentence(index: html.HtmlElement) -> None:
    heads = [h.text_content() for h in index.iter("h2")]
    assert heads == ["Could not be renewed", "Newest", "All reports by police force area"]
    entry = _entry(index, "Bedford")
    assert "shoplifting is up by about a third" in entry.findtext("p[@class='sentence']")
    assert entry.xpath("string(.//dl/div)") == "All crime16,970"
    assert "can't tell" not in entry.text_content()


def test_all_reports_are_folded_by_force_and_area(index: html.HtmlElement) -> None:
    folds = {f.xpath("string(.//*[@class='name'])"): f for f in index.xpath(".//details")}
    assert [*folds] == ["Bedfordshire", "Other areas"]
    areas = folds["Bedfordshire"].xpath(".//h3/a")
    assert [a.get("href") for a in areas] == ["bedford/index.html", "luton/index.html"]
    assert folds["Bedfordshire"].xpath("string(summary)").split() == [
        *("Bedfordshire", "2", "areas", "2", "reports"),
    ]
    assert folds["Bedfordshire"].xpath(".//li/a/@href") == ["bedford/2023/performance-report.html"]
    assert "not renewed" in folds["Bedfordshire"].text_content()


def test_formats_are_links_that_resolve(index: html.HtmlElement, site: Path) -> None:
    links = [a.get("href") for a in _entry(index, "Bedford").xpath(".//li/a")]
    assert links == [
        f"bedford/2023/performance-report.{e}" for e in ("html", "pdf", "docx", "xlsx", "ipynb")
    ]
    assert all((site / link).is_file() for link in links)


def test_a_failure_says_why_and_what_stands(index: html.HtmlElement) -> None:
    bedford, luton = (_entry(index, area).text_content() for area in ("Bedford", "Luton"))
    assert "The run of 22 November 2026 failed" in bedford
    assert "what stands was published on 21 November 2026" in bedford
    assert "nothing stands yet" in luton
    assert "StoreError: why stands in .failed/luton/2023/performance-report.run.json" in luton
    assert "no counts" not in luton  # a message may quote what was read
    assert not [b for b in index.iter("b") if b.text != "news"]


def test_search_and_filters_have_labels_and_every_row_what_they_ask(
    index: html.HtmlElement,
) -> None:
    for name in ("search", "kind", "period", "only"):
        assert index.xpath(f".//label[@for='{name}']")
        assert index.xpath(f".//*[@id='{name}']")
    assert index.xpath(".//*[@role='status']")
    kinds = [option.text for option in index.xpath(".//*[@id='kind']/option")]
    assert "Performance report" in kinds
    rows = index.xpath(".//details//li")
    assert len(rows) == 3
    assert all(row.get("data-i").split()[0].isdigit() for row in rows)
    failed = [row for row in rows if row.get("data-i").split(" ")[-1].endswith("f")]
    assert len(failed) == 2


def _many() -> list[Entry]:
    """Stand in for four quarters of 300 partnerships, two of which are new."""
    areas = AreaRegister.shipped()
    csps = [area for area in areas if area.kind == "csp"][:300]
    return [
        Entry(
            area=area.slug,
            area_name=area.name,
            period=f"2023-q{quarter}",
            period_label=f"{months} 2023",
            title="Performance report",
            lead="All crime is much the same as a year earlier. " * 4,
            status="Published 5 January 2024",
            failed=False,
            reason="",
            formats=[("Web page", f"{area.slug}/2023-q{quarter}/performance-report.html", "1 kB")],
            figures=[{"label": "Robbery", "text": "12", "verdict": "higher" if n == 7 else ""}],
            edition="Public edition",
            published="5 January 2024",
            vintage="",
            marking="",
            finished="2024-03-05T09:00:00" if n in {7, 8} else f"2024-01-05T09:{n % 60:02d}:00",
        )
        for n, area in enumerate(csps)
        for quarter, months in enumerate(("October to December", "July to September"), start=1)
        for quarter in (quarter, quarter + 2)
    ]


def test_twelve_hundred_reports_are_a_small_page_with_what_is_new_first() -> None:
    entries = _many()
    text = rendered("index.html.j2", **index_values(entries))
    assert len(text.encode()) < 300_000
    index = html.document_fromstring(text)
    assert "1,200 reports for 300 areas" in index.text_content()
    assert len(index.xpath(".//details//li")) == 1200
    assert not index.xpath(".//details[@open]")
    new = [article.xpath("string(h3/a)") for article in index.iter("article")]
    (news, *_) = dict.fromkeys(name.partition(", ")[0] for name in new)
    assert news == entries[4 * 7].area_name
    counted = index.xpath(".//summary/b/text()")
    assert sum(int(text.split()[0]) for text in counted) == 8


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
