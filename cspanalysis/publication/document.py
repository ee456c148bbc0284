"""A page as a document tree: what PDF and Word are made from.

The page is reduced to what paper can hold, and given back as pandoc's tree
(https://hackage.haskell.org/package/pandoc-types), with the notes lifted out of it.
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.page_tree import VERSION, UnknownMarkupError, blocks_of
from cspanalysis.publication.paper import IN_SPREADSHEET, drop_repeats, keep_bylines, share_sources
from cspanalysis.publication.references import lift_references

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = [
    "LINE",
    "Document",
    "Node",
    "classes_of",
    "column_lengths",
    "document_of",
    "has_summary",
    "heading_letters",
    "identifier_of",
    "least_lengths",
    "length_of",
    "pandoc",
    "paragraph_number",
    "reduced",
    "section_names",
    "tree_by_pandoc",
    "tree_of",
]

Node = dict[str, Any]
_SCREEN_ONLY = ".//details | .//*[@class='skip'] | .//nav"
LINE, _SHORT, _LEAST = 92, 18, 12
"""Letters of a table's line on paper, of a cell that should not wrap, of the narrowest long one."""
# Seconds for pandoc, which takes a tenth of one: reports wait for each other while pages are made.
_LIMIT = 120.0
_WORDED = {"Strong", "Emph", "Superscript", "Subscript"}
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Document:
    """Hold the tree of one document.

    Parameters
    ----------
    blocks
        Pandoc blocks; second-level headings of the page are its first level.
    notes
        Blocks of each note by its identifier.
    pictures
        SVG drawings by the name that images of the tree bear.
    version
        Version of pandoc's types that the blocks follow.
    """

    blocks: list[Node]
    notes: Mapping[str, list[Node]]
    pictures: Mapping[str, bytes]
    version: Sequence[int]

    def as_json(self, blocks: Sequence[Node], meta: Mapping[str, Any] | None = None) -> bytes:
        """Write blocks as pandoc reads them."""
        tree = {"pandoc-api-version": self.version, "meta": meta or {}, "blocks": list(blocks)}
        return json.dumps(tree).encode()


def document_of(page: str) -> Document:
    """Read a page as a document tree."""
    main, pictures = reduced(page)
    read, version = tree_of(main)
    notes = {_attributes(b)["key"]: b["c"][1] for b in read if "note" in classes_of(b)}
    blocks = [b for b in read if "note" not in classes_of(b)]
    return Document(blocks, notes, pictures, version)


def reduced(page: str) -> tuple[HtmlElement, Mapping[str, bytes]]:
    """Reduce a page to what paper can hold, and take its drawings out of it by name."""
    from lxml import html

    main = html.document_fromstring(page).find(".//main")
    if main is None:
        raise PublicationError("the page has no main part to make a document from")
    for source in main.xpath("(.//figure[details]//span[@class='source'])[1]"):
        source.text = f"{source.text or ''}{IN_SPREADSHEET}"
    for element in main.xpath(_SCREEN_ONLY):
        element.drop_tree()
    drop_repeats(main)
    share_sources(main)
    keep_bylines(main)
    lift_references(main)
    _lift_notes(main)
    pictures = _name_pictures(main)
    _divide(main)
    _raise_headings(main)
    return main, pictures


def tree_of(main: HtmlElement) -> tuple[list[Node], Sequence[int]]:
    """Read markup as pandoc's blocks, and tell which version of its types they follow."""
    try:
        return blocks_of(main), VERSION
    except (UnknownMarkupError, RecursionError):
        return tree_by_pandoc(main)


def tree_by_pandoc(main: HtmlElement) -> tuple[list[Node], Sequence[int]]:
    """Have pandoc read markup, which takes it as long as to write it."""
    from lxml import html

    markup = "".join(html.tostring(child, encoding="unicode") for child in main)
    tree = json.loads(pandoc(["-f", "html", "-t", "json"], markup.encode()))
    return tree["blocks"], tree["pandoc-api-version"]


