"""Drawings as PNG, for programs that show no SVG."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from cspanalysis.publication.png import SIGNATURE
from cspanalysis.publication.typesetter import typeset
from cspanalysis.publication.typst_tree import literal

__all__ = ["png_of", "stand_in"]

_TIMES = 2  # sharp on screens with two dots a pixel
_PIXELS_PER_INCH = 96


def png_of(drawings: Mapping[str, bytes], *, opaque: bool = False) -> dict[str, bytes]:
    """Turn SVG drawings into PNG pictures at twice their size; others stay as they are.

    All are set in one go, a page each: starting the typesetter costs more than a drawing.

    Parameters
    ----------
    drawings
        Pictures by name.
    opaque
        Whether they stand on white: where a picture is drawn smaller, white edges upon nothing
        would show as grey lines.

    Raises
    ------
    PublicationError
        If a drawing is none.
    """
    vector = {name: svg for name, svg in drawings.items() if name.endswith(".svg")}
    made = {name: content for name, content in drawings.items() if name not in vector}
    if not vector:
        return made
    pages = "#pagebreak()\n".join(
        f'#image(bytes({literal(svg.decode(errors="replace"))}), format: "svg")\n'
        for svg in vector.values()
    )
    fill = "white" if opaque else "none"
    source = f"#set page(width: auto, height: auto, margin: 0pt, fill: {fill})\n{pages}"
    drawn, _ = typeset(source, format="png", ppi=_TIMES * _PIXELS_PER_INCH)
    return made | dict(zip(vector, drawn if isinstance(drawn, list) else [drawn], strict=True))


def stand_in(picture: bytes, name: str) -> bytes:
    """Give an empty PNG of a picture's size, for what needs no more than that.

    Stand-ins of different names differ. What is no PNG stands for itself.

    Examples
    --------
    >>> stand_in(b"GIF89a", "logo")
    b'GIF89a'
    """
    if not picture.startswith(SIGNATURE):
        return picture
    size = picture[16:24]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")
    one_bit_grey = b"\1\0\0\0\0"
    empty = zlib.compress(bytes(height * (1 + (width + 7) // 8)))
    chunks = (
        (b"IHDR", size + one_bit_grey),
        (b"tEXt", b"Title\0" + name.encode("latin-1")),
        (b"IDAT", empty),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Write one chunk of a PNG file (ISO/IEC 15948, clause 5.3)."""
    body = kind + content
    return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
