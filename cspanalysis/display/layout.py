"""Layout: headings inside a block, lists of named points, what stands together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element
from cspanalysis.display.together import together

__all__ = ["answers", "heading", "parts", "points", "side_by_side"]


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


def answers(named: Mapping[str, str]) -> Block:
    r"""Show short paragraphs side by side, the question of each first; empty ones are left out.

    Examples
    --------
    >>> answers({"Where?": "In Harpur ward.", "Target": "At most 50.", "Next": ""}).text
    'Where? In Harpur ward.\n\nTarget. At most 50.'
    """
    kept = [(_asked(name), text) for name, text in named.items() if text]
    if not kept:
        return Block("", "")
    html = (element("p", element("strong", name), " ", text) for name, text in kept)
    told = "\n\n".join(f"{name} {text}" for name, text in kept)
    return Block(element("div", *html, class_="prose answers"), told)


def _asked(name: str) -> str:
    return name if name.endswith("?") else f"{name}."


def points(named: Mapping[str, str]) -> Block:
    """Show sentences as a list, the name of each first; empty ones are left out."""
    kept = {name: text for name, text in named.items() if text}
    if not kept:
        return Block("", "")
    items = (element("li", element("strong", f"{name}."), " ", text) for name, text in kept.items())
    text = "\n".join(f"- {name}. {words}" for name, words in kept.items())
    return Block(element("ul", *items, class_="prose points"), text)


def parts(*given: tuple[Block, Block, Block]) -> Block:
    """Show parts of an opening, figures that stay together on paper, and the rest of the text.

    A part whose figures do not fit what is left of a page goes to the next one in a PDF; where that
    would leave a third of the page empty, the rest stands before them. Screens and Word flow.

    Parameters
    ----------
    given
        Opening, figures and rest of each part; the figures hold no tables.
    """
    if not given:
        return Block("", "")
    inner = together(*(block for part in given for block in part))
    divided = (element("div", *map(_division, part), class_="part") for part in given)
    return replace(inner, html=element("div", *divided, class_="parts"))


def side_by_side(*blocks: Block | None) -> Block:
    """Put two figures beside each other where there is room, under each other where there is not.

    With fewer than two, what is there stands as it is.
    """
    kept = [block for block in blocks if block is not None]
    inner = together(*kept)
    if len(kept) < 2:
        return inner
    return replace(inner, html=element("div", *map(_division, kept), class_="pair"))


def _division(block: Block) -> Markup:
    return element("div", Markup(block.html))  # noqa: S704 # nosec B704 - blocks hold escaped markup
