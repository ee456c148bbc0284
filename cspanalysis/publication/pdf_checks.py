"""Rules that a published PDF must keep, after PDF/UA-1, verified on what was built.

What is verified here is what Python can tell from the file's own structure; clauses are those of
ISO 14289-1:2014. The tests let veraPDF verify the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from cspanalysis.publication.pdf_tags import children

__all__ = ["pdf_breaches"]

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


def pdf_breaches(pdf: bytes) -> Iterator[str]:
    """List what in a PDF breaks a rule: identity, headings, pictures, tables, fonts, links."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as document:
            yield from _identity(document.Root)
            elements = list(_elements(document.Root.get("/StructTreeRoot")))
            yield from _headings([kind for kind, _ in elements])
            yield from _pictures(elements)
            yield from _tables(elements)
            yield from _pages(document)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError) as error:
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
    metadata = stream.read_bytes() if stream is not None else b""
    if b"pdfuaid:part" not in metadata:
        yield "the PDF does not claim PDF/UA"
    if b"<dc:title>" not in metadata:
        yield "the PDF has no title"


def _elements(tree: Any) -> Iterator[tuple[str, Any]]:
    """Give kind and dictionary of every structure element, in reading order."""
    waiting = [] if tree is None else [tree]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            yield str(node["/S"]), node
        waiting += reversed(list(children(node)))


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


def _attributes(node: Any) -> Sequence[Any]:
    from pikepdf import Array

    held = node.get("/A", ())
    return list(held) if isinstance(held, Array | tuple) else [held]


def _pages(document: Any) -> Iterator[str]:
    """Verify tab order, links and fonts (clauses 7.18.3, 7.18.5 and 7.21.4.1)."""
    seen: set[str] = set()
    for number, page in enumerate(document.pages, start=1):
        notes = list(page.get("/Annots", ()))
        if notes and page.get("/Tabs") != "/S":
            yield f"page {number} of the PDF has no order of tabs"
        if any(n.get("/Subtype") == "/Link" and "/Contents" not in n for n in notes):
            yield f"a link on page {number} of the PDF does not say where it leads"
        for font in dict(page.resources.get("/Font", {})).values():
            name = str(font["/BaseFont"])
            if name not in seen and not _embedded(font):
                yield f"the font {name.strip('/')} is not embedded in the PDF"
            seen.add(name)


def _embedded(font: Any) -> bool:
    inner = font.get("/DescendantFonts", [font])
    return all(_FONT_FILES & set(one.get("/FontDescriptor", {}).keys()) for one in inner)
