"""Office files of partnerships without what they tell of who made them."""

from __future__ import annotations

from cspanalysis.publication.word_archive import archive_of, members_of
from cspanalysis.publication.word_outside import parsed, without_parts, written

__all__ = ["without_makers"]

_PARTS = (
    *("core-properties", "custom-properties", "thumbnail", "customxml", "customxmlprops", "people"),
    *("comments", "commentsextended", "commentsids", "commentsextensible", "commentauthors"),
    *("authors", "tags", "printersettings", "changesinfo", "revisioninfo", "documenttasks"),
    *("keymapcustomizations", "classificationlabels"),
)
"""Kinds of relationships to what tells of people, devices and labels of an organisation."""
_SETTINGS = ("docVars", "mailMerge", "rsids", "saveThroughXslt", "writeProtection")
_APP = "docProps/app.xml"
_NOTHING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def without_makers(archive: bytes) -> bytes:
    """Give a Word or PowerPoint file whose look alone is left.

    Names of authors, of companies and of templates, comments, data of mail merges, labels and
    remarks in the markup are left out.
    """
    members = without_parts(members_of(archive), lambda kind, _: kind in _PARTS)
    if _APP in members:
        members[_APP] = _NOTHING
    for name, content in members.items():
        if name.endswith(".xml") and name != _APP:
            members[name] = _bare(content)
    return archive_of(members)


def _bare(raw: bytes) -> bytes:
    """Leave out remarks and what a document keeps of its makers; the same bytes without any."""
    from lxml import etree

    root = parsed(raw)
    before = etree.tostring(root)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(root, *(f"{{*}}{name}" for name in _SETTINGS), with_tail=False)
    return written(root) if etree.tostring(root) != before else raw
