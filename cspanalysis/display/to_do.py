"""What a report lacks: plain words for readers, what to do for whoever prepares it."""

from __future__ import annotations

from cspanalysis.blocks.block import TO_DO, Block
from cspanalysis.display.prose import paragraphs

__all__ = ["lacking"]


def lacking(said: str, *, do: str, shown: bool = True) -> Block:
    """Say that something is missing; what to do about it goes to the review pack alone.

    Parameters
    ----------
    said
        What is missing, for readers: no file, no key, no command.
    do
        What whoever prepares the report can do about it.
    shown
        Whether readers are told here; not where another section tells them.

    Examples
    --------
    >>> block = lacking("No survey was supplied for this report.", do="Add it under 'consultation'")
    >>> block.text
    'No survey was supplied for this report.'
    >>> block.records[TO_DO]["items"][0]["do"]
    "Add it under 'consultation'"
    """
    told = paragraphs(said if shown else "")
    return Block(told.html, told.text, {TO_DO: {"items": [{"lacks": said, "do": do}]}})
