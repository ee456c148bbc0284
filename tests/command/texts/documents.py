"""Word documents with what people's documents hold, made for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_TRACKED = 'w:author="A" w:date="2023-01-01T00:00:00Z"'


def put(paragraph: Any, markup: str) -> None:
    """Put a piece of Word's markup at the end of a paragraph, or of a document's body."""
    head, rest = markup.split(">", 1) if not markup.startswith("<w:r>") else ("<w:r", markup[5:])
    paragraph.append(parse_xml(f"{head} {nsdecls('w')}>{rest}"))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" {_TRACKED}>{run(text)}</w:ins>'


def deleted(text: str) -> str:
    gone = run(text).replace("w:t", "w:delText")
    return f'<w:del w:id="2" {_TRACKED}>{gone}</w:del>'


def box(text: str) -> str:
    """Write a text box as new programs and, once more, as old ones read it."""
    held = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    office = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{office}"><mc:Choice Requires="wps">{held}'
        f"</mc:Choice><mc:Fallback>{held}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def with_footnote(path: Path, said: str, note: str) -> Path:
    """Write a document of one paragraph that leads to one footnote."""
    document = Document()
    paragraph = document.add_paragraph(said)
    put(paragraph._p, '<w:r><w:footnoteReference w:id="7"/></w:r>')
    plain = path.with_suffix(".plain.docx")
    document.save(str(plain))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = f'<Relationship Id="rId77" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            if name == "word/_rels/document.xml.rels":
                held = held.replace(b"</Relationships>", relation.encode())
            if name == "[Content_Types].xml":
                held = held.replace(b"</Types>", override.encode())
            new.writestr(name, held)
        notes = f'<w:footnote w:id="7"><w:p>{run(note)}</w:p></w:footnote>'
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")
    return path


def changed(source: Path, target: Path, part: str, content: bytes) -> Path:
    """Copy a document with other content of one part."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return target
