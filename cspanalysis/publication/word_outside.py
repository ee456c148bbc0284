"""Word files of others: without anything that Word would fetch or run from outside of them."""

from __future__ import annotations

from typing import Any

from cspanalysis.publication.word_archive import archive_of, members_of

__all__ = ["without_outside"]

_OUTSIDE = ("attachedtemplate", "vbaproject", "oleobject", "package", "subdocument", "afchunk")
"""Kinds of relationships that lead to a program, a template or another document."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPT = ("hyperlink", "blip")
"""Elements that are left without their link; others go as a whole."""


def without_outside(archive: bytes) -> bytes:
    """Give a Word file without external relationships, attached templates and programs.

    What a link was set on stays as text. Opening a document whose template lies elsewhere asks
    that place for it, and runs what it holds.
    """
    members = members_of(archive)
    for name in [name for name in members if name.endswith(".rels")]:
        kept, lost = _relationships(members[name])
        if not lost:
            continue
        members[name] = kept
        folder, _, file = name.rpartition("_rels/")
        part = f"{folder}{file.removesuffix('.rels')}"
        if part in members:
            members[part] = _without(members[part], lost)
    return archive_of(members)


def _relationships(raw: bytes) -> tuple[bytes, set[str]]:
    """Give relationships without those that lead outside, and the names of the latter."""
    root, lost = _parsed(raw), set()
    for one in list(root):
        kind = str(one.get("Type", "")).rpartition("/")[2].lower()
        if str(one.get("TargetMode", "")).lower() == "external" or kind in _OUTSIDE:
            lost.add(str(one.get("Id")))
            root.remove(one)
    return _written(root), lost


def _without(raw: bytes, lost: set[str]) -> bytes:
    root = _parsed(raw)
    for element in list(root.iter("{*}*")):
        for name, value in list(element.attrib.items()):
            if not name.startswith(f"{{{_OFFICE}}}") or value not in lost:
                continue
            if element.tag.rpartition("}")[2] in _KEPT:
                del element.attrib[name]
            elif element.getparent() is not None:
                element.getparent().remove(element)
    return _written(root)


def _parsed(raw: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(raw, parser)


def _written(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
