"""A Word document as Markdown, each character with the run that it was written in."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspanalysis.characters import plain
from cspanalysis.command.texts.runs import W, is_left_out, kept_runs, without_own, written_in
from cspanalysis.command.texts.written import Written
from cspanalysis.errors import UsageError

__all__ = ["Book", "Letter", "of_word"]

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KINDS = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "drawn diagram",
    f"{W}object": "embedded object",
    f"{W}altChunk": "embedded document",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "equation",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Hold one character of a line with the run it stands in, and its place there."""

    sign: str
    run: Any = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """Hold a Word document, and where each line of its text stands in it.

    Parameters
    ----------
    document
        As python-docx opens it.
    letters
        The characters of each line that can bear a comment.
    anchors
        The run or paragraph that a comment stands at where the line itself can bear none.
    """

    document: Any
    letters: Mapping[int, Sequence[Letter]]
    anchors: Mapping[int, Any]


def of_word(path: Path) -> tuple[Book, Written]:
    """Read a Word document as it would be printed: what was inserted is read, what was deleted not.

    Text boxes, content controls, fields, headers, footers, footnotes and tables in tables are
    read; a first row of a table that is one cell is its title.

    Raises
    ------
    UsageError
        If it is no Word document, or a damaged one.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    damaged = (PackageNotFoundError, KeyError, ValueError, OSError, zipfile.BadZipFile)
    try:
        document = Document(str(path))
        without_own(document)
        reader = _Reader(document)
        reader.read()
    except (*damaged, XMLSyntaxError, AttributeError):
        raise UsageError(f"{path}: can't be read as a Word document; save it anew") from None
    text = "\n".join(reader.lines) + "\n"
    beside = frozenset(reader.beside)
    written = Written(text, text, reader.labels, beside, +reader.unread, reader.things)
    return Book(document, reader.letters, reader.anchors), written


class _Reader:
    """Hold what has been read of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.lines: list[str] = []
        self.letters: dict[int, Sequence[Letter]] = {}
        self.anchors: dict[int, Any] = {}
        self.labels: dict[int, str] = {}
        self.beside: set[int] = set()
        self.unread: Counter[str] = Counter()
        self.things: Counter[str] = Counter()
        self._notes: dict[tuple[str, str], tuple[str, Any]] = {}
        self._paragraphs = self._tables = 0
        self._headings: Mapping[str, int] = _headings(document)

    def read(self) -> None:
        body = self._document.element.body
        self._blocks(body)
        self._footnotes()
        self._margins()
        for element in body.iter(*_KINDS):
            if not any(up.tag == f"{_COMPATIBLE}Fallback" for up in element.iterancestors()):
                self.things[_KINDS[element.tag]] += 1

    def _blocks(self, holder: Any, *, label: str = "", anchor: Any = None) -> None:
        for block in holder.iterchildren():
            if block.tag == f"{W}p":
                self._paragraph(block, label=label, anchor=anchor)
            elif block.tag == f"{W}tbl":
                self._table(block, label=label, anchor=anchor)
            elif is_left_out(block):
                self._leave("deleted", block)
            elif block.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
                self._blocks(block, label=label, anchor=anchor)

    def _paragraph(self, block: Any, *, label: str = "", anchor: Any = None) -> None:
        style = block.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if name.upper().startswith("TOC"):
            self._leave("of the table of contents", block)
            return
        letters = self._letters_of(block)
        self._paragraphs += 1 if letters and not label else 0
        head = "#" * self._headings[name] + " " if name in self._headings else ""
        label = label or f"paragraph {self._paragraphs}"
        self._line([*map(Letter, head), *letters] if letters else [], label, block, anchor)
        self._boxes(block, anchor)

    def _boxes(self, block: Any, anchor: Any = None) -> None:
        """Read the text boxes that are tied to a paragraph; Word takes no comments in them."""
        for box in _boxes_in(block):
            self._blocks(box, label="text box", anchor=block if anchor is None else anchor)

    def _line(self, letters: Sequence[Letter], label: str, block: Any, anchor: Any) -> None:
        """Write a line and an empty one below it."""
        if not letters:
            return
        self._row(letters, label, block, anchor)
        self.lines.append("")

    def _row(self, letters: Sequence[Letter], label: str, block: Any, anchor: Any) -> None:
        self.lines.append("".join(letter.sign for letter in letters))
        number = len(self.lines)
        self.labels[number] = label
        self.anchors[number] = block if anchor is None else anchor
        if anchor is None:
            self.letters[number] = letters

    # Letters

    def _letters_of(self, block: Any) -> list[Letter]:
        """Give the characters of a paragraph, with one space where there is any."""
        found: list[Letter] = []
        for run, why in kept_runs(block):
            if why:
                self._leave(why, run)
                continue
            for sign, place in self._signs_of(run):
                if sign != " " or (found and found[-1].sign != " "):
                    found.append(Letter(sign, run, place))
        return found[:-1] if found and found[-1].sign == " " else found

    def _signs_of(self, run: Any) -> Iterator[tuple[str, int]]:
        place = 0
        for child in run.iterchildren():
            kind = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if kind in {"footnoteReference", "endnoteReference"}:
                key = kind.removesuffix("Reference"), str(child.get(f"{W}id"))
                number = f"{sum(1 for held in self._notes if held[0] == key[0]) + 1}"
                name, _ = self._notes.setdefault(key, (number, run))
                for sign in f"[^{'e' if key[0] == 'endnote' else ''}{name}]":
                    yield sign, place
            for one in written_in(child):
                for sign in plain(one):
                    yield " " if sign.isspace() else sign, place
                place += 1

    def _leave(self, where: str, element: Any) -> None:
        said = f"{W}t", f"{W}delText"
        words = "".join(
            (one.text or "") if one.tag in said else " "
            for one in element.iter(*said, f"{W}p", f"{W}tab", f"{W}br")
        )
        self.unread[where] += len(words.split())

    # Tables

    def _table(self, table: Any, *, label: str, anchor: Any) -> None:
        if not label:
            self._tables += 1
            label = f"table {self._tables}"
        rows = [_cells(row) for row in _under(table, "tr") if not self._is_deleted(row)]
        across = max((sum(span for _, span, _ in row) for row in rows), default=0)
        above: list[list[Letter]] = []
        begun, inner = False, []
        for number, row in enumerate(rows, start=1):
            where = f"{label}, row {number}"
            inner += [(where, one) for cell, _, _ in row for one in _under(cell, "tbl")]
            if len(row) == 1 and not begun:  # a title, or a frame round text
                for paragraph in _under(row[0][0], "p"):
                    self._line(self._letters_of(paragraph), where, paragraph, anchor)
                    self._boxes(paragraph, anchor)
                continue
            columns = self._columns(row, above)
            columns += [[]] * (across - len(columns))
            self._row(_joined(columns), where, row[0][0], anchor)
            if not begun:
                self.lines.append("|" + " --- |" * across)
            begun, above = True, columns
        if begun:
            self.lines.append("")
        for where, one in inner:
            self._table(one, label=f"table in {where}", anchor=anchor)

    def _is_deleted(self, row: Any) -> bool:
        if row.find(f"{W}trPr/{W}del") is None:
            return False
        self._leave("deleted", row)
        return True

    def _columns(self, row: Sequence[tuple[Any, int, bool]], above: Any) -> list[list[Letter]]:
        """Give the columns of a row; a cell that goes on from above says the same again."""
        found: list[list[Letter]] = []
        for cell, span, goes_on in row:
            letters: list[Letter] = []
            for paragraph in _under(cell, "p"):
                said = self._letters_of(paragraph)
                letters += [Letter(" "), *said] if letters and said else said
            if goes_on and not letters and len(found) < len(above):
                letters = [Letter(letter.sign) for letter in above[len(found)]]
            signs = [Letter("/", one.run, one.place) if one.sign == "|" else one for one in letters]
            found += [signs, *([] for _ in range(span - 1))]
        return found

    # What stands beside the text

    def _footnotes(self) -> None:
        held = {kind: self._part(kind) for kind in ("footnote", "endnote")}
        for (kind, key), (name, run) in list(self._notes.items()):
            note = next((n for n in held[kind] if n.get(f"{W}id") == key), None)
            if note is None:
                continue
            head = f"[^{'e' if kind == 'endnote' else ''}{name}]: "
            letters: list[Letter] = []
            for paragraph in note.iter(f"{W}p"):
                letters += [Letter(" "), *self._letters_of(paragraph)]
            if len(letters) > 1:
                self._line([*map(Letter, head), *letters[1:]], f"{kind} {name}", run, run)

    def _part(self, kind: str) -> list[Any]:
        """Give the footnotes, or the endnotes, of the document."""
        from lxml import etree

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                root = etree.fromstring(relation.target_part.blob, parser)
                return list(root.iter(f"{W}{kind}"))
        return []

    def _margins(self) -> None:
        """Read headers and footers, each that says something of its own once."""
        first = next(self._document.element.body.iter(f"{W}p"), None)
        seen: set[str] = set()
        for relation in self._document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind not in {"header", "footer"} or relation.is_external:
                continue
            begun = len(self.lines)
            self._blocks(relation.target_part.element, label=kind, anchor=first)
            said = "\n".join(self.lines[begun:])
            if said in seen:
                del self.lines[begun:]
            seen.add(said)
            self.beside |= set(range(begun + 1, len(self.lines) + 1))


