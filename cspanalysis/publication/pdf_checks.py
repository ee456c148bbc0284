"""Rules that a published PDF must keep, after PDF/UA-1, verified on what was built.

What is verified here is what Python can tell from the file's own structure; clauses are those of
ISO 14289-1:2014. The tests let veraPDF verify the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from cspanalysis.errors import PublicationError

__all__ = ["check_pdf", "pdf_breaches"]

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


def check_pdf(pdf: bytes, executed: Path) -> None:
    """Refuse a PDF that breaks a rule for published pages.

    Raises
    ------
    PublicationError
        Naming every breach.
    """
    found = list(pdf_breaches(pdf))
    if found:
        raise PublicationError(f"{executed}: the PDF is not published: {'; '.join(found)}")


def pdf_breaches(pdf: bytes) -> Iterator[str]:
    """List what in a PDF breaks a rule: identity, headings, pictures, tables, fonts, links."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(pdf))
        root: Any = reader.trailer["/Root"]
        yield from _identity(root)
        elements = list(_elements(root.get("/StructTreeRoot")))
        yield from _headings([kind for kind, _ in elements])
        yield from _pictures(elements)
        yield from _tables(elements)
        yield from _pages(reader)
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError) as error:
        yield f"the PDF can't be read: {error or type(error).__name__}"


def _identity(root: Any) -> Iterator[str]:
    """Verify what the whole file says of itself (clauses 5, 7.1 and 7.2)."""
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "the PDF is not tagged"
    if not root.get("/Lang"):
        yield "the PDF names no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the PDF does not show its title"
    stream = root.get("/Metadata")
    metadata = stream.get_object().get_data() if stream is not None else b""
    if b"pdfuaid:part" not in metadata:
        yield "the PDF does not claim PDF/UA"
    if b"<dc:title>" not in metadata:
        yield "the PDF has no title"


def _elements(tree: Any) -> Iterator[tuple[str, Any]]:
    """Give kind and dictionary of every structure element, in reading order."""
    if tree is None:
        return
    waiting = [tree.get_object()]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            yield str(node["/S"]), node
        held = node.get("/K", ())
        children = held if isinstance(held, list) else [held]
        waiting += reversed([c for c in (child.get_object() for child in children) if _inner(c)])


def _inner(child: Any) -> bool:
    return isinstance(child, dict) and "/S" in child


def _headings(kinds: list[str]) -> Iterator[str]:
    """Verify that no level is left out (clause 7.4.2)."""
    levels = [_HEADINGS[kind] for kind in kinds if kind in _HEADINGS]
    if not levels:
        yield "the PDF has no headings"
    for above, below in pairwise([0, *levels]):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above or 'none'}"


def _pictures(elements: list[tuple[str, Any]]) -> Iterator[str]:
    """Verify that pictures have words (clause 7.3)."""
    for kind, node in elements:
        if kind in {"/Figure", "/Formula"} and not str(node.get("/Alt", "")).strip():
            yield "a picture of the PDF has no alternative text"


def _tables(elements: list[tuple[str, Any]]) -> Iterator[str]:
    """Verify that header cells say what they head (clause 7.5)."""
    kinds = [kind for kind, _ in elements]
    if "/Table" in kinds and "/TH" not in kinds:
        yield "a table of the PDF has no header cells"
    for kind, node in elements:
        if kind == "/TH" and not any("/Scope" in one for one in _attributes(node)):
            yield "a header cell of the PDF names no scope"


def _attributes(node: Any) -> Iterator[Any]:
    held = node.get("/A", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    for one in held if isinstance(held, list) else [held]:
        yield one.get_object()


def _pages(reader: Any) -> Iterator[str]:
    """Verify tab order, links and fonts (clauses 7.18.3, 7.18.5 and 7.21.4.1)."""
    seen: set[str] = set()
    for number, page in enumerate(reader.pages, start=1):
        notes = [note.get_object() for note in page.get("/Annots", ())]
        if notes and page.get("/Tabs") != "/S":
            yield f"page {number} of the PDF has no order of tabs"
        if any(n.get("/Subtype") == "/Link" and not n.get("/Contents") for n in notes):
            yield f"a link on page {number} of the PDF does not say where it leads"
        for font in page["/Resources"].get("/Font", {}).values():
            name = str(font.get_object()["/BaseFont"])
            if name not in seen and not _embedded(font.get_object()):
                yield f"the font {name.strip('/')} is not embedded in the PDF"
            seen.add(name)


def _embedded(font: Any) -> bool:
    inner = [one.get_object() for one in font.get("/DescendantFonts", [font])]
    return all(_FONT_FILES & set(one.get("/FontDescriptor", {}).get_object()) for one in inner)
