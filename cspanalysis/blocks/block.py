"""Blocks: what a display function gives to a notebook cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from cspanalysis.blocks.lab import worn
from cspanalysis.vocabulary.area import slug_of

__all__ = [
    "ASKED",
    "CLAIMS",
    "COVER",
    "FIGURES",
    "TABLES",
    "TO_DO",
    "Block",
    "element",
    "identifier",
    "joined_markup",
]

# Types of the records that cells leave for production and publication.
CLAIMS = "application/vnd.cspanalysis.claims+json"
COVER = "application/vnd.cspanalysis.cover+json"
FIGURES = "application/vnd.cspanalysis.figures+json"
TABLES = "application/vnd.cspanalysis.tables+json"
TO_DO = "application/vnd.cspanalysis.to-do+json"

# Under this name an executed notebook's metadata list the forms that a plan asks for.
ASKED = "cspanalysis_forms"


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one piece of a report: markup for a page, text for a terminal, records for machines.

    Parameters
    ----------
    html
        Markup; every value from data is escaped in it.
    text
        The same as plain text.
    records
        What machines read, by MIME type.
    """

    html: str
    text: str
    records: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {"text/html": worn(str(self.html)), "text/plain": self.text, **self.records}


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Write one element; children and values that are not markup already are escaped.

    Parameters
    ----------
    name
        Name of the element.
    children
        Text or markup; None is left out.
    attributes
        ``class_`` stands for class, ``aria_label`` for aria-label; None and False are left out,
        True writes the name alone.

    Examples
    --------
    >>> str(element("td", "a < b", class_="number"))
    '<td class="number">a &lt; b</td>'
    """
    name = escape(name)
    inner = joined_markup(child for child in children if child is not None)
    opening = joined_markup(_attribute(key, value) for key, value in attributes.items())
    if name in {"br", "img", "col", "input"}:
        return Markup(f"<{name}{opening}>")  # noqa: S704 # nosec B704 - its parts are escaped
    return Markup(f"<{name}{opening}>{inner}</{name}>")  # noqa: S704 # nosec B704 - likewise


def joined_markup(parts: Iterable[object], separator: str | Markup = "") -> Markup:
    """Join parts, escaping those that are not markup already."""
    text = str.join(escape(separator), [escape(part) for part in parts])
    return Markup(text)  # noqa: S704 # nosec B704 - escaped just now


def identifier(text: str) -> str:
    """Turn text into an identifier that a page can hold: letters, digits and hyphens.

    Examples
    --------
    >>> identifier("2 in 10: theft of a vehicle")
    'x-2-in-10-theft-of-a-vehicle'
    """
    slug = slug_of(text)[:48].strip("-")
    return slug if slug[:1].isalpha() else f"x-{slug}".rstrip("-")


def _attribute(key: str, value: object) -> Markup:
    if value is None or value is False:
        return Markup()
    name = escape(key.rstrip("_").replace("_", "-"))
    text = f" {name}" if value is True else f' {name}="{escape(value)}"'
    return Markup(text)  # noqa: S704 # nosec B704 - escaped just now
