"""What a published page may hold: an allow-list of elements and of addresses.

A notebook can show any markup, and so can what others wrote into its data. What is not listed here
is refused, so that a page does nothing but be read: no forms, no handlers, no frames, nothing
that leads on by itself or loads from elsewhere.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cspanalysis.publication.drawings import drawing_in, drawing_refused
from cspanalysis.publication.styles import loads

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["not_allowed"]

_TEXT = (
    "a abbr address article aside b bdi bdo blockquote body br caption cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i "
    "img ins kbd label li main mark meta nav ol p pre q s samp section small span strong style sub "
    "summary sup table tbody td tfoot th thead time title tr u ul var wbr"
)
_DRAWN = (
    "circle clippath defs desc ellipse g line lineargradient marker mask path pattern polygon "
    "polyline radialgradient rect stop svg symbol text tspan use"
)
_DRAWN_BY = frozenset(_DRAWN.split())
_ELEMENTS = frozenset(f"{_TEXT} {_DRAWN}".split())
_OF_SEARCH = frozenset({"form", "input", "option", "script", "select"})
# These have a message of their own in the rules for pages.
_TOLD = frozenset({"script", "iframe", "object", "embed", "link"})
_LINKS = frozenset({"", "http", "https", "mailto", "tel", "file"})
_LOADING = frozenset(
    [
        "action",
        "background",
        "data",
        "formaction",
        "http-equiv",
        "manifest",
        "ping",
        "poster",
        "srcdoc",
        "srcset",
        "xlink:href",
        "xml:base",
    ]
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_UNSEEN = re.compile(r"[\x00-\x20]+")


def not_allowed(root: HtmlElement, *, search: bool = False) -> Iterator[str]:
    """List what a page holds that no published page may hold.

    Parameters
    ----------
    root
        The page.
    search
        Whether it is an index, which has a field to search in and lists to choose from.
    """
    elements = _ELEMENTS | (_OF_SEARCH if search else frozenset())
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in elements and element.tag not in _TOLD:
            yield f"<{element.tag}> has no place in a published page"
        if element.tag == "style" and loads(element.text or ""):
            yield "a style sheet loads from elsewhere"
        if element.tag == "style" and "<" in (element.text or ""):
            # Within a drawing browsers read markup there, where our parser reads text.
            yield "<style> holds markup"
        for name, value in element.attrib.items():
            yield from _attribute(element.tag, name.lower(), value)


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or (name in _LOADING and not value.startswith("#")):
        yield f"<{tag} {name}> has no place in a published page"
    elif name == "href" and tag in _DRAWN_BY and not value.startswith("#"):
        yield f"<{tag}> of a drawing leads to {value[:40]}"
    elif name == "href" and _scheme(value) not in _LINKS:
        yield f"a link leads to {value[:40]}; links may lead to pages and mail only"
    elif name == "src" and _scheme(value) == "data" and not value.startswith("data:image/"):
        yield f"<{tag}> holds {value[:40]}, which is no picture"
    elif name == "src" and (drawing := drawing_in(value)) is not None:
        yield from drawing_refused(drawing)
    elif name == "src" and _scheme(value) == "data" and not _is_packed(value):
        yield f"<{tag}> holds {value[:40]}, which is no picture in base64"
    elif name == "src" and _scheme(value) not in {"", "data", "http", "https"}:
        yield f"<{tag}> loads from {value[:40]}"
    elif "(" in value and name not in {"alt", "content", "title"} and loads(value):
        yield f"the {name} of <{tag}> loads from elsewhere"


def _is_packed(address: str) -> bool:
    head, _, content = address.partition(",")
    try:
        return head.endswith(";base64") and bool(b64decode(content, validate=True))
    except ValueError:
        return False


def _scheme(address: str) -> str:
    named, colon, _ = address.partition(":")  # the rest may be a whole picture
    scheme = _UNSEEN.sub("", unquote(named)).lower()
    return scheme if colon and _SCHEME.fullmatch(scheme) else ""
