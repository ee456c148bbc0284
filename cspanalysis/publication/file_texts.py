"""The texts of a published file, of any form: what readers see, and what lies beside it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from cspanalysis.publication.png import SIGNATURE, chunks

__all__ = ["texts_in", "texts_of"]

_PACKED = re.compile(r"data:([\w/+.-]+)(?:;charset=[\w-]+)?;base64,([A-Za-z0-9+/=\s]+)")
_TAG = re.compile(r"<[^>]*>")
_VEILED = re.compile(r"%(?:2f|5c|3a)", re.IGNORECASE)
_ZIPPED = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"}
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_OF_KIND = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
_JPEG = b"\xff\xd8"
_NOTES = {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}


def texts_of(ending: str, content: bytes) -> Iterator[str]:
    """Give the texts of a file.

    Parameters
    ----------
    ending
        Of its name, with the dot; what is not known is taken for text where it can be read as such.
    content
        Its bytes.
    """
    if ending in _ZIPPED:
        yield from _zipped(content)
    elif ending == ".pdf":
        yield from _pdf(content)
    elif ending in {".json", ".ipynb"}:
        yield from _strings(content)
    elif ending == ".eml":
        yield from _mail(content)
    elif content.startswith(SIGNATURE):
        yield from _png(content)
    elif content.startswith(_JPEG):
        yield from _jpeg(content)
    elif (text := _decoded(content)) is not None:
        yield from _unpacked(text)


def _decoded(content: bytes) -> str | None:
    """Read bytes as text; None where they are none."""
    by_mark = next((code for mark, code in _MARKS.items() if content.startswith(mark)), None)
    if by_mark:
        return content.decode(by_mark, errors="replace")
    return None if b"\0" in content else content.decode(errors="replace")


def _unpacked(text: str) -> Iterator[str]:
    """Give a text without what is packed into it, and what is packed as texts of their own."""
    plain = _PACKED.sub("", text)
    yield plain
    if "<" in text:
        yield unescape(_TAG.sub("", plain))
    if "&" in text:
        yield unescape(plain)
    if _VEILED.search(plain):
        yield unquote(plain)
    for kind, packed in _PACKED.findall(text):
        if kind in _OF_KIND or kind in {"image/svg+xml", "text/html", "text/plain"}:
            with suppress(ValueError):
                yield from texts_of(_OF_KIND.get(kind, ".txt"), base64.b64decode(packed))


def _strings(content: bytes) -> Iterator[str]:
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        yield content.decode(errors="replace")
        return
    yield from texts_in(held)


def texts_in(held: Any) -> Iterator[str]:
    """Give the texts in what JSON can hold: keys and values, markup among them unpacked."""
    found: list[Any] = [held]
    plain: list[str] = []
    while found:
        match found.pop():
            case str() as text if "<" in text or "base64," in text:
                yield from _unpacked(text)
            case str() as text:
                plain.append(text)
            case list() as items:
                found += items
            case dict() as items:
                found += [*items, *items.values()]
    yield from _unpacked("\n".join(plain))  # at once: a notebook has ten thousand


def _zipped(content: bytes) -> Iterator[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            yield archive.comment.decode(errors="replace")
            for part in archive.namelist():
                yield part
                yield from texts_of(Path(part).suffix, archive.read(part))
    except BadZipFile:
        yield content.decode(errors="replace")


def _pdf(content: bytes) -> Iterator[str]:
    """Give the properties, the alternative texts and the pages of a PDF."""
    import pikepdf
    import pypdfium2

    with pikepdf.open(BytesIO(content)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary):
                texts = (v for _, v in item.items() if isinstance(v, pikepdf.String))
                yield from map(str, texts)
            elif isinstance(item, pikepdf.Stream) and _is_read(item):
                yield from texts_of(".xml", item.read_bytes())
    with pypdfium2.PdfDocument(content) as pages:
        for page in pages:
            # It marks the hyphen at the end of a line by a character that no text holds.
            yield page.get_textpage().get_text_range().replace("\ufffe", "-")


def _is_read(stream: Any) -> bool:
    """Tell whether a stream of a PDF holds properties or a file."""
    return bool(stream.get("/Subtype") == "/XML" or stream.get("/Type") == "/EmbeddedFile")


def _mail(content: bytes) -> Iterator[str]:
    for part in message_from_bytes(content, policy=policy.default).walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if held := part.get_payload(decode=True):
            ending = Path(part.get_filename() or "").suffix
            yield from texts_of(ending or ".html", bytes(held))


def _png(content: bytes) -> Iterator[str]:
    """Give what a PNG file notes beside the picture (ISO/IEC 15948, clause 11.3.4)."""
    for kind, chunk in chunks(content):
        if kind in _NOTES:
            note = chunk[8 : 8 + int.from_bytes(chunk[:4], "big")]
            yield note.replace(b"\0", b" ").decode(errors="replace")
            _, _, rest = note.partition(b"\0")
            skipped = 1 if kind == b"zTXt" else len(rest) - len(rest[2:].split(b"\0", 2)[-1])
            with suppress(zlib.error):
                yield zlib.decompress(rest[skipped:]).decode(errors="replace")


def _jpeg(content: bytes) -> Iterator[str]:
    """Give what a JPEG file notes before the picture (ITU-T T.81, annex B)."""
    at = len(_JPEG)
    while at + 4 <= len(content) and content[at + 1] not in {0xDA, 0xD9}:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] >= 0xE0:  # of programs, and remarks
            yield content[at + 4 : at + 2 + size].replace(b"\0", b" ").decode(errors="replace")
        at += 2 + max(size, 2)
