"""What a drawing (SVG) may hold: what is drawn, and nothing that runs, loads or leads on.

A page shows drawings as pictures, in which browsers run nothing. Packs for websites keep them as
files, and there they are pages of their own.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from cspanalysis.publication.styles import loads

__all__ = ["drawing_in", "drawing_refused"]

_SVG, _PAGES = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_SHAPES = (
    "a circle clippath defs desc ellipse filter font g image line lineargradient marker mask "
    "metadata path pattern polygon polyline radialgradient rect stop style svg switch symbol text "
    "textpath title tspan use view"
)
_DRAWN = frozenset(_SHAPES.split())
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp)[;,]")
_WEB = ("http://", "https://")
_SIZE = re.compile(r"\s*(\d{1,6}(?:\.\d*)?|\.\d+)\s*([a-z]*|%)\s*")
_DOTS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 3.78, "cm": 37.8, "in": 96.0}
"""Dots of a screen in a unit of length; others count as 16."""
_MOST_DOTS = 16_000_000
"""Many times what any chart or map takes; more would fill the memory of what draws it."""


def drawing_in(address: str) -> bytes | None:
    """Give the drawing that an address holds itself, as far as it is read; None without one.

    Examples
    --------
    >>> drawing_in("data:image/svg+xml,%3Csvg/%3E"), drawing_in("data:image/png;base64,AA==")
    (b'<svg/>', None)
    """
    head, _, content = address.partition(",")
    if not head.strip().lower().startswith("data:image/svg"):
        return None
    if head.strip().lower().endswith(";base64"):
        try:
            return base64.b64decode(content + "==")
        except ValueError:
            return b""
    return unquote_to_bytes(content)


def drawing_refused(svg: bytes) -> Iterator[str]:
    """List what a drawing holds that no published drawing may hold.

    Parameters
    ----------
    svg
        The drawing's file.

    Examples
    --------
    >>> list(drawing_refused(b'<svg xmlns="http://www.w3.org/2000/svg"><g onclick="x()"/></svg>'))
    ['<g onclick> has no place in a drawing']
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as error:
        yield f"a drawing is no SVG: {error}"
        return
    if _split(root.tag) not in {("", "svg"), (_SVG, "svg")}:
        yield f"a drawing is no SVG, but <{_split(root.tag)[1]}>"
        return
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        yield "a drawing declares entities"
    if any(node.tag is etree.PI for node in root.itersiblings(preceding=True)):
        yield "a drawing names a style sheet of elsewhere"
    yield from _size(root)
    for element in root.iter():
        if element.tag is etree.PI or element.tag is etree.Entity:
            yield "a drawing holds what a program would put in it"
        elif isinstance(element.tag, str):
            yield from _element(element)


def _size(root: Any) -> Iterator[str]:
    box = root.get("viewBox", "0 0 100 100").replace(",", " ").split()
    lengths = (box[2:3], box[3:4])
    dots = 1.0
    for name, within in zip(("width", "height"), lengths, strict=True):
        written = root.get(name, "100%")
        if written == "auto" or written.endswith("%"):
            written = "".join(within)
        dots *= _dots(written)
    if not 0 < dots <= _MOST_DOTS:
        yield f"a drawing has no size from 1 to {_MOST_DOTS:,} dots; give it width and height"


def _dots(written: str) -> float:
    found = _SIZE.fullmatch(written)
    return float(found[1]) * _DOTS.get(found[2], 16) if found else math.nan


def _element(element: Any) -> Iterator[str]:
    space, tag = _split(element.tag)
    if space not in {"", _SVG, _PAGES}:
        return  # notes of drawing programs, which no browser knows
    drawn = tag.lower() in _DRAWN or tag.startswith(("fe", "font-face"))
    if space == _PAGES or not drawn:
        yield f"<{tag}> has no place in a drawing"
    if tag == "style" and loads("".join(element.itertext())):
        yield "the style of a drawing loads from elsewhere"
    for name, value in element.attrib.items():
        yield from _attribute(tag, _split(name)[1].lower(), value)


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name == "base":
        yield f"<{tag} {name}> has no place in a drawing"
    elif name in {"href", "src"}:
        within = value.startswith("#") or _PICTURE.match(value)
        if not within and not (tag == "a" and value.startswith(_WEB)):
            yield f"<{tag}> of a drawing leads to {value[:40]}"
    elif "(" in value and loads(value):
        yield f"the {name} of <{tag}> in a drawing loads from elsewhere"


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition("}")
    return space.removeprefix("{"), local