def _boxes_in(element: Any) -> Iterator[Any]:
    """Yield text boxes; what old programs see in their place is the same once more."""
    for child in element.iterchildren():
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{_COMPATIBLE}Fallback":
            yield from _boxes_in(child)


def _joined(columns: Sequence[Sequence[Letter]]) -> list[Letter]:
    bar = [Letter("|")]
    found = bar
    for column in columns:
        found = [*found, Letter(" "), *column, Letter(" "), *bar]
    return found


def _under(holder: Any, kind: str) -> Iterator[Any]:
    """Yield the children of a kind, also those that stand in a content control."""
    for child in holder.iterchildren():
        if child.tag == f"{W}{kind}":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _under(child, kind)


def _cells(row: Any) -> list[tuple[Any, int, bool]]:
    """Give the cells of a row: each with its columns, and whether it goes on from above."""
    found = []
    for cell in _under(row, "tc"):
        span, merged = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        across = 1 if span is None else int(span.get(f"{W}val", "1"))
        found.append((cell, min(max(across, 1), 63), goes_on))  # as many as Word allows
    return found


def _headings(document: Any) -> Mapping[str, int]:
    """Give the styles of headings with their level, by what paragraphs call them."""
    found = {}
    for style in document.styles.element.iter(f"{W}style"):
        name = style.find(f"{W}name")
        words = "" if name is None else str(name.get(f"{W}val", "")).lower()
        level = words.removeprefix("heading ") if words.startswith("heading ") else ""
        if words == "title" or level in {"1", "2", "3", "4", "5"}:
            found[str(style.get(f"{W}styleId"))] = int(level or 1)
    return found
