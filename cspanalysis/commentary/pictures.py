"""Pictures in what people write: taken from the partnership's own folder, or refused."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cspanalysis.errors import UsageError

if TYPE_CHECKING:
    from cspanalysis.commentary.sections import Section

__all__ = ["embedded", "picture_files", "refuse_pictures"]

_FORMATS = ("PNG", "JPEG")
_WIDEST, _MOST_PIXELS = 1400, 40_000_000


def embedded(section: Section, address: str, alt: str) -> str:
    """Give a picture of a section as an address that holds its bytes.

    It is written anew as PNG, so that nothing comes along of where and by whom it was taken.

    Raises
    ------
    UsageError
        If it does not lie in the partnership's folder, is no PNG or JPEG, or has no words for
        those who do not see it; file and line are named.
    """
    where = f"{section.path}, line {_line(section, address)}: picture '{address}'"
    if not alt.strip():
        raise UsageError(f"{where} has no words for those who can't see it; write ![words](file)")
    content = base64.b64encode(_as_png(_found(section, address, where), where)).decode()
    return f"data:image/png;base64,{content}"


def refuse_pictures(section: Section) -> None:
    """Raise the `UsageError` of the first picture of a section that can't be shown."""
    for address, alt in _pictures(section.body):
        embedded(section, address, alt)


def picture_files(section: Section) -> tuple[Path, ...]:
    """Give the files of a section's pictures, as far as they are there."""
    places = (_places(section, address) for address, _ in _pictures(section.body))
    return tuple(path for tried in places for path in tried if path.is_file())


def _pictures(body: str) -> Iterator[tuple[str, str]]:
    """Give address and words of every picture of a text in Markdown, however it is written."""
    if "![" not in body:
        return
    import mistune

    made = mistune.create_markdown(renderer=None, plugins=["table", "footnotes"])(body)
    yield from _among(made if isinstance(made, list) else [])


def _among(tokens: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token["type"] == "image":
            yield str(token["attrs"]["url"]), _words(token.get("children", ()))
        yield from _among(token.get("children", ()))


def _words(tokens: Sequence[Mapping[str, Any]]) -> str:
    return "".join(str(t.get("raw", "")) or _words(t.get("children", ())) for t in tokens)


def _line(section: Section, address: str) -> int:
    lines = section.body.splitlines()
    given = (n for n, line in enumerate(lines) if address in line or unquote(address) in line)
    return section.first_line + next(given, 0)


def _home(section: Section) -> Path:
    folders = (folder for folder in section.path.parents if folder.name == "commentary")
    return next((folder.parent for folder in folders), section.path.parent)


def _places(section: Section, address: str) -> tuple[Path, ...]:
    """Give where a picture may lie: beside its text, or as named from the partnership's folder."""
    home = _home(section).resolve()
    tried = ((start / unquote(address)).resolve() for start in (section.path.parent, home))
    return tuple(path for path in tried if path.is_relative_to(home))


def _found(section: Section, address: str, where: str) -> Path:
    for path in _places(section, address):
        if path.is_file():
            return path
    raise UsageError(
        f"{where} is not in {_home(section)}; put the file there and name it from there, or take "
        "the picture out of the text"
    )


def _as_png(path: Path, where: str) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(action="error"), Image.open(path, formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise UsageError(_too_many(where))
            picture = opened.convert("RGBA" if "A" in opened.getbands() else "RGB")
    except Image.DecompressionBombError:
        raise UsageError(_too_many(where)) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        raise UsageError(f"{where} can't be read as PNG or JPEG; save it anew as PNG") from error
    picture.thumbnail((_WIDEST, _WIDEST))
    picture.info.clear()
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _too_many(where: str) -> str:
    return f"{where} has more than {_MOST_PIXELS:,} pixels; make it smaller"
