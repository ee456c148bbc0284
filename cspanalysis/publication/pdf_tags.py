"""Row headers in the tags of a PDF, which Typst can't yet set.

Typst tags the head of a table, and names in every cell the heads of its columns. Here the first
cell of each body row becomes a header with the scope of its row (ISO 32000-1, table 349), and the
cells' own lists of column heads go, so that scopes alone tell which headers hold. The change is
appended to the file (an incremental update); nothing that was written is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

__all__ = ["with_row_headers"]


def with_row_headers(pdf: bytes, which: Sequence[bool]) -> bytes:
    """Tag the first cells of body rows as row headers.

    Parameters
    ----------
    pdf
        A tagged PDF.
    which
        For each table of the document, in order, whether its first column names its rows.
    """
    from pypdf import PdfWriter

    if not any(which):
        return pdf
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    tables = _kind(writer.root_object["/StructTreeRoot"], "/Table")
    for table, headed in zip(tables, which, strict=True):
        for row in _rows(table) if headed else ():
            _head_row(row)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _head_row(row: Any) -> None:
    from pypdf.generic import NameObject

    for place, cell in enumerate(_children(row)):
        for attributes in cell.get("/A", ()):
            if attributes.get("/O") == "/Table":
                attributes.pop("/Headers", None)
                if place == 0:
                    attributes[NameObject("/Scope")] = NameObject("/Row")
        if place == 0:
            cell[NameObject("/S")] = NameObject("/TH")


def _rows(table: Any) -> Iterator[Any]:
    for part in _children(table):
        if part.get("/S") == "/TBody":
            yield from _kind(part, "/TR")


def _kind(node: Any, kind: str) -> Iterator[Any]:
    """Give the elements of a kind below a node, in reading order."""
    for child in _children(node):
        if child.get("/S") == kind:
            yield child
        else:
            yield from _kind(child, kind)


def _children(node: Any) -> Iterator[Any]:
    """Give the structure elements right below a node; marked content is no element."""
    held = node.get("/K", ())
    for child in held if isinstance(held, list) else [held]:
        element = child.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
