"""Layout: headings inside a block, lists of named points, and where pages begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element
from cspanalysis.display.together import together

__all__ = ["fresh_page", "heading", "points", "side_by_side"]


def heading(text: str, *, level: Literal[2, 3, 4] = 3, listed: bool = False) -> Block:
    """Show a heading within a block; the page gives it an identifier.

    Parameters
    ----------
    text
        The heading.
    level
        2 for a section, which the page's contents list; 3 and 4 below it.
    listed
        Whether the page's contents list it under its section.

    Examples
    --------
    >>> str(heading("Burglary", listed=True).html)
    '<h3 class="listed">Burglary</h3>'
    """
    html = element(f"h{level}", text, class_="listed" if listed else None)
    return Block(html, f"{'#' * level} {text}")


def points(named: Mapping[str, str]) -> Block:
    """Show sentences as a list, the name of each first; empty ones are left out."""
    kept = {name: text for name, text in named.items() if text}
    if not kept:
        return Block("", "")
    items = (element("li", element("strong", f"{name}."), " ", text) for name, text in kept.items())
    text = "\n".join(f"- {name}. {words}" for name, words in kept.items())
    return Block(element("ul", *items, class_="prose points"), text)


def fresh_page(block: Block) -> Block:
    """Let a block begin on a new page of a PDF, unless the page it stands on has just begun.

    Word flows on: how much fits its pages depends on the machine.
    """
    html = element("div", Markup(block.html), class_="fresh-page")  # noqa: S704 - escaped markup
    return replace(block, html=html)


def side_by_side(*blocks: Block | None) -> Block:
    """Put two figures beside each other where there is room, under each other where there is not.

    With fewer than two, what is there stands as it is.
    """
    kept = [block for block in blocks if block is not None]
    inner = together(*kept)
    if len(kept) < 2:
        return inner
    halves = [element("div", Markup(block.html)) for block in kept]  # noqa: S704 - escaped markup
    return replace(inner, html=element("div", *halves, class_="pair"))
