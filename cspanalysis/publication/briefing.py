"""A report on two pages: its opening, one figure, seven lines of figures, and how sure they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import element, identifier
from cspanalysis.publication.brand import Brand
from cspanalysis.publication.document import document_of
from cspanalysis.publication.gist import words
from cspanalysis.publication.html import Page
from cspanalysis.publication.word import word_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["briefing_document_of", "briefing_of", "briefing_page_of"]

_MOST_LINES, _MOST_DOUBTS, _FEW_LETTERS = 7, 3, 30
_SHORT_DOUBT = 320
"""Letters of a caveat that a briefing has room for; longer ones list every measure."""
_CAVEATS = "Bear in mind"
_KEPT_COLUMNS, _BESIDE = 5, 2
_PAIR = "ancestor::div[@class='pair'][1]"
_PRINT = """
@page { size: A4; margin: 11mm 16mm; }
@media print {
  html { font-size: 84%; }
  body { padding: 0; max-width: none; line-height: 1.4; }
  h1 { margin: .6rem 0 .5rem; font-size: 2.1rem; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.6rem; }
  .pair svg, .pair img { max-width: 100%; height: auto; }
  h2 { margin: 1.2rem 0 .3rem; font-size: 1.25rem; }
  .lead, .subtitle, main ul, li, p { max-width: none; }
  .facts, .headlines { margin: .6rem 0; }
  .headlines { grid-template-columns: repeat(4, 1fr); gap: 1rem; }
  .headline .number { font-size: 2rem; }
  .topics h3 { break-after: auto; }
  .topic { display: block; padding: .35rem 0; }
  .topics p, li { margin: 0 0 .2rem; break-inside: avoid; }
  td, th { padding-top: .2rem; padding-bottom: .2rem; }
  .page-footer, .licence { margin-top: .8rem; }
  .pair, .table-block, .headlines { break-inside: avoid; }
}
"""
_NEWS = re.compile(r"\b(above|below|outside|stepped|rose|fell|higher|lower)\b")
_CERTAIN = {"", "no clear change", "steady", "can't tell", "can’t tell", "not compared"}
_DOUBTS = "how good the figures", "bear in mind"


def briefing_page_of(page: Page) -> bytes:
    """Make the briefing as a page."""
    return briefing_of(page).html.encode()


def briefing_document_of(page: Page, *, brand: Brand | None = None) -> bytes:
    """Make the briefing as a Word document."""
    briefing = briefing_of(page)
    return word_of(briefing, document_of(briefing.html), brand=brand)


def briefing_of(page: Page) -> Page:
    """Make the page of a briefing from the page of its report.

    It has the report's first screen and opening figures, the figure that shows what is news, its
    topics, the lines that changed or open the report, and the first caveats.
    """
    from lxml import html

    root = html.document_fromstring(page.html)
    main = root.find(".//main")
    kind = str(page.cover["title"])
    cover = {**page.cover, "title": f"Briefing: {kind[:1].lower()}{kind[1:]}"}
    body = [deepcopy(part) for part in _chosen(main)]
    for child in list(main):
        main.remove(child)
    main.text = None
    main.extend(body)
    for unwanted in root.xpath(".//nav | .//main//details"):
        unwanted.drop_tree()
    for marker in main.xpath(".//a[@class='noteref']"):
        marker.drop_tree()
    _rename(root, kind, cover["title"])
    style = root.find(".//style")
    style.text = f"{style.text}{_PRINT}"
    text = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return replace(page, html=text, cover=cover, tables=(), figures=(), forms=frozenset())


def _chosen(main: HtmlElement) -> Iterator[HtmlElement]:
    """Give what a briefing takes of a page, in its own order."""
    yield _heading("In short", class_="visually-hidden")
    if not main.xpath(".//div[@class='topic'][@data-place]"):  # they hold the same counts
        yield from main.xpath("(.//ul[@class='headlines'])[1]")
    yield from _drawn(main)
    yield from map(_short, main.xpath("(.//div[@class='topics'])[1]"))
    if (table := _lines(main)) is not None:
        yield _heading("The figures behind it")
        yield table
    if (doubts := _doubts(main)) is not None:
        yield _heading("How sure we are")
        yield doubts
    yield from main.xpath(".//p[@class='licence']")


def _short(topics: HtmlElement) -> HtmlElement:
    """Leave the caveats out of the topics: a briefing ends with them."""
    kept: HtmlElement = deepcopy(topics)
    for topic in list(kept):
        if any(words(heading) == _CAVEATS for heading in topic.iter("h3")):
            kept.remove(topic)
    return kept


def _heading(text: str, **attributes: object) -> HtmlElement:
    from lxml import html

    markup = element("h2", text, id=identifier(text), **attributes)
    heading: HtmlElement = html.fragment_fromstring(markup)
    return heading


def _drawn(main: HtmlElement) -> list[HtmlElement]:
    """Give what the report opens with; else a figure that shows what is news, and its pair."""
    from lxml import html

    if opening := main.xpath("(.//div[contains(@class, 'one-page')]//figure)[1]"):
        return list(opening)
    single = [f for f in main.iter("figure") if len(list(f.iter("img"))) == 1]
    news = [figure for figure in single if _NEWS.search(_title(figure))]
    paired = [figure for figure in news if figure.xpath(_PAIR)]
    chosen = (paired or news or single)[:1]
    beside = [f for figure in chosen for pair in figure.xpath(_PAIR) for f in pair.iter("figure")]
    if len(beside) < _BESIDE:
        return chosen
    pair: HtmlElement = html.fragment_fromstring('<div class="pair"></div>')
    for figure in beside[:_BESIDE]:
        part: HtmlElement = html.fragment_fromstring("<div></div>")
        part.append(deepcopy(figure))
        pair.append(part)
    return [pair]


def _title(figure: HtmlElement) -> str:
    found = figure.xpath(".//*[@class='figure-title']")
    return words(found[0]) if found else ""


def _lines(main: HtmlElement) -> HtmlElement | None:
    """Cut the table of verdicts to a briefing's columns and lines; what is news is kept."""
    for table in main.xpath(".//div[@class='table-block']//table"):
        head = [words(cell) for cell in table.xpath("(.//thead/tr)[last()]/*")]
        if "Verdict" in head:
            return _cut(deepcopy(table), head)
    return None


