"""The body of a page put in order: names of what can be pointed at, numbers of what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import identifier
from cspanalysis.publication.references import without_lost

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["put_in_order"]


def put_in_order(body: HtmlElement, *, numbered: bool) -> None:
    """Let every name of a page stand once, and count its notes, through all of its parts.

    Parameters
    ----------
    body
        The parts, as the blocks of a notebook gave them; changed in place.
    numbered
        Whether paragraphs of prose are counted as well.
    """
    _tell_apart(body)
    _name_regions(body)
    _name_headings(body)
    without_lost(body)
    _number_notes(body)
    if numbered:
        _number_paragraphs(body)


def _tell_apart(body: HtmlElement) -> None:
    """Give identifiers of their own to tables and figures that bear the same caption or title."""
    seen: set[str] = set()
    for part in body.xpath(".//div[@class='table-block'] | .//figure"):
        named = [part] if part.tag == "figure" else list(part.iter())
        taken = [element.get("id") for element in named if element.get("id") in seen]
        if taken:
            number = next(n for n in range(2, 1000) if f"{taken[0]}-{n}" not in seen)
            _rename(named, {name: f"{name}-{number}" for name in taken})
        seen.update(element.get("id") for element in named if element.get("id"))


def _name_regions(body: HtmlElement) -> None:
    """Name tables behind figures, and their notes, by the figure too where names stand twice."""
    boxes = body.xpath(".//div[@class='scroll']")
    times = Counter(_caption(box) for box in boxes)
    for box in boxes:
        for figure in box.iterancestors("figure"):
            title = figure.find(".//span[@class='figure-title']")
            if times[_caption(box)] < 2 or title is None:
                continue
            title.set("id", f"{figure.get('id')}-title")
            box.set("aria-labelledby", f"{box.get('aria-labelledby')} {title.get('id')}")
            for notes in box.getparent().iterfind("aside"):
                notes.set("aria-label", f"{notes.get('aria-label')} ({title.text_content()})")


def _caption(box: HtmlElement) -> str:
    return str(box.findtext(".//caption"))


def _rename(elements: Sequence[HtmlElement], names: Mapping[str, str]) -> None:
    """Give elements new identifiers, and those that point to them as well."""
    for element in elements:
        for attribute, mark in (("id", ""), ("aria-labelledby", ""), ("href", "#")):
            held = element.get(attribute, "").removeprefix(mark)
            if held in names:
                element.set(attribute, f"{mark}{names[held]}")


def _name_headings(body: HtmlElement) -> None:
    """Give every heading an identifier of its own."""
    seen = {element.get("id") for element in body.iter() if element.get("id")}
    for heading in body.iter("h2", "h3", "h4"):
        name = wanted = identifier(heading.text_content())
        number = 2
        while name in seen:
            name, number = f"{wanted}-{number}", number + 1
        seen.add(name)
        heading.set("id", name)


def _number_paragraphs(body: HtmlElement) -> None:
    """Count paragraphs of prose through the whole page, so that a number names one of them."""
    from lxml import html

    found = body.xpath(".//div[contains(concat(' ', @class, ' '), ' prose ')]/p[not(@class)]")
    for number, paragraph in enumerate(found, start=1):
        mark = html.Element("span", {"class": "paragraph-number"})
        mark.text, mark.tail = f"{number}.", f" {paragraph.text or ''}"
        paragraph.text = None
        paragraph.insert(0, mark)
        paragraph.set("id", f"paragraph-{number}")
        paragraph.set("class", "numbered")


def _number_notes(body: HtmlElement) -> None:
    """Count notes through the whole page, so that a number names one note."""
    numbers: dict[str, int] = {}
    for notes in body.iterfind(".//aside[@class='notes']/ol"):
        notes.set("start", str(len(numbers) + 1))
        for item in notes:
            numbers[item.get("id")] = len(numbers) + 1
    for link in body.iterfind(".//a[@class='noteref']"):
        number = numbers[link.get("href").removeprefix("#")]
        link.text = str(number)
        link.set("aria-label", f"Note {number}")
