"""Document tree to Word: styles, real footnotes and captions, running header and footer."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cspanalysis.publication.brand import Brand
from cspanalysis.publication.document import Document, Node, has_summary, pandoc, section_names
from cspanalysis.publication.html import Page, edition_label
from cspanalysis.publication.kept import LAST
from cspanalysis.publication.pictures import png_of, stand_in
from cspanalysis.publication.word_archive import archive_of, members_of, with_fonts
from cspanalysis.publication.word_charts import charts_of, with_charts
from cspanalysis.publication.word_contents import contents_field
from cspanalysis.publication.word_style import reference_document
from cspanalysis.publication.word_tree import WordWriter, styled

__all__ = ["word_of"]

_MANY = 10
_NOTE = "Table note"
_TEXT_STYLES = ("Body Text", "First Paragraph", "Signed")
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""Says of a drawing without words that it is decoration, so that none are missed."""


def word_of(page: Page, document: Document, *, brand: Brand | None = None) -> bytes:
    """Make the Word document of a page: the same page gives the same bytes.

    A document of ten sections or more gets a contents field, after its summary on one page where
    it opens with one.
    """
    brand = brand or Brand()
    # Pandoc would write each picture out as text several times over: it gets stand-ins.
    charts = charts_of(page.html, document)
    drawn = {name: held for name, held in document.pictures.items() if name not in charts}
    pictures = png_of(drawn, opaque=True)
    stand_ins = {name: stand_in(content, name) for name, content in pictures.items()}
    sections = section_names(document.blocks)
    contents = contents_field(sections) if len(sections) >= _MANY else []
    markup = {name: chart.markup() for name, chart in charts.items()}
    writer = WordWriter(document, stand_ins, charts=markup, contents=contents)
    first = [] if has_summary(document.blocks) else contents
    opening = [*_logo(brand), *_opening(page.cover), *first]
    blocks = [*opening, *writer.blocks(document.blocks)]
    meta = {"lang": {"t": "MetaString", "c": page.cover["language"]}}
    with TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.docx"
        reference.write_bytes(reference_document(brand.reference))
        arguments = ["-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={reference}"]
        made = pandoc(arguments, document.as_json(blocks, meta))
    members = members_of(_finished(made, page))
    members = with_charts(members, list(charts.values()), page.written)
    meant = {stand_ins[name]: content for name, content in pictures.items()}
    return archive_of({n: meant.get(held, held) for n, held in with_fonts(members).items()})


def _opening(cover: Mapping[str, Any]) -> list[Node]:
    """Write the first screen: kind of report, area and period, the finding, small facts."""
    facts = " · ".join(f"{name}: {text}" for name, text in cover["facts"].items())
    return [
        styled("Kicker", _paragraph(cover["title"])),
        styled("Title", _paragraph(f"{cover['area']['name']}, {cover['period']['label']}")),
        styled("Lead", _paragraph(cover["lead"])),
        styled("Facts", _paragraph(facts)),
    ]


def _logo(brand: Brand) -> list[Node]:
    if not brand.logo:
        return []
    (content,) = png_of({brand.logo_name: brand.logo}).values()
    target = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    alt = [{"t": "Str", "c": brand.logo_alt}] if brand.logo_alt else []
    image = {"t": "Image", "c": [["", [], [["height", "13mm"]]], alt, [target, ""]]}
    return [styled("Logo", {"t": "Para", "c": [image]})]