def pandoc(arguments: Sequence[str], content: bytes) -> bytes:
    """Run pandoc on bytes, with a fixed date, so that the same input gives the same bytes."""
    import os

    import pypandoc

    try:
        done = subprocess.run(  # noqa: S603 # nosec B603 - the program that the package ships
            [pypandoc.get_pandoc_path(), *arguments],
            input=content,
            capture_output=True,
            check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
            timeout=_LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise PublicationError(
            f"pandoc was not done after {_LIMIT:g} seconds and was ended; other reports are not "
            "held up: look for what is unusual in this one, then run it again"
        ) from None
    if done.returncode:
        raise PublicationError(f"pandoc failed: {done.stderr.decode(errors='replace').strip()}")
    return bytes(done.stdout)


def classes_of(node: Node) -> Sequence[str]:
    """Give the classes of a block or inline; none where its kind bears none."""
    attributes = _attribute_triple(node)
    return attributes[1] if attributes else ()


def identifier_of(node: Node) -> str:
    """Give the identifier of a block or inline; empty where it has none."""
    triple = _attribute_triple(node)
    return str(triple[0]) if triple else ""


def paragraph_number(block: Node) -> tuple[str, list[Node]] | None:
    """Give the number that a paragraph bears, and its inlines without; None where it has none."""
    inlines = block["c"] if block["t"] in {"Para", "Plain"} else []
    if not inlines or "paragraph-number" not in classes_of(inlines[0]):
        return None
    rest = inlines[1:]
    return _plain_text(inlines[0]["c"][1]), rest[1:] if rest[:1] == [{"t": "Space"}] else rest


def column_lengths(table: Node) -> list[int]:
    """Measure the columns of a table in letters, between what is legible and what is fair.

    A heading may wrap between its words, so it counts by what it needs to take three lines. Where
    a line holds fewer letters than the table, long columns give way and short ones, such as dates,
    stay whole.
    """
    return _fitted([min(48, max(8, n)) for n in _widest(table, head=_head_length, body=length_of)])


def least_lengths(table: Node) -> list[int]:
    """Measure what each column can't do without: its longest word, or a short cell of figures."""
    return _widest(table, head=_longest_word, body=_unbroken)


def _widest(table: Node, *, head: Callable[[Any], int], body: Callable[[Any], int]) -> list[int]:
    """Measure the widest cell of each column; those that span several are left aside."""
    _, _, _, heads, bodies, _ = table["c"]
    rows = [row for part in bodies for row in (*part[2], *part[3])]
    measured = [(row, head) for row in heads[1]] + [(row, body) for row in rows]
    cells = [([c for c in row[1] if c[3] == 1], measure) for row, measure in measured]
    widest = [0] * max(len(row) for row, _ in cells)
    for row, measure in cells:
        for place, cell in enumerate(row):
            widest[place] = max(widest[place], measure(cell[4]))
    return widest


def _fitted(lengths: Sequence[int]) -> list[int]:
    short = sum(length for length in lengths if length <= _SHORT)
    long = sum(lengths) - short
    room = LINE - short
    if sum(lengths) <= LINE or room < long / 3:
        return list(lengths)
    return [n if n <= _SHORT else max(_LEAST, round(n * room / long)) for n in lengths]


def has_summary(blocks: Sequence[Node]) -> bool:
    """Tell whether a document opens with a summary on one page (see `display.one_page`)."""
    return any("one-page" in classes_of(block) for block in blocks)


def section_names(blocks: Sequence[Node]) -> list[str]:
    """Give the words of the first-level headings, in order, however deep they stand."""
    names: list[str] = []
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 1:
            names.append(_plain_text(block["c"][2]))
        elif block["t"] == "Div":
            names += section_names(block["c"][1])
    return names


def _plain_text(inlines: Sequence[Node]) -> str:
    return "".join(
        str(i["c"]) if i["t"] == "Str" else _plain_text(i["c"]) if i["t"] in _WORDED else " "
        for i in inlines
    )


def length_of(node: Any) -> int:
    """Count the letters of a node, or of several; what is no text counts as one."""
    if isinstance(node, list):
        return sum(map(length_of, node))
    if not isinstance(node, dict):
        return 0
    content: Any = node.get("c")
    return len(content) if node.get("t") == "Str" else length_of(content) if content else 1


def _head_length(node: Any) -> int:
    return letters_for(_words_of(node), lines=3)


def _longest_word(node: Any) -> int:
    return max(map(len, _words_of(node)), default=0)


def _unbroken(node: Any) -> int:
    """Count the letters of a cell that should not wrap: of short figures, such as "26 of 125"."""
    words = _words_of(node)
    whole = length_of(node)
    short = whole <= _SHORT and any(word[:1].isdigit() for word in words)
    return whole if short else _longest_word(node)


def heading_letters(table: Node, kind: str, *, lines: int) -> int:
    """Count the letters that headings of this kind need, to take no more than so many lines."""
    heads = [cell for row in table["c"][3][1] for cell in row[1] if kind in cell[0][1]]
    return max((letters_for(_words_of(cell[4]), lines=lines) for cell in heads), default=0)


def letters_for(words: Sequence[str], *, lines: int) -> int:
    """Count the letters that a line must hold for words to take no more than so many lines.

    Examples
    --------
    >>> letters_for("April 2021 to March 2022".split(), lines=3)
    10
    >>> letters_for("April 2021 to March 2022".split(), lines=9)
    5
    """
    letters = max(map(len, words), default=0)
    while True:
        taken, held = 1, -1
        for word in words:
            held += 1 + len(word)
            if held > letters:
                taken, held = taken + 1, len(word)
        if taken <= lines:
            return letters
        letters += 1


def _words_of(node: Any) -> list[str]:
    """Give the words of a node, or of several, in order."""
    if isinstance(node, list):
        return [word for part in node for word in _words_of(part)]
    if not isinstance(node, dict):
        return []
    content: Any = node.get("c")
    return str(content).split(" ") if node.get("t") == "Str" else _words_of(content)


def _attribute_triple(node: Node) -> list[Any]:
    if node.get("t") in {"Div", "Span", "Table", "Link", "Image", "Code", "CodeBlock"}:
        return list(node["c"][0])
    return list(node["c"][1]) if node.get("t") == "Header" else []


def _attributes(node: Node) -> dict[str, str]:
    triple = _attribute_triple(node)
    return dict(triple[2]) if triple else {}


def _lift_notes(main: HtmlElement) -> None:
    """Turn each marker into an empty span that names its note, and set the notes at the end."""
    from lxml import html

    for link in main.xpath(".//a[@class='noteref']"):
        marker = html.Element("span", {"class": "noteref", "data-key": link.get("href")[1:]})
        marker.text = link.text
        sup = link.getparent()
        link.drop_tree()
        sup.append(marker)
        if sup.tag == "sup":
            sup.drop_tag()
    for item in main.xpath(".//aside[@class='notes']/ol/li"):
        note = html.Element("div", {"class": "note", "data-key": item.get("id")})
        paragraph = html.Element("p")
        paragraph.text = item.text_content()
        note.append(paragraph)
        main.append(note)
    for listed in main.xpath(".//aside[@class='notes']/ol"):
        listed.drop_tree()


def _name_pictures(main: HtmlElement) -> dict[str, bytes]:
    """Give every drawing a name in place of its content; icons that are alike share one."""
    from lxml import html

    names: dict[bytes, str] = {}
    for element in main.xpath(".//svg | .//img[starts-with(@src, 'data:')]"):
        if element.tag == "svg":
            name = _named(_standalone(element), "svg", names)
            sized = {side: element.get(side, "") for side in ("width", "height")}
            said = {"class": element.get("class", ""), "alt": _said(element)}
            image = html.Element("img", {"src": name, **said, **sized})
            image.tail = element.tail
            element.getparent().replace(element, image)
        else:
            kind, _, content = element.get("src").partition(",")
            ending = "svg" if "svg" in kind else "png"
            element.set("src", _named(base64.b64decode(content), ending, names))
    return {name: content for content, name in names.items()}


def _named(content: bytes, ending: str, names: dict[bytes, str]) -> str:
    return names.setdefault(content, f"picture-{len(names)}.{ending}")


def _standalone(svg: HtmlElement) -> bytes:
    """Write a drawing of the page as a file of its own; the parser lowered its attribute names."""
    from lxml import etree

    for shape in svg.iter():
        shape.attrib.pop("class", None) if shape is not svg else None
    text = str(etree.tostring(svg, encoding="unicode", with_tail=False))
    return (
        text.replace("viewbox=", "viewBox=").replace("<svg ", f'<svg xmlns="{_SVG}" ', 1).encode()
    )


def _said(svg: HtmlElement) -> str:
    """Take the hidden words beside a drawing as its alternative text."""
    words = svg.getnext()
    if words is None or words.get("class") != "visually-hidden":
        return ""
    text = str(words.text_content())
    words.drop_tree()
    return text.strip()


def _divide(main: HtmlElement) -> None:
    """Turn what pandoc would not tell apart into divisions that keep their class."""
    for element in main.xpath(".//figure | .//figcaption | .//aside | .//ul[@class='headlines']"):
        if element.tag == "figcaption":
            element.set("class", "caption")
        element.tag = "div"
    for element in main.xpath(".//div[@class='headlines']/li"):
        element.tag = "div"
    for element in main.xpath(".//*[@class='visually-hidden']"):
        element.drop_tree()
    for attribute in ("tabindex", "role", "aria-labelledby", "aria-label", "aria-hidden"):
        for element in main.xpath(f".//*[@{attribute}]"):
            del element.attrib[attribute]


def _raise_headings(main: HtmlElement) -> None:
    """Lift headings by one level: the page's first level is the document's title."""
    for heading in main.iter("h2", "h3", "h4", "h5", "h6"):
        heading.tag = f"h{int(heading.tag[1]) - 1}"
