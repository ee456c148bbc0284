"""A partnership's own look: colour, logo and Word's reference document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cspanalysis import paths
from cspanalysis.errors import UsageError
from cspanalysis.publication.checks import contrast
from cspanalysis.publication.logo import bare_logo
from cspanalysis.publication.word_archive import members_of, with_fonts
from cspanalysis.settings import load

__all__ = ["Brand", "brand_of", "read_brand"]

_LOGOS = ("logo.svg", "logo.png")
_UNSET = object()
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
        If a setting is unknown, the colour is no colour or too faint for text, the logo is no
        picture or more than one, or a file of Office can't be used; the file is named.
    """
    settings = _settings(folder / "brand.yml")
    logo = next((folder / name for name in _LOGOS if (folder / name).is_file()), None)
    return Brand(
        colour=_colour(settings.colour, folder / "brand.yml"),
        logo=bare_logo(logo) if logo else None,
        logo_name=logo.name if logo else "",
        logo_alt=settings.logo_alt,
        reference=_office(folder / "reference.docx", _tried_in_word),
        slides=_office(folder / "slides.pptx", _tried_in_slides),
    )


class _Look(BaseModel):
    """What ``brand.yml`` may set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    colour: Any = _UNSET
    logo_alt: str = Field("", max_length=500)


def _settings(file: Path) -> _Look:
    if not file.is_file():
        return _Look()
    return load(file, _Look, what="look", hint="write colour or logo_alt, or remove it").content


def _office(file: Path, tried: Callable[[bytes], object]) -> bytes | None:
    """Give the bytes of a file of Office, if it is there, after a trial with it.

    Whatever a library says of a file of others, that file is the reason.
    """
    if not file.is_file():
        return None
    raw = file.read_bytes()
    try:
        tried(raw)
    except MemoryError:
        raise
    except Exception as error:
        kind = "Word" if file.suffix == ".docx" else "PowerPoint"
        raise UsageError(
            f"{file}: can't be used ({shorten(str(error), 120)}); save it anew in {kind}"
        ) from error
    return raw


@lru_cache(maxsize=16)
def _tried_in_word(raw: bytes) -> None:
    from cspanalysis.publication.document import pandoc
    from cspanalysis.publication.word_style import reference_document

    with TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.docx"
        reference.write_bytes(reference_document(raw))
        made = pandoc(
            ["-f", "markdown", "-t", "docx", "-o", "-", f"--reference-doc={reference}"], b"# A\n"
        )
    with_fonts(members_of(made))


@lru_cache(maxsize=16)
def _tried_in_slides(raw: bytes) -> None:
    from cspanalysis.publication.slide_deck import opened

    opened(raw)


def _colour(value: object, file: Path) -> str | None:
    if value is _UNSET:
        return None
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
