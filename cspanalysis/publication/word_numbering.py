"""Paragraph numbers as Word counts them: a list definition that a paragraph style bears."""

from __future__ import annotations

from typing import Any

__all__ = ["number_style"]

_HANGING = 510  # twentieths of a point: 9 mm, as in the PDF
_PANDOCS = 990  # pandoc writes its own list definitions from this identifier on
_DEFINITION = (
    '<w:abstractNum {namespace} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="{style}"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:tabs><w:tab w:val="num" w:pos="{hanging}"/></w:tabs>'
    '<w:ind w:left="{hanging}" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>'
)
_USE = '<w:num {namespace} w:numId="{id}"><w:abstractNumId w:val="{definition}"/></w:num>'
_BORNE = '<w:numPr {namespace}><w:numId w:val="{id}"/></w:numPr>'


def number_style(book: Any, name: str) -> None:
    """Let a paragraph style count its paragraphs through the document: 1., 2., ...

    Parameters
    ----------
    book
        The document, as python-docx opened it.
    name
        Name of the style, which must be there.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    style, namespace = book.styles[name], nsdecls("w")
    lists = _numbering(book)
    definition = _free(lists, "abstractNum", qn("w:abstractNumId"))
    use = _free(lists, "num", qn("w:numId"))
    made = _DEFINITION.format(
        namespace=namespace, id=definition, style=style.style_id, hanging=_HANGING
    )
    first_use = lists.find(qn("w:num"))
    place = len(lists) if first_use is None else lists.index(first_use)
    lists.insert(place, parse_xml(made))  # definitions stand before their uses
    lists.append(parse_xml(_USE.format(namespace=namespace, id=use, definition=definition)))
    properties = style.element.get_or_add_pPr()
    properties._insert_numPr(parse_xml(_BORNE.format(namespace=namespace, id=use)))


def _numbering(book: Any) -> Any:
    """Give the document's list definitions, made empty where it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    try:
        return book.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            element,
            book.part.package,
        )
        book.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return element


def _free(lists: Any, kind: str, attribute: str) -> int:
    from docx.oxml.ns import qn

    taken = {int(found.get(attribute)) for found in lists.findall(qn(f"w:{kind}"))}
    return next(number for number in range(1, _PANDOCS) if number not in taken)
