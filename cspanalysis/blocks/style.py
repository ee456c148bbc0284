"""Colours, fonts and the bytes of drawings: what every figure shares.

The palette is the Analysis Function's (DOMAIN.md): dark blue, turquoise, dark pink and orange,
each at least 3:1 against white and against its neighbour.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "COLOURS",
    "FAMILY",
    "PHONE",
    "PIXELS",
    "TINTS",
    "data_uri",
    "drawing",
    "quiet_axes",
    "size_of",
    "svg_of",
]

COLOURS: Mapping[str, str] = {
    "focus": "#12436D",
    "blue": "#2073BC",
    "turquoise": "#28A197",
    "pink": "#801650",
    "orange": "#F46A25",
    "ink": "#1D1D1B",
    "text": "#3D3D3D",
    "muted": "#595959",
    "mark": "#858585",
    "grey": "#BFBFBF",
    "hairline": "#D5D5D2",
}
TINTS = ("#EAF0F5", "#A9C3D8", "#5588B3", COLOURS["focus"])
"""Tints of the house's blue, light to dark, told apart in grey as well: classes of a map, bands.

The first two are fainter than shapes may be that stand alone: give them a border.
"""
PHONE = 320
"""Pixels across of the widest drawing: a telephone, and half a sheet of paper, show it as drawn.

So its words, at 12 pixels, stand at 9 points on paper.
"""
FAMILY, PIXELS = "Source Sans Pro", 12
"""What words of a drawing are set in, and how large."""
_PIXELS_PER_INCH = 96
_POINTS_PER_PIXEL = 0.75


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """Give an empty figure of a size in CSS pixels, set in the house's type.

    Texts are drawn as outlines, so that a picture looks alike everywhere; the picture's
    alternative text carries the words.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    _register_fonts()
    with mpl.rc_context(_settings()):
        yield Figure(figsize=(width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH))


def quiet_axes(axes: Axes) -> None:
    """Leave of the axes what carries meaning: no box, short quiet labels, faint guide lines."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, pad=4, labelcolor=COLOURS["muted"])
    axes.set_axisbelow(True)


def svg_of(figure: Figure) -> bytes:
    """Write a figure as SVG: the same bytes for the same drawing, with no needless decimals."""
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata=dict.fromkeys(_METADATA))
    return _lean(buffer.getvalue().decode()).encode()


def own_svg(figure: Figure) -> bytes:
    """Write a figure that somebody drew by other means as SVG, with texts as outlines."""
    import matplotlib as mpl

    with mpl.rc_context(_settings()):
        return svg_of(figure)


def data_uri(svg: bytes) -> str:
    """Write an SVG as an address that needs no network."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def size_of(svg: bytes) -> tuple[int, int]:
    """Give the width and height of an SVG from `svg_of`, in CSS pixels."""
    match = re.search(rb'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"', svg)
    if match is None:
        raise ValueError("not a drawing of ours: the SVG names no size")
    return round(float(match[1])), round(float(match[2]))


_METADATA = ("Creator", "Date", "Format", "Type")
_COMMENTS = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_PATHS = re.compile(r'(?<= )(d|x|y|transform)="([^"]*)"')
_DECIMALS = re.compile(r"(-?\d+\.\d{2})\d+")


def _lean(svg: str) -> str:
    body = _COMMENTS.sub("", svg[svg.index("<svg") :])
    body = re.sub(
        r'<metadata>.*?</metadata>|width="[\d.]+pt" |height="[\d.]+pt" ', "", body, flags=re.S
    )
    body = _PATHS.sub(_rounded, body)
    body = re.sub(r">\s+<", "><", body)
    return _with_size(re.sub(r"\s+", " ", body))


def _rounded(match: re.Match[str]) -> str:
    # A glyph's scale of 0.015625 must keep its digits; positions need no more than two.
    parts = re.split(r"(scale\([^)]*\))", match[2])
    kept = (p if p.startswith("scale") else _DECIMALS.sub(r"\1", p) for p in parts)
    return f'{match[1]}="{"".join(kept)}"'


def _with_size(svg: str) -> str:
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if match is None:
        raise ValueError("the drawing has no size")
    width, height = (float(match[i]) / _POINTS_PER_PIXEL for i in (1, 2))
    return svg.replace("<svg ", f'<svg width="{width:.0f}" height="{height:.0f}" ', 1)


def _settings() -> Any:
    return {
        "svg.fonttype": "path",
        "svg.hashsalt": "cspanalysis",
        "font.family": FAMILY,
        "font.size": PIXELS * _POINTS_PER_PIXEL,
        "text.color": COLOURS["ink"],
        "axes.labelcolor": COLOURS["muted"],
        "axes.unicode_minus": True,
        "path.simplify": True,
        "path.simplify_threshold": 0.1,
    }


@cache
def _register_fonts() -> None:
    import font_source_sans_pro
    from matplotlib.font_manager import fontManager

    for weight in ("SourceSansPro", "SourceSansProSemibold"):
        fontManager.addfont(font_source_sans_pro.font_files_ttf[weight])
