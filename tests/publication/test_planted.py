"""Secrets planted wherever makers of a report leave traces: no byte of what is published holds one.

Files are opened here by other means than those with which the project looks for leaks.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import docx
import nbformat
import pikepdf
import pptx
import pytest
from PIL import Image, PngImagePlugin

from cspanalysis.production.shown import shown
from cspanalysis.publication.brand import read_brand
from cspanalysis.publication.document import document_of
from cspanalysis.publication.formats import FORMATS, Source
from cspanalysis.publication.html import page_of
from tests.samples import notebook, wycombe

SECRET = "qz7planted"
PACKED = re.compile(rb"base64,([A-Za-z0-9+/=]+)")
PROPERTIES = [
    "author",
    "category",
    "comments",
    "keywords",
    "last_modified_by",
    "identifier",
    "version",
]


def opened(content: bytes) -> Iterator[bytes]:
    """Give the bytes of a file and of all that lies in it, however it is packed."""
    yield content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            yield archive.comment + "".join(archive.namelist()).encode()
            for name in archive.namelist():
                yield from opened(archive.read(name))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(content)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                    yield item.read_bytes()
                yield repr(item).encode()
    elif content.startswith(b"\x89PNG"):
        for start in re.finditer(b"zTXt|iTXt|iCCP", content):
            for skipped in range(4, 40):
                try:
                    yield zlib.decompressobj().decompress(content[start.start() + skipped :])
                except zlib.error:
                    continue
    else:
        yield unescape(content.decode(errors="replace")).encode()
        for packed in PACKED.findall(content):
            yield from opened(base64.b64decode(packed + b"=="))


def planted(book: Any) -> bytes:
    for name in PROPERTIES:
        setattr(book.core_properties, name, SECRET)
    buffer = BytesIO()
    book.save(buffer)
    with ZipFile(buffer, "a") as archive:
        archive.comment = SECRET.encode()
    return buffer.getvalue()


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """A brand folder whose files tell of their makers."""
    folder = tmp_path / "brand"
    folder.mkdir()
    notes, camera = PngImagePlugin.PngInfo(), Image.Exif()
    notes.add_text("Author", SECRET, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", SECRET)
    camera[0x013B] = SECRET
    Image.new("RGB", (60, 30), "#12436D").save(folder / "logo.png", pnginfo=notes, exif=camera)
    document = docx.Document()
    document.add_comment(document.add_paragraph(SECRET).runs, text=SECRET, author=SECRET)
    (folder / "reference.docx").write_bytes(planted(document))
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = slide.notes_slide.notes_text_frame.text = SECRET
    (folder / "slides.pptx").write_bytes(planted(deck))
    return folder


@pytest.fixture
def executed(tmp_path: Path) -> Path:
    """A notebook with remarks, prints, cells for analysts and notes of editors."""
    path = notebook([*wycombe(), f"Words.<!-- {SECRET} -->"], tmp_path / "report.ipynb")
    book = nbformat.read(path, 4)
    book.metadata.update(authors=[{"name": SECRET}], folder=SECRET)
    printed = nbformat.v4.new_output("stream", text=SECRET)
    drawn = {"text/html": f"<p>seen</p><!-- {SECRET} -->"}
    shows = nbformat.v4.new_output("display_data", data=drawn, metadata={"by": SECRET})
    book.cells += [
        nbformat.v4.new_markdown_cell(SECRET, metadata={"tags": ["analyst"]}),
        nbformat.v4.new_raw_cell(SECRET),
        nbformat.v4.new_code_cell("1", outputs=[printed, shows], metadata={"by": SECRET}),
    ]
    nbformat.write(book, path)
    return path


def test_no_byte_of_any_form_holds_what_was_planted(executed: Path, brand: Path) -> None:
    for file in (executed, *brand.iterdir()):
        assert any(SECRET.encode() in part for part in opened(file.read_bytes())), file.name
    look = read_brand(brand)
    page = page_of(executed, brand=look)
    source = Source(page, document_of(page.html), look)
    made = {row.ending: row.make(source) for row in FORMATS}
    made["ipynb"] = json.dumps(shown(nbformat.read(executed, 4))).encode()
    for ending, content in made.items():
        assert not any(SECRET.encode() in part for part in opened(content)), ending
