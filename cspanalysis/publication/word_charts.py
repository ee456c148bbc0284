"""Charts of Word that can be edited: DrawingML with the workbook behind it, in place of a picture.

Only figures that say so have one (see `native_charts.plain_of`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import escape

from cspanalysis.publication.chart_drawing import Ink, data_of, kind_of, settle
from cspanalysis.publication.document import Document, Node, classes_of, identifier_of
from cspanalysis.publication.fonts import FAMILY
from cspanalysis.publication.gist import shown
from cspanalysis.publication.native_charts import Chart, plain_of
from cspanalysis.publication.timeless import timeless
from cspanalysis.publication.word_archive import add_to

__all__ = ["Drawn", "charts_of", "with_charts"]

_WIDTH, _HEIGHTS = 499, {"column": 150, "dot": 190, "line": 190}
"""Points that a chart is wide, as the text of the page is, and high, by its kind."""
_EMU = 12_700
_POINTS = 9
_FOCUS = "#12436D"
_KEYS = 6000
"""First of the numbers by which Word tells drawings apart."""
_SPACES = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SPACES}/officeDocument/2006/relationships"
_PACKAGE = f"{_SPACES}/package/2006/relationships"
_CHART = f"{_SPACES}/drawingml/2006/chart"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# ECMA-376, part 1, section 20.4.2.8.
_INLINE = (
    f'<w:r><w:drawing><wp:inline xmlns:wp="{_SPACES}/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
    '<wp:docPr id="{key}" name="Chart {number}" descr="{alt}"/><wp:cNvGraphicFramePr/>'
    f'<a:graphic xmlns:a="{_SPACES}/drawingml/2006/main"><a:graphicData uri="{_CHART}">'
    f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_OFFICE}" r:id="rIdChart{{number}}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a chart and its words; counted from 1 through the document."""

    number: int
    chart: Chart
    alt: str

    def markup(self) -> str:
        """Write the chart as it stands in a line of text."""
        return _INLINE.format(
            width=_WIDTH * _EMU,
            height=_HEIGHTS[self.chart.kind] * _EMU,
            key=_KEYS + self.number,
            number=self.number,
            alt=escape(self.alt),
        )


def charts_of(page: str, document: Document) -> dict[str, Drawn]:
    """Give the charts of a page that can be edited, by the name of the picture that each replaces.

    A figure of several pictures keeps them, and so does one that stands beside another.
    """
    from lxml import html

    main = html.document_fromstring(page).find(".//main")
    plain = {figure.get("id"): shown(figure) for figure in main.xpath(".//figure[@data-plain]")}
    found: dict[str, Drawn] = {}
    for target, names in _pictures(document.blocks):
        figure = plain.get(target)
        chart = plain_of(figure) if figure and len(names) == 1 else None
        if figure and chart and chart.kind in _HEIGHTS and names[0] not in found:
            found[names[0]] = Drawn(len(found) + 1, chart, figure.pictures[0].alt)
    return found


def with_charts(
    members: Mapping[str, bytes], charts: Sequence[Drawn], written: datetime
) -> dict[str, bytes]:
    """Add charts and their workbooks to the members of a Word file."""
    done = dict(members)
    for drawn in charts:
        name, book = f"charts/chart{drawn.number}.xml", f"chart{drawn.number}.xlsx"
        markup, workbook = _part(drawn.chart)
        done[f"word/{name}"] = markup
        done[f"word/embeddings/{book}"] = timeless(workbook, written)
        link = f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="../embeddings/{book}"/>'
        done[f"word/charts/_rels/chart{drawn.number}.xml.rels"] = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Relationships xmlns="{_PACKAGE}">{link}</Relationships>'
        ).encode()
        add_to(
            done,
            "word/_rels/document.xml.rels",
            f'<Relationship Id="rIdChart{drawn.number}" Type="{_OFFICE}/chart" Target="{name}"/>',
        )
        add_to(
            done,
            "[Content_Types].xml",
            f'<Override PartName="/word/{name}" ContentType="{_CHART_TYPE}"/>',
        )
    if charts:
        kind = f'<Default Extension="xlsx" ContentType="{_BOOK_TYPE}"/>'
        add_to(done, "[Content_Types].xml", kind)
    return done


def _part(chart: Chart) -> tuple[bytes, bytes]:
    """Write a chart and its workbook."""
    from lxml import etree
    from pptx.opc.package import OpcPackage
    from pptx.parts.chart import ChartPart

    part: Any = ChartPart.new(kind_of(chart), data_of(chart), OpcPackage(None))  # type: ignore[arg-type]
    drawn = part.chart
    drawn.font.name, drawn.font.size = FAMILY, _POINTS * _EMU
    settle(drawn, chart, Ink(_FOCUS, _POINTS))
    markup = etree.tostring(part._element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(markup), bytes(part.chart_workbook.xlsx_part.blob)


def _pictures(blocks: Sequence[Node]) -> Iterator[tuple[str, list[str]]]:
    """Find figures as wide as the page: their identifier, and the names of their pictures."""
    for block in blocks:
        if block["t"] != "Div" or "pair" in classes_of(block):
            continue
        if "chart" in classes_of(block):
            yield identifier_of(block), list(_named(block))
        else:
            yield from _pictures(block["c"][1])


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _named(part)
    elif isinstance(node, dict):
        if node["t"] == "Image":
            yield str(node["c"][2][0])
        else:
            yield from _named(node.get("c"))
