"""What slides and charts need that python-pptx has no words for, in the terms of ECMA-376."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["describe", "hide", "intervals", "listed", "name_every", "under", "unframe", "unstyle"]


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


def hide(axis: Any) -> None:
    """Leave an axis out, in words that LibreOffice understands: it overlooks the default."""
    from pptx.oxml.ns import qn

    axis.find(qn("c:delete")).set("val", "1")


def intervals(
    series: Any,
    values: Sequence[float | None],
    limits: Sequence[tuple[float, float]],
    *,
    colour: str,
) -> None:
    """Draw an interval round each value of a series (ECMA-376, CT_ErrBars)."""
    from lxml import etree
    from pptx.oxml.ns import qn

    bars = etree.Element(qn("c:errBars"))
    for tag, said in (("errDir", "y"), ("errBarType", "both"), ("errValType", "cust")):
        etree.SubElement(bars, qn(f"c:{tag}")).set("val", said)
    etree.SubElement(bars, qn("c:noEndCap")).set("val", "1")
    for tag, place in (("plus", 1), ("minus", 0)):
        held = etree.SubElement(etree.SubElement(bars, qn(f"c:{tag}")), qn("c:numLit"))
        etree.SubElement(held, qn("c:formatCode")).text = "General"
        etree.SubElement(held, qn("c:ptCount")).set("val", str(len(limits)))
        for number, (value, pair) in enumerate(zip(values, limits, strict=True)):
            point = etree.SubElement(held, qn("c:pt"))
            point.set("idx", str(number))
            etree.SubElement(point, qn("c:v")).text = f"{abs(pair[place] - (value or 0)):.6g}"
    line = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"))
    line.set("w", "20000")
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.removeprefix("#"))
    series.find(qn("c:cat")).addprevious(bars)


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


def unframe(space: Any) -> None:
    """Draw a chart on the page itself, without frame, paper or round corners (CT_ChartSpace)."""
    from lxml import etree
    from pptx.oxml.ns import qn

    corners = etree.Element(qn("c:roundedCorners"))
    corners.set("val", "0")
    space.find(qn("c:date1904")).addnext(corners)
    look = etree.Element(qn("c:spPr"))
    etree.SubElement(look, qn("a:noFill"))
    etree.SubElement(etree.SubElement(look, qn("a:ln")), qn("a:noFill"))
    space.find(qn("c:chart")).addnext(look)


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
