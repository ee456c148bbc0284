"""What stands together on paper: sources with their figures, a text with who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["IN_SPREADSHEET", "drop_repeats", "keep_bylines", "share_sources"]

IN_SPREADSHEET = ". All values drawn are in the spreadsheet of this report."


def drop_repeats(main: HtmlElement) -> None:
    """Leave out headline figures where a first page draws its finding and says what is put first.

    Paper then has no room for them; what is put first holds their counts, as its tables do.
    """
    for page in main.xpath(".//div[@class='one-page']"):
        if page.xpath(".//figure") and page.xpath(".//*[@class='topic'][@data-place]"):
            for figures in page.xpath(".//ul[@class='headlines']"):
                figures.drop_tree()


def share_sources(main: HtmlElement) -> None:
    """Say the source of figures that stand beside each other once, where one says it for all.

    It then stands below them, across the page.
    """
    for pair in main.xpath(".//div[@class='pair']"):
        sources = pair.xpath(".//figure/p[span[@class='source']]")
        told = [source.text_content().removesuffix(IN_SPREADSHEET) for source in sources]
        last = max(range(len(told)), key=lambda place: (len(told[place]), place), default=0)
        for place, source in enumerate(sources):
            if place != last and told[last].startswith(told[place]):
                source.drop_tree()
        if len(left := pair.xpath(".//figure/p[span[@class='source']]")) == 1:
            left[0].tail = None
            pair.addnext(left[0])


def keep_bylines(main: HtmlElement) -> None:
    """Set the last paragraph of a text and the line below it, on who wrote it, in one division."""
    from lxml import html

    for byline in main.xpath(".//p[@class='byline'][preceding-sibling::*[1][self::p]]"):
        last = byline.getprevious()
        signed = html.Element("div", {"class": "signed"})
        last.addprevious(signed)
        last.tail = None
        signed.extend([last, byline])
