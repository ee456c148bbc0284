"""Where the text of a page refers to its figures and tables, as paper can say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["REFERENCE", "lift_references", "without_lost"]

REFERENCE = "reference"
"""Class of a link that leads to a figure or a table, and of what stands for it on paper."""


def lift_references(main: HtmlElement) -> None:
    """Turn links to figures and tables into spans that name them, and let tables bear names.

    A link to what only a screen shows, such as the data behind a figure, becomes its words.
    """
    for table in main.xpath(".//table[caption/@id]"):
        table.set("id", table.find("caption").get("id"))
    held = {*main.xpath(".//@id")}
    shown = {*main.xpath(".//figure/@id"), *main.xpath(".//caption/@id")}
    for link in main.xpath(".//a[starts-with(@href, '#')][not(@class='noteref')]"):
        target = link.get("href").removeprefix("#")
        if target in shown:
            link.attrib.clear()
            link.tag = "span"
            link.set("class", REFERENCE)
            link.set("data-to", target)
        elif target not in held:
            link.drop_tag()


def without_lost(body: HtmlElement) -> None:
    """Leave the words of a reference whose figure or table is not on the page."""
    held = {*body.xpath(".//@id")}
    for link in body.xpath(f".//a[@class='{REFERENCE}']"):
        if link.get("href").removeprefix("#") not in held:
            link.drop_tag()
