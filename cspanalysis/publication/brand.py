"""A partnership's own look: colour, logo and Word's reference document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspanalysis import paths
from cspanalysis.errors import UsageError
from cspanalysis.publication.checks import contrast
from cspanalysis.publication.logo import bare_logo

__all__ = ["Brand", "brand_of", "read_brand"]

_LOGOS = ("logo.svg", "logo.png")
_SETTINGS = {"colour", "logo_alt"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3: links are set in the colour
_GROUNDS = {"white": "#ffffff", "the grey of marked notes": "#f5f5f2"}
_DARK = "#202225"
"""The lighter of the two grounds of a page in a dark scheme."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Hold what a partnership puts in place of ours; what it leaves out stays ours.

    Parameters
    ----------
    colour
        Colour of rules and links, such as "#12436D".
    logo, logo_name
        Bytes and file name of a logo, SVG or PNG, as it is drawn; see `bare_logo`.
    logo_alt
        Words for the logo; without them it counts as decoration.
    reference
        Bytes of a Word document whose styles, page and edges are taken.
    slides
        Bytes of a PowerPoint file whose layouts are taken.
    """

    colour: str | None = None
    logo: bytes | None = None
    logo_name: str = ""
    logo_alt: str = ""
    reference: bytes | None = None
    slides: bytes | None = None

    @property
    def lit(self) -> str | None:
        """The colour for a page in a dark scheme: mixed with white until text in it is legible."""
        if self.colour is None:
            return None
        shades = (_mixed(self.colour, part / 20) for part in range(21))
        return next(shade for shade in shades if contrast(shade, _DARK) >= _LEAST_CONTRAST)


def brand_of(slug: str) -> Brand | None:
    """Read the brand of the area with this slug from its partnership folder, if it has one."""
    folder = paths.data_folder() / "partnerships" / slug / "brand"
    return read_brand(folder) if folder.is_dir() else None


def read_brand(folder: Path) -> Brand:
    """Read a brand folder: ``brand.yml``, a logo, ``reference.docx`` and ``slides.pptx``.

    Raises
    ------
    UsageError
        If a setting is unknown, the colour is no colour or too faint for text, or the logo is no
        picture.
    """
    settings = _settings(folder / "brand.yml")
    logo = next((folder / name for name in _LOGOS if (folder / name).is_file()), None)
    reference, slides = folder / "reference.docx", folder / "slides.pptx"
    return Brand(
        colour=_colour(settings["colour"], folder / "brand.yml") if "colour" in settings else None,
        logo=bare_logo(logo) if logo else None,
        logo_name=logo.name if logo else "",
        logo_alt=str(settings.get("logo_alt", "")),
        reference=reference.read_bytes() if reference.is_file() else None,
        slides=slides.read_bytes() if slides.is_file() else None,
    )


def _settings(file: Path) -> Mapping[str, Any]:
    import yaml

    if not file.is_file():
        return {}
    try:
        held = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not YAML: {error}") from error
    if not isinstance(held, dict) or not held.keys() <= _SETTINGS:
        raise UsageError(f"{file}: only {' and '.join(sorted(_SETTINGS))} can be set here")
    return held


def _colour(value: object, file: Path) -> str:
    if value is None:
        raise UsageError(
            f"{file}: colour is empty; write it with quotes, such as '#12436D': without them '#' "
            "begins a remark"
        )
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise UsageError(f"{file}: colour '{value}' is not written like '#12436D', with quotes")
    for name, ground in _GROUNDS.items():
        if (found := contrast(value, ground)) < _LEAST_CONTRAST:
            raise UsageError(
                f"{file}: colour {value} has a contrast of {found:.1f} on {name}; "
                f"text needs {_LEAST_CONTRAST}: choose a darker one"
            )
    return value


def _mixed(colour: str, white: float) -> str:
    """Mix a colour with a share of white.

    Examples
    --------
    >>> _mixed("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)
