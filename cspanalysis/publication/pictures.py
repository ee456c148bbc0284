"""Drawings as PNG, for programs that show no SVG."""

from __future__ import annotations

from collections.abc import Mapping

from cspanalysis.publication.typesetter import typesetter
from cspanalysis.publication.typst_tree import literal

__all__ = ["png_of"]

_TIMES = 2  # sharp on screens with two dots a pixel
_PIXELS_PER_INCH = 96


def png_of(drawings: Mapping[str, bytes]) -> dict[str, bytes]:
    """Turn SVG drawings into PNG pictures at twice their size; others stay as they are.

    All are set in one go, a page each: starting the typesetter costs more than a drawing.
    """
    vector = {name: svg for name, svg in drawings.items() if name.endswith(".svg")}
    made = {name: content for name, content in drawings.items() if name not in vector}
    if not vector:
        return made
    pages = "#pagebreak()\n".join(
        f'#image(bytes({literal(svg.decode())}), format: "svg")\n' for svg in vector.values()
    )
    source = f"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n{pages}"
    drawn = typesetter().compile(source.encode(), format="png", ppi=_TIMES * _PIXELS_PER_INCH)
    return made | dict(zip(vector, drawn if isinstance(drawn, list) else [drawn], strict=True))
