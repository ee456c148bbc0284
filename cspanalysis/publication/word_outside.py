"""Word files of others: without anything that Word would fetch or run from outside of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cspanalysis.publication.word_archive import archive_of, members_of

__all__ = ["parsed", "without_outside", "without_parts", "written"]

_OUTSIDE = ("attachedtemplate", "vbaproject", "oleobject", "package", "subdocument", "afchunk")
"""Kinds of relationships that lead to a program, a template or another document."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OUT = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")
"""How an address begins that lies outside the file, whatever its relationship says of it."""
_KEPT = ("hyperlink", "blip")
"""Elements that are left without their link; others go as a whole."""


def without_outside(archive: bytes) -> bytes:
    """Give a Word file without external relationships, attached templates and programs.

    What a link was set on stays as text. Opening a document whose template lies elsewhere asks
    that place for it, and runs what it holds.
    """
    outside = without_parts(
        members_of(archive), lambda kind, mode: mode == "external" or kind in _OUTSIDE
    )
    return archive_of(outside)


def without_parts(
    members: Mapping[str, bytes], unwanted: Callable[[str, str], bool]
) -> dict[str, bytes]:
    """Give the members of a file without some relationships and what stands on them.

    Parameters
    ----------
    members
        By name.
    unwanted
        Tells of the kind of a relationship and of where it leads, in small letters, whether it is
        left out.
    """
    left = dict(members)
    for name in [name for name in left if name.endswith(".rels")]:
        kept, lost = _relationships(left[name], unwanted)
        if not lost:
            continue
        left[name] = kept
        folder, _, file = name.rpartition("_rels/")
        part = f"{folder}{file.removesuffix('.rels')}"
        if part in left:
            left[part] = _without(left[part], lost)
    return left


def _relationships(raw: bytes, unwanted: Callable[[str, str], bool]) -> tuple[bytes, set[str]]:
    """Give relationships without unwanted ones, and the names of the latter."""
    root, lost = parsed(raw), set()
    for one in list(root):
        kind = str(one.get("Type", "")).rpartition("/")[2].lower()
        mode = str(one.get("TargetMode", "")).lower()
        if unwanted(kind, "external" if _OUT.match(str(one.get("Target", ""))) else mode):
            lost.add(str(one.get("Id")))
            root.remove(one)
    return written(root), lost


def _without(raw: bytes, lost: set[str]) -> bytes:
    root = parsed(raw)
    for element in list(root.iter("{*}*")):
        for name, value in list(element.attrib.items()):
            if not name.startswith(f"{{{_OFFICE}}}") or value not in lost:
                continue
            if element.tag.rpartition("}")[2] in _KEPT:
                del element.attrib[name]
            elif element.getparent() is not None:
                element.getparent().remove(element)
    return written(root)


def parsed(raw: bytes) -> Any:
    """Read markup of a part; nothing is fetched, and no entity is unrolled."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(raw, parser)


def written(root: Any) -> bytes:
    """Write markup of a part as Word does."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
