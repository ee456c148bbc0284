"""Row headers in the tags of a PDF, which Typst can't yet set.

Typst tags the head of a table, and names in every cell the heads of its columns. Here the first
cell of each body row becomes a header with the scope of its row (ISO 32000-1, table 349), and the
cells' own lists of column heads go, so that scopes alone tell which headers hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

__all__ = ["children", "with_row_headers"]


def with_row_headers(pdf: bytes, which: Sequence[bool]) -> bytes:
    """Tag the first cells of body rows as row headers; the same PDF gives the same bytes.

    Parameters
    ----------
    pdf
        A tagged PDF.
    which
        For each table of the document, in order, whether its first column names its rows.
    """
    import pikepdf

    if not which:
        return pdf
    buffer = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        tables = _kind(document.Root.StructTreeRoot, "/Table")
        for table, headed in zip(tables, which, strict=True):
            for row in _rows(table):
                if headed:
                    _head_row(row)
        document.save(buffer, deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue()


def children(node: Any) -> Iterator[Any]:
    """Give the structure elements right below a node; marked content is no element."""
    from pikepdf import Array, Dictionary

    held = node.get("/K")
    for child in held if isinstance(held, Array) else [held]:
        if isinstance(child, Dictionary) and "/S" in child:
            yield child


def _head_row(row: Any) -> None:
    from pikepdf import Name

    for place, cell in enumerate(children(row)):
        for attributes in cell.get("/A", ()):
            if attributes.get("/O") == "/Table":
                if "/Headers" in attributes:
                    del attributes["/Headers"]
                if place == 0:
                    attributes["/Scope"] = Name.Row
        if place == 0:
            cell["/S"] = Name.TH


def _rows(table: Any) -> Iterator[Any]:
    from pikepdf import Name

    for part in children(table):
        if part.get("/S") == "/TFoot":  # Typst's way to keep the last rows of a body together
            part["/S"] = Name.TBody
        if part.get("/S") == "/TBody":
            yield from _kind(part, "/TR")


def _kind(node: Any, kind: str) -> Iterator[Any]:
    """Give the elements of a kind below a node, in reading order."""
    for child in children(node):
        if child.get("/S") == kind:
            yield child
        else:
            yield from _kind(child, kind)