def _cut(table: HtmlElement, head: list[str]) -> HtmlElement:
    from lxml import html

    rows = [row for row in table.xpath(".//tbody/tr") if len(row) == len(head)]
    kept = _columns(head, rows)
    dull = [row for row in rows if _verdict(row, head) in _CERTAIN]
    shown = [row for row in rows if row not in dull]
    shown = [*shown, *dull][:_MOST_LINES]
    for row in table.xpath(".//tbody/tr"):
        if row not in shown:
            row.drop_tree()
    for row in table.iter("tr"):
        for place, cell in enumerate(list(row)):
            if place not in kept:
                row.remove(cell)
    for unwanted in table.xpath(
        ".//colgroup | .//col | .//td[last()]//*[@class='limits'] | .//td[last()]//sup"
    ):
        unwanted.drop_tree()
    block: HtmlElement = html.fragment_fromstring('<div class="table-block"></div>')
    block.append(table)
    return block


def _columns(head: list[str], rows: list[HtmlElement]) -> set[int]:
    """Choose the columns: the first ones that hold short words, and the verdict."""
    verdict = head.index("Verdict")
    short = [
        place
        for place, name in enumerate(head)
        if place != verdict and len(name) < _FEW_LETTERS and any(words(row[place]) for row in rows)
    ]
    return {*short[: _KEPT_COLUMNS - 1], verdict}


def _verdict(row: HtmlElement, head: list[str]) -> str:
    """Give the word of a line, without the signs of its notes and what would show."""
    return words(row[head.index("Verdict")]).partition(" (")[0].rstrip(",0123456789 ")


def _doubts(main: HtmlElement) -> HtmlElement | None:
    """Give the first caveats of the part that tells how good the figures are."""
    for heading in main.iter("h2"):
        if any(name in words(heading).casefold() for name in _DOUBTS):
            found = heading.xpath("following::ul[1]")
            for listed in found[:1]:
                doubts: HtmlElement = deepcopy(listed)
                told = [item for item in doubts if len(words(item)) <= _SHORT_DOUBT]
                for item in [item for item in doubts if item not in told[:_MOST_DOUBTS]]:
                    doubts.remove(item)
                return doubts
    return None


def _rename(root: HtmlElement, before: str, after: str) -> None:
    """Name the briefing where the page named its report: in its title and at its edges."""
    for named in root.iter("title", "span", "p"):
        held = named.text or ""
        if named.tag == "title" or held == before:
            named.text = held.replace(before, after, 1)
