"""The one typeface of every page: Source Sans Pro, open, embedded and cut to what pages need.

What it has no shape for is set in DejaVu Sans, and what that has none for in the boxes of Last
Resort, which tell the script; both are open and come with matplotlib.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

__all__ = [
    "FAMILY",
    "beside_charts",
    "fallback_folder",
    "font_faces",
    "font_folder",
    "plain_font",
    "without_shape",
]

FAMILY = "Source Sans Pro"
_FACES = (
    ("SourceSansPro", 400, "normal"),
    ("SourceSansProIt", 400, "italic"),
    ("SourceSansProSemibold", 600, "normal"),
)
# Latin of the British Isles, with the marks, arrows and shapes that reports use.
_LATIN = ((0x20, 0x7E), (0xA0, 0x17F), (0x1E80, 0x1E85), (0x1EF2, 0x1EF3))
_MARKS = ((0x2007, 0x2015), (0x2018, 0x2022), (0x2026, 0x2033), (0x20AC, 0x20AC))
_SHAPES = ((0x2190, 0x2193), (0x2212, 0x2212), (0x2260, 0x2265), (0x25A0, 0x25CF))
_RANGES = (*_LATIN, *_MARKS, *_SHAPES)
_FALLBACKS = ("DejaVuSans.ttf", "LastResortHE-Regular.ttf")
_FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "sups"]


def font_folder() -> Path:
    """Give the folder of the full fonts, for programs that embed what they need themselves."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


@cache
def fallback_folder() -> Path:
    """Give a folder of the faces that stand in for characters which ours has no shape for.

    They lie among faces that no page may fall back to, so they are copied to the cache.
    """
    held = [(name, beside_charts(name).read_bytes()) for name in _FALLBACKS]
    digest = hashlib.sha256(b"".join(content for _, content in held)).hexdigest()[:16]
    folder = _cache_folder() / f"fallback-{digest}"
    folder.mkdir(exist_ok=True)
    for name, content in held:
        if not (folder / name).is_file():
            _write_whole(folder / name, content)
    return folder


def without_shape(text: str) -> set[str]:
    """Give the characters of a text that pages can only show as a box."""
    return {c for c in set(text) if ord(c) > 0x7E and c not in _shaped() and c.isprintable()}


@cache
def _shaped() -> frozenset[str]:
    """Give the characters that our face or the first that stands in for it has a shape for."""
    import font_source_sans_pro
    from fontTools.ttLib import TTFont

    files = (font_source_sans_pro.font_files_ttf["SourceSansPro"], beside_charts(_FALLBACKS[0]))
    shaped: set[str] = set()
    for file in files:
        with TTFont(file) as font:
            shaped.update(map(chr, font.getBestCmap()))
    return frozenset(shaped)


def beside_charts(name: str) -> Path:
    """Find a font that matplotlib ships, without loading it."""
    from importlib.util import find_spec

    found = find_spec("matplotlib")
    folders = (found.submodule_search_locations if found else None) or ()
    return next(Path(folder) / "mpl-data" / "fonts" / "ttf" / name for folder in folders)


@cache
def font_faces(*, italic: bool = True) -> str:
    """Write the style rules that embed the typeface as WOFF2.

    Parameters
    ----------
    italic
        Whether the page has words in italics.

    Cutting takes about a second, so what was cut is kept in the user's cache folder under a name
    that follows from the font and the cut.
    """
    rules = (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:{style};"
        f"font-display:swap;src:url(data:font/woff2;base64,{_embedded(name)}) format('woff2')}}"
        for name, weight, style in _FACES
        if italic or style == "normal"
    )
    return "\n".join(rules)


@cache
def plain_font(name: str) -> bytes:
    """Give a font, cut as for pages, in the plain form that word processors read."""
    return _kept(name, "ttf")


def _embedded(name: str) -> str:
    return base64.b64encode(_kept(name, "woff2")).decode()


def _kept(name: str, form: str) -> bytes:
    import font_source_sans_pro

    source = Path(font_source_sans_pro.font_files_ttf[name])
    kept = _cache_folder() / f"{name}-{_fingerprint(source)}.{form}"
    if not kept.is_file():
        _write_whole(kept, _cut(source, form))
    return kept.read_bytes()


def _cut(source: Path, form: str) -> bytes:
    from io import BytesIO

    from fontTools import subset

    options = subset.Options(layout_features=_FEATURES, hinting=False, name_IDs=["*"])
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for first, last in _RANGES for c in range(first, last + 1)])
    cutter.subset(font)
    buffer = BytesIO()
    font.flavor = "woff2" if form == "woff2" else None
    font.save(buffer, reorderTables=None)
    return buffer.getvalue()


def _fingerprint(source: Path) -> str:
    from fontTools import version

    digest = hashlib.sha256(source.read_bytes())
    digest.update(f"{_RANGES}{_FEATURES}{version}".encode())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("cspanalysis", appauthor=False) / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home to write to, as in some containers
        folder = Path(tempfile.gettempdir()) / f"cspanalysis-fonts-{os.getpid()}"
        folder.mkdir(exist_ok=True)
    return folder


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, so that runs side by side never read half of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
