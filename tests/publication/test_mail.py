"""The e-mail of a report and the digest: what mail programs show, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from cspanalysis.publication.checks import breaches
from cspanalysis.publication.gist import gist_of_markup
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.index import entries_of
from cspanalysis.publication.licence import ADDRESS
from cspanalysis.publication.mail import (
    Told,
    digest_page,
    digest_text,
    mail_page_of,
    mail_text_of,
)
from cspanalysis.publication.site import write_digest
from tests.samples import HOSTILE, bedford, notebook


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("executed")
    return page_of(notebook(bedford(HOSTILE), folder / "performance-report.ipynb"))


def test_a_mail_is_tables_and_inline_styles_and_keeps_the_rules_for_pages(page: Page) -> None:
    mail = mail_page_of(page).decode()
    assert not list(breaches(mail))
    root = html.document_fromstring(mail)
    assert not root.xpath(".//script | .//img | .//svg | .//*[@src]")
    assert len(mail) < 102_400  # Gmail cuts what is longer
    assert page.cover["lead"] in root.text_content()
    assert root.xpath(f".//a[@href='{ADDRESS}']")
    rows = root.xpath(".//tbody/tr[th]")
    assert len(rows) == len([f for f in page.figures if f.get("shown")])


def test_in_the_dark_every_colour_of_a_mail_is_another_that_is_read_as_well(page: Page) -> None:
    marked = replace(page, cover={**page.cover, "marking": "OFFICIAL"})
    for mail in (mail_page_of(marked).decode(), _digest()):
        root = html.document_fromstring(mail)
        (sheet,) = root.xpath(".//style")  # all else that it says stands at its element
        assert sheet.text.strip().startswith("@media (prefers-color-scheme: dark)")
        dark = dict(re.findall(r"\.(\w+) \{ (?:background-)?color: (#\w+)", sheet.text))
        dark["rule"] = ""
        for element in root.xpath(".//*[contains(@style, '#')]"):
            own = element.get("class", "").split()
            assert own, element.get("style")
            assert {*own} <= dark.keys()
        for name in ("ink", "quiet", "news", "marking"):
            assert contrast(dark[name], dark["sheet"]) >= 4.5


def _digest() -> str:
    return digest_page([Told("Report", "Nothing changed.", [], "OFFICIAL")], day="7 May 2024")


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (WCAG 2.1, contrast ratio)."""

    def light(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_text_says_the_same_in_lines_that_every_program_shows(page: Page) -> None:
    text = mail_text_of(page).decode()
    said = " ".join(text.split())
    assert " ".join(page.cover["lead"].split()) in said
    assert ADDRESS in said
    lines = text.split("\r\n")
    assert all(len(line) <= 72 or " " not in line for line in lines)
    for figure in page.figures:
        if figure.get("shown"):
            assert f"{figure['label']}: {figure['text']}" in said


def test_a_digest_tells_of_each_report_with_its_marking() -> None:
    told = [
        Told("Report: Luton, 2023", "Burglary <fell>.", [("PDF", "luton/2023/report.pdf")]),
        Told("Report: Bedford, 2023", "Nothing changed.", [], "OFFICIAL"),
    ]
    page = digest_page(told, day="12 February 2024")
    assert not list(breaches(page))
    root = html.document_fromstring(page)
    assert [h.text_content() for h in root.iter("h2")] == [t.title for t in told]
    assert "Burglary <fell>." in root.text_content()
    text = digest_text(told, day="12 February 2024")
    for said in ("12 February 2024", "PDF: luton/2023/report.pdf", "OFFICIAL", ADDRESS):
        assert said in text
        assert said in root.text_content() or said == ADDRESS


def test_a_digest_gives_the_places_of_three_files_and_names_the_others() -> None:
    labels = ("Web page", "PDF", "Word", "Slides", "Data")
    told = Told(
        "Report", "Found.", [(label, f"luton/report.{n}") for n, label in enumerate(labels)]
    )
    assert told.named == [
        "Web page: luton/report.0", "PDF: luton/report.1", "Word: luton/report.2",
        "Beside them: Slides and Data",
    ]  # fmt: skip


def test_a_mail_sets_the_name_of_a_priority_in_bold() -> None:
    topic = (
        "<div class='topic'><h3>First</h3><p><strong>Burglary</strong>, can't tell: 9.</p></div>"
    )
    (part,) = gist_of_markup(f"<main><div class='topics'>{topic}</div></main>").topics
    assert part.names == {"Burglary, can't tell: 9.": "Burglary"}


def test_the_digest_is_of_the_newest_day_and_goes_with_its_mails(tmp_path: Path) -> None:
    for area, day in (("bedford", 20), ("luton", 21), ("wycombe", 21)):
        _report(tmp_path, area, f"2026-11-{day}T02:00:00.000+00:00", mailed=area != "wycombe")
    write_digest(tmp_path, entries_of(tmp_path))
    text = (tmp_path / "digest.mail.txt").read_text(encoding="utf-8")
    assert "Luton" in text
    assert "Bedford" not in text
    assert "Wycombe" not in text
    for mail in tmp_path.glob("*/*/*.mail.html"):
        mail.unlink()
    write_digest(tmp_path, entries_of(tmp_path))
    assert not list(tmp_path.glob("digest.*"))


def _report(outputs: Path, area: str, finished: str, *, mailed: bool) -> None:
    folder = outputs / area / "2023"
    folder.mkdir(parents=True)
    run = {
        "notebook": {"name": "report"},
        "area": {"slug": area, "name": area.capitalize()},
        "period": {"slug": "2023", "label": "2023"},
        "finished": finished,
    }
    (folder / "report.run.json").write_text(json.dumps(run), encoding="utf-8")
    if mailed:
        (folder / "report.mail.html").write_text("<p>Mail</p>", encoding="utf-8")


def test_a_mail_without_a_baseline_has_no_empty_column(page: Page) -> None:
    root = html.document_fromstring(page.html)
    for told in root.xpath(".//ul[@class='headlines']//*[@class='change' or @class='outcome']"):
        told.drop_tree()
    alone = replace(page, html=html.tostring(root, encoding="unicode"))
    for shown, heads in ((page, 3), (alone, 2)):
        mail = html.document_fromstring(mail_page_of(shown).decode())
        (table,) = mail.xpath(".//table[caption]")
        assert len(table.xpath("./thead/tr/th")) == heads
        for row in table.xpath("./tbody/tr"):
            cells = row.xpath("./th | ./td")
            assert sum(int(cell.get("colspan", "1")) for cell in cells) == heads
        columns = zip(*(row.xpath("./th | ./td") for row in table.xpath(".//tr[th]")), strict=True)
        assert all(any(c.text_content().strip() for c in column[1:]) for column in columns)
