"""Several blocks of one cell as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cspanalysis.blocks.block import Block

__all__ = ["together"]


def together(*blocks: Block | None) -> Block:
    r"""Put blocks under each other, with what they record; None is left out.

    Lists in records of one type are joined in order; of other values the first stays.

    Examples
    --------
    >>> both = together(Block("<p>a</p>", "a"), None, Block("<p>b</p>", "b"))
    >>> both.html, both.text
    ('<p>a</p><p>b</p>', 'a\n\nb')
    """
    kept = [block for block in blocks if block is not None]
    records: dict[str, Any] = {}
    for block in kept:
        for kind, record in block.records.items():
            records[kind] = _joined(records.get(kind, {}), record)
    return Block(
        "".join(b.html for b in kept), "\n\n".join(filter(None, (b.text for b in kept))), records
    )


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    joined = {**second, **first}
    for name in first.keys() & second.keys():
        if isinstance(first[name], list) and isinstance(second[name], list):
            joined[name] = [*first[name], *second[name]]
    return joined
