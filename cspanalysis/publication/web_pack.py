"""A page with its style, typeface and pictures as files: for sites whose policy wants them so.

Many sites of councils send ``Content-Security-Policy: default-src 'self'``, which refuses what a
page carries within itself. The page in this archive carries nothing: it is unpacked as it is, and
looks the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from hashlib import sha256

from cspanalysis.publication.html import Page
from cspanalysis.publication.word_archive import archive_of

__all__ = ["web_pack_of"]

_FOLDER = "assets"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_HELD = re.compile(r"data:([a-z]+)/([a-z0-9]+)(?:\+xml)?;base64,([A-Za-z0-9+/=]+)")


def web_pack_of(page: Page) -> bytes:
    """Make an archive of the page and a folder of what it shows; the same page gives the same."""
    files: dict[str, bytes] = {}
    markup = _STYLE.sub(lambda found: _linked(found[1], files), page.html)
    markup = _HELD.sub(_kept(files, f"{_FOLDER}/"), markup)
    members = {"index.html": markup.encode()}
    return archive_of(members | {f"{_FOLDER}/{name}": files[name] for name in sorted(files)})


def _linked(style: str, files: dict[str, bytes]) -> str:
    """Put a style into a file, and what it holds into others beside it; give the link to it."""
    name = _named(_HELD.sub(_kept(files, ""), style).encode(), "css", files)
    return f'<link rel="stylesheet" href="{_FOLDER}/{name}">'


def _kept(files: dict[str, bytes], before: str) -> Callable[[re.Match[str]], str]:
    """Give what puts held bytes into a file and writes its place."""

    def replaced(found: re.Match[str]) -> str:
        return f"{before}{_named(base64.b64decode(found[3]), found[2], files)}"

    return replaced


def _named(content: bytes, ending: str, files: dict[str, bytes]) -> str:
    """Keep bytes under a name that follows from them, so that a site may keep files for long."""
    name = f"{sha256(content).hexdigest()[:16]}.{ending}"
    files[name] = content
    return name
