"""A contents field for Word: its sections named at once, its page numbers when Word opens it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from cspanalysis.publication.document import Node
from cspanalysis.publication.word_tree import styled

__all__ = ["contents_field"]

# ECMA-376, part 1, section 17.16.5.68: headings of the first level, as links; "dirty" asks the
# word processor to bring it up to date.
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents_field(sections: Iterable[str]) -> list[Node]:
    """Give the blocks of a contents field that names these sections."""
    lines = [f'<w:r><w:t xml:space="preserve">{escape(name)}</w:t></w:r>' for name in sections]
    runs = f"{_BEGIN}{'<w:r><w:br/></w:r>'.join(lines)}{_END}"
    entries = {"t": "Para", "c": [{"t": "RawInline", "c": ["openxml", runs]}]}
    title = {"t": "Para", "c": [{"t": "Str", "c": "Contents"}]}
    return [styled("Panel title", title), styled("Contents", entries)]
