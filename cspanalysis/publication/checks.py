"""Rules that a published page must keep, verified on what was built."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from cspanalysis.blocks.style import COLOURS, TINTS
from cspanalysis.publication.allowed import not_allowed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["breaches", "contrast", "frame_breaches", "part_breaches"]

_REMOTE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
# What nbconvert writes where a picture has none says nothing either.
_NO_WORDS = {"", "No description has been provided for this image"}
_ADDRESSES = "//@src | //@srcset | //@data | //@poster | //@background"
_TAKEN_OUT = "#harmful-link"
"""What stands in a page for an address such as javascript:, which Markdown leaves out."""
_FRAME = re.compile(r"</?(html|head|body|main|frameset|plaintext)\b", re.IGNORECASE)
_TITLED = re.compile(r"<title\b[^>]*>[^<]*<(?!/title)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:fill|stroke)\s*[:=]\s*\"?(#[0-9a-fA-F]{6})")
# What only guides the eye, stands beside a label that says the same, or has a border may be faint.
_FAINT = {c.lower() for c in (COLOURS["hairline"], COLOURS["grey"], *TINTS[:2], "#FFFFFF")}
_LEAST_CONTRAST = 3.0  # WCAG 2.2, success criterion 1.4.11


def breaches(page: str, *, script: str | None = None) -> Iterator[str]:
    """List what in a page breaks a rule: title, language, headings, pictures, tables, links.

    Parameters
    ----------
    page
        The page.
    script
        The one script that it may hold, if any.
    """
    from lxml import html

    root = html.document_fromstring(page)
    yield from _document(root)
    yield from _headings(root)
    yield from _pictures(root)
    yield from _tables(root)
    yield from _colours(root)
    yield from _references(root, script)
    yield from not_allowed(root, search=script is not None)


def part_breaches(part: str) -> frozenset[str]:
    """List what breaks a rule within a part of a page, in the words that `breaches` has for it."""
    from lxml import html

    read = html.fragment_fromstring(part or " ", create_parent="main")
    root = html.fromstring(html.tostring(read))  # as the page was written, and read again
    rules = (_pictures(root), _tables(root), _colours(root), _references(root, None))
    return frozenset(chain(*rules, not_allowed(root), frame_breaches(part)))


def frame_breaches(part: str) -> Iterator[str]:
    """List what a part of a page holds of what is the page's own; parsers drop what follows it."""
    for name in dict.fromkeys(_FRAME.findall(part)):
        yield f"<{name.lower()}> is the page's own; no cell may show it"
    if _TITLED.search(part):
        yield "<title> holds markup"


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """Give the contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> round(contrast("#12436D"), 1)
    10.2
    """
    high, low = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _document(root: HtmlElement) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page names no language"
    if not (root.findtext(".//title") or "").strip():
        yield "the page has no title"


def _headings(root: HtmlElement) -> Iterator[str]:
    levels = [int(heading.tag[1]) for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} first-level headings; it must have one, the cover's"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}"


def _pictures(root: HtmlElement) -> Iterator[str]:
    for picture in _drawn(root):
        if (picture.get("alt") or "").strip() in _NO_WORDS:
            yield "a picture has no alternative text; show it through cspanalysis.display"


def _drawn(root: HtmlElement) -> Iterator[HtmlElement]:
    """Give the pictures that say something; a logo may be decoration, in any colour."""
    return (picture for picture in root.iter("img") if picture.get("class") != "logo")


def _tables(root: HtmlElement) -> Iterator[str]:
    for table in root.xpath(".//table[not(@role='presentation')]"):
        name = " ".join((table.findtext("caption") or "").split())
        if not name:
            yield "a table has no caption: show frames with display.table(frame, caption=...)"
        if any(head.get("scope") is None for head in table.iter("th")):
            yield f"a heading cell of the table '{name}' names no scope"


def _colours(root: HtmlElement) -> Iterator[str]:
    """Verify that what is drawn stands out from the white that it is drawn on."""
    from lxml import html

    drawings = [html.tostring(svg, encoding="unicode") for svg in root.iter("svg")]
    for picture in _drawn(root):
        kind, _, content = (picture.get("src") or "").partition(";base64,")
        if kind == "data:image/svg+xml":
            drawings.append(base64.b64decode(content).decode())
    used = {colour.lower() for drawing in drawings for colour in _COLOUR.findall(drawing)}
    for colour in sorted(used - _FAINT):
        if contrast(colour) < _LEAST_CONTRAST:
            yield f"a drawing uses {colour}, which is too faint on white"


def _references(root: HtmlElement, script: str | None) -> Iterator[str]:
    names = Counter(root.xpath("//@id[. != '']"))
    if doubled := sorted(name for name, times in names.items() if times > 1):
        yield f"identifiers are given twice: {', '.join(doubled)}"
    for address in root.xpath(_ADDRESSES):
        if _REMOTE.match(address):
            yield f"<{address.getparent().tag}> loads from elsewhere: {address}"
    for element in root.iter("script", "iframe", "object", "embed", "link"):
        if element.tag != "script" or script is None or element.text != script:
            yield f"<{element.tag}> has no place in a published page"
    for target in root.xpath("//@href[starts-with(., '#')]"):
        if target == _TAKEN_OUT:
            yield "a link leads to what would run or load; links may lead to pages and mail only"
        elif target[1:] not in names:
            yield f"a link leads to {target}, which is not on the page"
