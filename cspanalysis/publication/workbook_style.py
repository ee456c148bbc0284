"""The cell style of titles in a workbook: what assistive technology finds headings by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["with_heading_style"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = "xl/styles.xml"
_TITLE_POINTS = "16"
_HEADING = {"name": "Heading 1", "builtinId": "16"}  # ECMA-376, part 1, section 18.8.7


def with_heading_style(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the titles of a workbook's sheets the built-in style of first-level headings.

    Parameters
    ----------
    members
        Members of the workbook's archive; titles are what is set bold in 16 points.
    """
    from lxml import etree

    root: Any = etree.fromstring(members[_STYLES])
    fonts = [
        str(number)
        for number, font in enumerate(_part(root, "fonts"))
        if _of(font, "sz") == _TITLE_POINTS and font.find(f"{{{_MAIN}}}b") is not None
    ]
    bases, names = _part(root, "cellStyleXfs"), _part(root, "cellStyles")
    for cell in [xf for xf in _part(root, "cellXfs") if xf.get("fontId") in fonts]:
        cell.set("xfId", str(len(bases)))
    etree.SubElement(
        bases, f"{{{_MAIN}}}xf", numFmtId="0", fontId=fonts[0], fillId="0", borderId="0"
    )
    etree.SubElement(names, f"{{{_MAIN}}}cellStyle", xfId=str(len(bases) - 1), **_HEADING)
    for part in (bases, names):
        part.set("count", str(len(part)))
    styles = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**members, _STYLES: styles}


def _part(root: Any, name: str) -> Any:
    return root.find(f"{{{_MAIN}}}{name}")


def _of(element: Any, name: str) -> str:
    found = element.find(f"{{{_MAIN}}}{name}")
    return "" if found is None else str(found.get("val"))
