"""Contents for Word: its sections, each with a reference to its page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from cspanalysis.publication.document import Node
from cspanalysis.publication.word_captions import raw_inline
from cspanalysis.publication.word_tree import column_break, column_section, heading_mark, styled

__all__ = ["contents_field"]

# ECMA-376, part 1, section 17.16.5.45; "dirty" asks Word to bring a field up to date when it opens
# the document. Within a field of its own for the contents (TOC), LibreOffice shows what is written
# here and no page, so each line stands for itself. Where no pages are counted, as in Pages and in
# the protected view of Word, a line is a link and no more.
_ENTRY = (
    '<w:hyperlink w:anchor="{mark}" w:history="1">'
    '<w:r><w:t xml:space="preserve">{name}</w:t></w:r><w:r><w:tab/></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {mark} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
)


def contents_field(sections: Sequence[str]) -> list[Node]:
    """Give the lines that name these sections, with the pages they stand on, in two columns."""
    title = styled("Panel title", {"t": "Para", "c": [{"t": "Str", "c": "Contents"}]})
    lines = [
        _ENTRY.format(mark=heading_mark(number), name=escape(name))
        for number, name in enumerate(sections, start=1)
    ]
    half = -(-len(lines) // 2)
    left, right = (
        [styled("toc 1", {"t": "Para", "c": [raw_inline(line)]}) for line in part]
        for part in (lines[:half], lines[half:])
    )
    ends = column_section(1), column_section(2, after=160)
    return [title, ends[0], *left, column_break(), *right, ends[1]]
