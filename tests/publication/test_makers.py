"""Office files of partnerships lose who made them; the look stays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pptx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cspanalysis.publication.makers import without_makers
from cspanalysis.publication.word_archive import archive_of, members_of

WHO = "jsmith4"


def _planted(book: Any) -> bytes:
    """Write a document with a name in its properties, of both kinds, and in a remark."""
    properties = book.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "category", "identifier"):
        setattr(properties, name, WHO)
    buffer = BytesIO()
    book.save(buffer)
    members = members_of(buffer.getvalue())
    app = "docProps/app.xml"
    end = b"</Properties>"
    members[app] = members[app].replace(end, f"<Company>{WHO}</Company>".encode() + end)
    for name in members.keys() & {"word/settings.xml", "ppt/presentation.xml"}:
        start, end, rest = members[name].rpartition(b"</")
        members[name] = start + f"<!-- {WHO} -->".encode() + end + rest
    return archive_of(members)


def test_a_word_document_keeps_header_and_styles() -> None:
    book = docx.Document()
    book.sections[0].header.paragraphs[0].text = "Our partnership"
    book.add_comment(book.add_paragraph("x").runs, text=WHO, author=WHO)
    variable = f'<w:docVars {nsdecls("w")}><w:docVar w:name="by" w:val="{WHO}"/></w:docVars>'
    book.settings.element.append(parse_xml(variable))
    raw = _planted(book)
    assert WHO in str(members_of(raw))
    opened, target = docx.Document(BytesIO(without_makers(raw))), BytesIO()
    opened.save(target)
    assert WHO not in str(members_of(target.getvalue()))
    assert opened.sections[0].header.paragraphs[0].text == "Our partnership"
    assert len(opened.styles) == len(book.styles)


def test_a_deck_keeps_its_layouts() -> None:
    raw = _planted(pptx.Presentation())
    opened, target = pptx.Presentation(BytesIO(without_makers(raw))), BytesIO()
    opened.save(target)
    assert WHO not in str(members_of(target.getvalue()))
    assert len(opened.slide_layouts) == 11
