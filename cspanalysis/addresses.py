"""Addresses in what people write: where the links of a text in Markdown lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote

__all__ = ["harmful_links"]

_LED_TO = frozenset({"http", "https", "mailto", "tel"})
_UNSEEN = re.compile(r"[\x00-\x20]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def harmful_links(text: str) -> Iterator[tuple[int, str]]:
    r"""Give the links of a text in Markdown that lead elsewhere than to pages, mail or telephones.

    Returns
    -------
    iterator of int and str
        The line, from 0, and the address.

    Examples
    --------
    >>> list(harmful_links("[a](https://a.org) [b](b.html)\n[c](JavaScript:x\\(\\))"))
    [(1, 'JavaScript:x()')]
    """
    if ":" not in unescape(text):
        return
    import mistune

    made = mistune.create_markdown(renderer=None, plugins=["table", "footnotes"])(text)
    lines = [unquote(unescape(line)).replace("\\", "").lower() for line in text.split("\n")]
    for address in _addresses(made if isinstance(made, list) else []):
        scheme = _SCHEME.match(_UNSEEN.sub("", unescape(unquote(address))))
        if scheme and scheme[1].lower() not in _LED_TO:
            plain = unquote(address)
            held = (n for n, line in enumerate(lines) if plain.lower() in line)
            near = (n for n, line in enumerate(lines) if f"{scheme[1].lower()}:" in line)
            yield next(held, next(near, 0)), plain


def _addresses(tokens: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for token in tokens:
        if token["type"] == "link":
            yield str(token["attrs"]["url"])
        yield from _addresses(token.get("children", ()))
