"""What slides need that python-pptx has no words for, in the terms of ECMA-376."""

from __future__ import annotations

from typing import Any

__all__ = ["describe", "listed", "name_every", "under", "unstyle"]


def name_every(axis: Any, months: int) -> None:
    """Have an axis of days name every so many months (ECMA-376, CT_DateAx)."""
    from lxml import etree
    from pptx.oxml.ns import qn

    for tag, value in (
        ("baseTimeUnit", "months"),
        ("majorUnit", months),
        ("majorTimeUnit", "months"),
    ):
        for old in axis.findall(qn(f"c:{tag}")):
            axis.remove(old)
        etree.SubElement(axis, qn(f"c:{tag}")).set("val", str(value))


def listed(paragraph: Any) -> None:
    """Count a paragraph, 1., 2., 3. ..."""
    from lxml import etree
    from pptx.oxml.ns import qn

    mark = etree.SubElement(paragraph._p.get_or_add_pPr(), qn("a:buAutoNum"))
    mark.set("type", "arabicPeriod")


def describe(shape: Any, alt: str) -> None:
    """Give a shape its alternative text; one without is marked as decoration."""
    from lxml import etree
    from pptx.oxml.ns import qn

    named = next(iter(shape._element.iter(qn("p:cNvPr"))))
    named.set("descr", alt)
    if alt:
        return
    listed = etree.SubElement(named, qn("a:extLst"))
    entry = etree.SubElement(listed, qn("a:ext"))
    entry.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    decorative = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    mark = etree.SubElement(entry, f"{{{decorative}}}decorative", nsmap={"adec": decorative})
    mark.set("val", "1")


def unstyle(shape: Any) -> None:
    """Take the stripes and fills of the default style away; the header row stays marked."""
    from pptx.oxml.ns import qn

    properties = shape.table._tbl.tblPr
    properties.set("bandRow", "0")
    properties.set("firstCol", "1")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


def under(cell: Any, width: int, colour: str) -> None:
    """Draw the rule below a cell."""
    from lxml import etree
    from pptx.oxml.ns import qn

    line = etree.SubElement(cell._tc.get_or_add_tcPr(), qn("a:lnB"))
    line.set("w", str(int(width)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.removeprefix("#"))
