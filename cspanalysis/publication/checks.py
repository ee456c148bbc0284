"""Rules that a published page must keep, verified on what was built."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cspanalysis.errors import PublicationError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["breaches", "check_page"]

_REMOTE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
# What nbconvert writes where a picture has none says nothing either.
_NO_WORDS = {"", "No description has been provided for this image"}
_LOADING = ("src", "srcset", "data", "poster", "background")


def check_page(page: str, executed: Path) -> None:
    """Refuse a page that breaks a rule for published pages.

    Raises
    ------
    PublicationError
        Naming every breach.
    """
    found = list(breaches(page))
    if found:
        raise PublicationError(f"{executed}: the page is not published: {'; '.join(found)}")


def breaches(page: str) -> Iterator[str]:
    """List what in a page breaks a rule: title, language, headings, pictures, tables, links."""
    from lxml import html

    root = html.document_fromstring(page)
    yield from _document(root)
    yield from _headings(root)
    yield from _pictures(root)
    yield from _tables(root)
    yield from _references(root)


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
    for picture in root.iter("img"):
        if (picture.get("alt") or "").strip() in _NO_WORDS:
            yield "a picture has no alternative text; show it through cspanalysis.display"


def _tables(root: HtmlElement) -> Iterator[str]:
    for table in root.iter("table"):
        name = " ".join((table.findtext("caption") or "").split())
        if not name:
            yield "a table has no caption"
        if any(head.get("scope") is None for head in table.iter("th")):
            yield f"a heading cell of the table '{name}' names no scope"


def _references(root: HtmlElement) -> Iterator[str]:
    names = Counter(element.get("id") for element in root.iter() if element.get("id"))
    if doubled := sorted(name for name, times in names.items() if times > 1):
        yield f"identifiers are given twice: {', '.join(doubled)}"
    for element in root.iter():
        for attribute in _LOADING:
            if _REMOTE.match(element.get(attribute) or ""):
                yield f"<{element.tag}> loads from elsewhere: {element.get(attribute)}"
        if element.tag in {"script", "iframe", "object", "embed", "link"}:
            yield f"<{element.tag}> has no place in a published page"
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] not in names:
            yield f"a link leads to {target}, which is not on the page"
