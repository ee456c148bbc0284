"""Reference documents of partnerships lose what Word would fetch from elsewhere."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cspanalysis.publication.word_archive import archive_of, members_of
from cspanalysis.publication.word_outside import without_outside
from cspanalysis.publication.word_style import reference_document

TEMPLATE = RELATIONSHIP_TYPE.SETTINGS.replace("/settings", "/attachedTemplate")
ELSEWHERE = "https://elsewhere.example/x"


def _hostile() -> bytes:
    """A document with a template, a linked picture and a link in its header, all elsewhere."""
    book = docx.Document()
    settings = book.part._settings_part
    template = OxmlElement("w:attachedTemplate")
    template.set(qn("r:id"), settings.part.relate_to(f"{ELSEWHERE}.dotm", TEMPLATE, True))
    settings.element.insert(0, template)
    header = book.sections[0].header
    link = OxmlElement("w:hyperlink")
    kind = RELATIONSHIP_TYPE.HYPERLINK
    link.set(qn("r:id"), header.part.relate_to(ELSEWHERE, kind, is_external=True))
    paragraph = header.paragraphs[0]
    run = paragraph.add_run("Our partnership")
    paragraph._p.append(link)
    link.append(run._r)
    book.part.relate_to(f"{ELSEWHERE}.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_nothing_leads_outside_and_words_stay() -> None:
    raw = _hostile()
    assert b"elsewhere.example" in b"".join(members_of(raw).values())
    for made in (without_outside(raw), reference_document(raw)):
        whole = b"".join(members_of(made).values())
        assert b"elsewhere.example" not in whole
        assert b'TargetMode="External"' not in whole
        assert b"attachedTemplate" not in whole
        header = docx.Document(BytesIO(made)).sections[0].header
        assert header.paragraphs[0].text == "Our partnership"


def test_a_document_that_fetches_nothing_keeps_its_members() -> None:
    buffer = BytesIO()
    docx.Document().save(buffer)
    raw = buffer.getvalue()
    assert members_of(without_outside(raw)) == members_of(raw)


@pytest.mark.parametrize("target", [ELSEWHERE, "file:///C:/x.dotm", r"\\elsewhere.example\x"])
def test_an_address_elsewhere_is_left_out_whatever_its_relationship_says(target: str) -> None:
    members = members_of(_hostile())
    name = "word/_rels/settings.xml.rels"
    inside = members[name].replace(b' TargetMode="External"', b"")
    inside = inside.replace(TEMPLATE.encode(), RELATIONSHIP_TYPE.IMAGE.encode())
    members[name] = inside.replace(f"{ELSEWHERE}.dotm".encode(), target.encode())
    assert target.encode() in members[name]
    made = members_of(without_outside(archive_of(members)))
    assert target.encode() not in made[name]
    assert b"attachedTemplate" not in made["word/settings.xml"]
