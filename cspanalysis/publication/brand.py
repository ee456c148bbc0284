"""A partnership's own look for paper: colour, logo and Word's reference document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspanalysis import paths
from cspanalysis.errors import UsageError
from cspanalysis.publication.checks import contrast

__all__ = ["Brand", "brand_of", "read_brand"]

_LOGOS = ("logo.svg", "logo.png")
_SETTINGS = {"colour", "logo_alt"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3: links are set in the colour


@dataclass(frozen=True, slots=True)
class Brand:
    """Hold what a partnership puts in place of ours; what it leaves out stays ours.

    Parameters
    ----------
    colour
        Colour of rules and links, such as "#12436D".
    logo, logo_name
        Bytes and file name of a logo, SVG or PNG.
    logo_alt
        Words for the logo; without them it counts as decoration.
    reference
        Bytes of a Word document whose styles, page and edges are taken.
    """

    colour: str | None = None
    logo: bytes | None = None
    logo_name: str = ""
    logo_alt: str = ""
    reference: bytes | None = None


def brand_of(slug: str) -> Brand | None:
    """Read the brand of the area with this slug from its partnership folder, if it has one."""
    folder = paths.data_folder() / "partnerships" / slug / "brand"
    return read_brand(folder) if folder.is_dir() else None


def read_brand(folder: Path) -> Brand:
    """Read a brand folder: ``brand.yml``, ``logo.svg`` or ``logo.png``, ``reference.docx``.

    Raises
    ------
    UsageError
        If a setting is unknown, or the colour is no colour or too faint for text.
    """
    settings = _settings(folder / "brand.yml")
    logo = next((folder / name for name in _LOGOS if (folder / name).is_file()), None)
    reference = folder / "reference.docx"
    return Brand(
        colour=_colour(settings.get("colour"), folder / "brand.yml"),
        logo=logo.read_bytes() if logo else None,
        logo_name=logo.name if logo else "",
        logo_alt=str(settings.get("logo_alt", "")),
        reference=reference.read_bytes() if reference.is_file() else None,
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


def _colour(value: object, file: Path) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise UsageError(f"{file}: colour '{value}' is not written like '#12436D', with quotes")
    if contrast(value) < _LEAST_CONTRAST:
        raise UsageError(
            f"{file}: colour {value} has a contrast of {contrast(value):.1f} on white; "
            f"text needs {_LEAST_CONTRAST}"
        )
    return value
