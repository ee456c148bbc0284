"""Logos without what they tell of who drew them, when, where and with what."""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.publication.drawings import drawing_refused
from cspanalysis.publication.pictures import png_of
from cspanalysis.publication.png import SIGNATURE, chunks

__all__ = ["bare_logo"]

_DRAWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}
)
"""Parts of a PNG file that tell how it looks, and nothing else."""
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NAMESPACES = frozenset({"", _SVG, _XLINK, "http://www.w3.org/XML/1998/namespace"})
_TOLD = frozenset({"metadata", "title", "desc", "script"})
_PACKED = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.DOTALL)
_WITHIN = ("#", "data:")
_MOST_PIXELS = 16_000_000


def bare_logo(file: Path) -> bytes:
    """Read a logo, SVG or PNG, and leave out what is not drawn.

    Notes of cameras and drawing programs, remarks, names of files and layers: pages would carry
    them. Where there is nothing of it the file stays as it is, byte for byte.

    Raises
    ------
    UsageError
        If the file is not what its name says, is larger than any logo, or holds what runs, loads
        or leads on.
    """
    return _bare(file.read_bytes(), file)


@lru_cache(maxsize=16)
def _bare(raw: bytes, file: Path) -> bytes:
    if file.suffix != ".svg":
        return _seen(_bare_png(raw, file), file)
    bare = _bare_svg(raw, file)
    if refused := next(drawing_refused(bare), None):
        raise UsageError(f"{file}: {refused}; save it anew as plain SVG")
    try:
        (drawn,) = png_of({file.name: bare}).values()
    except PublicationError as error:
        raise UsageError(f"{file}: can't be drawn: {error}; save it anew as plain SVG") from None
    _seen(drawn, file)
    return bare


def _seen(raw: bytes, file: Path) -> bytes:
    """Give a picture that can be read, and is no larger than any logo needs to be."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="error"), Image.open(BytesIO(raw)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Image.DecompressionBombError
            opened.load()
    except Image.DecompressionBombError:
        raise UsageError(f"{file}: more than {_MOST_PIXELS:,} pixels; make it smaller") from None
    except (OSError, SyntaxError, ValueError, Warning) as error:
        raise UsageError(f"{file}: can't be read as a picture; save it anew as PNG") from error
    return raw


def _bare_png(raw: bytes, file: Path) -> bytes:
    if not raw.startswith(SIGNATURE):
        raise UsageError(f"{file}: not a PNG picture; save it anew as PNG")
    return SIGNATURE + b"".join(_drawn(raw))


def _drawn(raw: bytes) -> Iterator[bytes]:
    """Give the chunks of a PNG file that are drawn; what follows the last is none."""
    for kind, chunk in chunks(raw):
        if kind in _DRAWN:
            yield chunk
        if kind == b"IEND":
            return


def _bare_svg(raw: bytes, file: Path) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{file}: not SVG: {error}; save it anew as plain SVG") from None
    before = etree.tostring(root.getroottree())
    text = raw.decode("utf-8", errors="replace")
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    told = {e.tag for e in root.iter() if e is not root and _is_told(e.tag)}
    etree.strip_elements(root, *told, with_tail=False)
    for element in root.iter():
        _bare_attributes(element, text, file)
    etree.cleanup_namespaces(root)
    bare: bytes = etree.tostring(root)
    return raw if bare == before else bare


def _is_told(tag: str) -> bool:
    space, name = _split(tag)
    return space not in {"", _SVG} or name in _TOLD


def _bare_attributes(element: Any, text: str, file: Path) -> None:
    for key, value in list(element.attrib.items()):
        space, name = _split(key)
        unused = name == "id" and f"#{value}" not in text
        elsewhere = name == "href" and not value.startswith(_WITHIN)
        if space not in _NAMESPACES or name.startswith(("data-", "on")) or unused or elsewhere:
            del element.attrib[key]
        elif packed := _PACKED.fullmatch(value):
            element.set(key, _bare_picture(packed[1], packed[2], file))


def _bare_picture(kind: str, packed: str, file: Path) -> str:
    """Give a picture within a drawing without its notes, as PNG."""
    from PIL import Image

    try:
        raw = base64.b64decode(packed)
        if kind != "png":
            made = BytesIO()
            with Image.open(BytesIO(raw)) as opened:
                opened.convert("RGB").save(made, "PNG")
            raw = made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UsageError(f"{file}: a picture in it can't be read; save it anew as PNG") from error
    return f"data:image/png;base64,{base64.b64encode(_bare_png(raw, file)).decode()}"


def _split(name: str) -> tuple[str, str]:
    """Split a name into its namespace and itself.

    Examples
    --------
    >>> _split("{http://www.w3.org/2000/svg}g"), _split("width")
    (('http://www.w3.org/2000/svg', 'g'), ('', 'width'))
    """
    space, _, local = name.rpartition("}")
    return space.removeprefix("{"), local