def _paragraph(text: str) -> Node:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def _finished(made: bytes, page: Page) -> bytes:
    """Set what pandoc leaves open: properties, running lines, table rows that stay whole."""
    import docx
    from docx.enum.section import WD_SECTION

    book = docx.Document(BytesIO(made))
    properties = book.core_properties
    properties.title, properties.language = page.title, page.cover["language"]
    properties.subject, properties.author = page.subject, page.cover["area"]["name"]
    properties.created = properties.modified = page.written
    for section in list(book.sections)[1:]:
        section.start_type = WD_SECTION.CONTINUOUS
    _run_edges(book, page.cover)
    note = next((style.style_id for style in book.styles if style.name == _NOTE), None)
    for table in book.tables:
        _settle_table(table)
        _keep_last_rows(table, note)
    _settle_pictures(book)
    _space_after_tables(book)
    _keep_lists(book)
    _keep_end(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _run_edges(book: Any, cover: Mapping[str, Any]) -> None:
    """Write header and footer: where and when, edition, marking, page numbers."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    section = book.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    marking = cover["marking"] or ""
    where = f"{cover['area']['name']}, {cover['period']['label']}"
    for part, left in ((section.header, where), (section.footer, edition_label(cover))):
        line = part.paragraphs[0]
        line.style = book.styles["Header" if part is section.header else "Footer"]
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(width // 2, WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{left}\t")
        line.add_run(marking).bold = True
        line.add_run("\t" if part is section.footer else f"\t{cover['title']}")
    _page_number(section.footer.paragraphs[0])


def _page_number(line: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        line.add_run(words)
        text = (
            f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
        line._p.append(parse_xml(text))


def _settle_table(table: Any) -> None:
    """Keep rows whole, let the header row repeat, and name first row and column as headers."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if properties.find(qn("w:cantSplit")) is None:
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if number == 0 and properties.find(qn("w:tblHeader")) is None:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    on = ("firstRow", "firstColumn", "noHBand", "noVBand")
    look = " ".join(f'w:{name}="{int(name in on)}"' for name in (*on, "lastRow", "lastColumn"))
    properties.append(parse_xml(f'<w:tblLook {nsdecls("w")} w:val="06A0" {look}/>'))


def _keep_last_rows(table: Any, note: str | None) -> None:
    """Keep the last rows of a table together, and with its notes, by the identifier of their style.

    None is of a document without such a style.
    """
    notes = _notes_after(table, note) if note else []
    rows = [row._tr for row in table.rows if not row._tr.xpath("./w:trPr/w:tblHeader")][-LAST:]
    together = [paragraph for row in rows for paragraph in row.xpath("./w:tc/w:p")]
    last = len(rows[-1].xpath("./w:tc/w:p")) if rows and not notes else 0
    for paragraph in (*together[: len(together) - last], *notes[:-1]):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def _notes_after(table: Any, note: str) -> list[Any]:
    """Give the paragraphs right behind a table that are its notes."""
    behind = takewhile(lambda e: e.tag.endswith("}p"), table._tbl.itersiblings())
    return list(takewhile(lambda e: e.style == note, behind))


def _keep_lists(book: Any) -> None:
    """Keep the first two points of a list together, and the last two."""
    from docx.oxml.ns import qn

    paragraphs = [e for e in book.element.body if e.tag == qn("w:p")]
    listed = [bool(e.xpath("./w:pPr/w:numPr")) for e in paragraphs]
    for place, paragraph in enumerate(paragraphs[:-1]):
        first = listed[place] and not (place and listed[place - 1])
        ends = listed[place + 1] and not (place + 2 < len(listed) and listed[place + 2])
        if listed[place] and listed[place + 1] and (first or ends):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _space_after_tables(book: Any) -> None:
    """Set text that follows a table apart from it, as text that follows text is."""
    from docx.oxml.text.paragraph import CT_P
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    for table in book.tables:
        after = next(table._tbl.itersiblings(), None)
        if isinstance(after, CT_P):
            paragraph = Paragraph(after, book)
            if paragraph.style is not None and paragraph.style.name in _TEXT_STYLES:
                paragraph.paragraph_format.space_before = Pt(6)


def _keep_end(book: Any) -> None:
    """Keep the last line, on the licence, with what stands before it."""
    from docx.oxml.ns import qn

    blocks = (qn("w:p"), qn("w:tbl"))
    *_, before, _last = (part for part in book.element.body if part.tag in blocks)
    if before.tag == qn("w:p"):
        before.get_or_add_pPr().get_or_add_keepNext()


def _settle_pictures(book: Any) -> None:
    """Take the picture's own bytes out of its description, and the room round it away.

    Pandoc writes the address of a picture, here all its bytes, where a description may stand; the
    alternative text is in the drawing's properties. What has none is marked as decoration.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for inline in book.element.body.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        drawn = inline.find(qn("wp:docPr"))
        for named in inline.iter(qn("pic:cNvPr")):
            named.set("descr", drawn.get("descr", ""))
        if not drawn.get("descr"):
            drawn.append(parse_xml(_DECORATIVE))
