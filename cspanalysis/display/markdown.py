"""What people write, in Markdown, as a block of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from cspanalysis.blocks.block import Block, element, identifier
from cspanalysis.errors import UsageError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["markdown"]

Picture = Callable[[str, str], str]
_PICTURE = re.compile(r"!(\[[^\]\n]*\])\([^)\n]*\)")
"""A picture as it is written: its words, and its file, whose name is no reader's."""


def markdown(text: str, *, byline: str = "", picture: Picture | None = None) -> Block:
    r"""Show Markdown as people wrote it; raw HTML in it is shown as text, never as markup.

    Tables and footnotes become those of the page. A table is named by the words of its headings.

    Parameters
    ----------
    text
        Markdown. Its headings begin at the second level, below the page's title: where the first
        level is used, all are lowered by one.
    byline
        Who wrote it and when; stands under it.
    picture
        Gives the address of a picture that the page holds itself, from the address and the words
        that were written. Without it, a picture is refused.

    Examples
    --------
    >>> str(markdown("Robbery is *rare*. <script>").html)
    '<div class="prose commentary"><p>Robbery is <em>rare</em>. &lt;script&gt;</p>\n</div>'
    >>> str(markdown("# Rare\n\n## In winter").html)
    '<div class="prose commentary"><h2>Rare</h2>\n<h3>In winter</h3>\n</div>'
    """
    made = _below_the_title(_translator(picture or _refused)(text))
    settled = _settled(made) if "<table" in made or 'class="footnote' in made else made
    under = element("p", byline, class_="byline") if byline else None
    html = element("div", Markup(settled), under, class_="prose commentary")  # noqa: S704 # nosec B704 - escaped
    said = _PICTURE.sub(r"\1", text)
    return Block(html, f"{said}\n\n{byline}".strip())


def _translator(picture: Picture) -> Callable[[str], str]:
    import mistune

    class _Renderer(mistune.HTMLRenderer):
        def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
            return f'<img src="{escape(picture(url, text))}" alt="{escape(text)}">'

    plugins: Any = ["strikethrough", "table", "footnotes"]
    made: Any = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=plugins)
    return lambda text: str(made(text))


def _below_the_title(made: str) -> str:
    """Lower the headings of a text that uses the first level, which is the page's own."""
    if "<h1>" not in made:
        return made
    return re.sub(r"(</?h)([1-5])>", lambda tag: f"{tag[1]}{int(tag[2]) + 1}>", made)


def _refused(address: str, words: str) -> str:
    raise UsageError(
        f"picture '{address}' ({words or 'without words'}) can't be shown here: only commentary in "
        "a partnership's folder takes pictures; show a drawing with display.chart"
    )


def _settled(made: str) -> str:
    """Give tables and footnotes the form that those of a report have."""
    from lxml import html

    root = html.fragment_fromstring(made, create_parent="div")
    # Two texts of a page may number their notes alike and head their tables alike.
    mark = sha256(made.encode()).hexdigest()[:8]
    for number, table in enumerate(root.findall(".//table"), start=1):
        _box(table, f"written-{mark}-{number}-caption")
    _settle_notes(root, f"note-{mark}")
    inner = (html.tostring(child, encoding="unicode") for child in root)
    return str(escape(root.text or "")) + "".join(inner)


def _box(table: HtmlElement, name: str) -> None:
    """Name a table, tell what its headings head, and set it in a box that scrolls."""
    from lxml import html

    heads = table.findall(".//thead//th")
    caption = html.Element("caption", {"id": name})
    caption.text = ", ".join(filter(None, (head.text_content().strip() for head in heads)))
    caption.text = caption.text or "Table"
    table.insert(0, caption)
    for cell in table.iter("th", "td"):
        if "right" in cell.attrib.pop("style", ""):
            cell.set("class", "number")
    for head in heads:
        head.set("scope", "col")
    for first in table.xpath(".//tbody/tr/td[1]"):
        first.tag = "th"
        first.set("scope", "row")
    scroll = html.Element(
        "div", {"class": "scroll", "role": "region", "aria-labelledby": name, "tabindex": "0"}
    )
    block = html.Element("div", {"class": "table-block"})
    block.tail, table.tail = table.tail, None
    table.getparent().replace(table, block)
    block.append(scroll)
    scroll.append(table)


def _settle_notes(root: HtmlElement, prefix: str) -> None:
    """Turn Markdown's footnotes into notes of the page, which are numbered through all of it."""
    from lxml import html

    for link in root.xpath(".//sup[@class='footnote-ref']/a"):
        number = link.get("href").removeprefix("#fn-")
        link.getparent().attrib.clear()
        link.attrib.clear()
        named = {"class": "noteref", "role": "doc-noteref", "href": f"#{prefix}-{number}"}
        link.attrib.update({**named, "aria-label": f"Note {number}"})
    for section in root.xpath(".//section[@class='footnotes']"):
        for item in section.iter("li"):
            number = item.get("id").removeprefix("fn-")
            for back in item.xpath(".//a[@class='footnote']"):
                back.drop_tree()
            words = item.text_content().strip()
            item.clear()
            item.set("id", f"{prefix}-{number}")
            item.text = words
        first = section.find(".//li").text or ""
        notes = html.Element("aside", {"class": "notes"})
        notes.set("aria-label", f"Notes: {identifier(first).replace('-', ' ')[:60]}")
        notes.extend(list(section))
        section.getparent().replace(section, notes)
