"""The archive that a Word file is: fonts embedded, every member with the same date."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from cspanalysis.publication.fonts import FAMILY, plain_font

__all__ = ["add_to", "archive_of", "members_of", "with_fonts"]

_LARGEST = 200_000_000
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP archive can bear
_FONTS = (
    ("SourceSansPro", "embedRegular"),
    ("SourceSansProBold", "embedBold"),
    ("SourceSansProIt", "embedItalic"),
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_VEILED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_TYPE = f'<Default Extension="odttf" ContentType="{_VEILED}"/>'


def members_of(archive: bytes) -> dict[str, bytes]:
    """Read the members of an archive by name, in order.

    Raises
    ------
    ValueError
        If they would take more room than any document of ours does.
    """
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        if (size := sum(member.file_size for member in opened.infolist())) > _LARGEST:
            raise ValueError(f"it unpacks to {size:,} bytes, more than {_LARGEST:,}")
        return {name: opened.read(name) for name in opened.namelist()}


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """Write members as an archive whose bytes follow from them alone."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return buffer.getvalue()


def add_to(members: dict[str, bytes], name: str, entry: str) -> None:
    """Put an entry at the end of a member that lists parts, relationships or kinds of files."""
    before, end, after = members[name].rpartition(b"</")
    members[name] = before + entry.encode() + end + after


def with_fonts(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Embed the typeface, so that the document looks alike where it is not installed.

    Word wants embedded fonts veiled: the first 32 bytes are combined with the bytes of a key that
    the font table names (ECMA-376, part 1, section 17.8.1).
    """
    done = dict(members)
    entries, relations = [], []
    for number, (name, kind) in enumerate(_FONTS, start=1):
        key = uuid5(NAMESPACE_URL, name)
        done[f"word/fonts/font{number}.odttf"] = _veiled(plain_font(name), key.bytes)
        entries.append(f'<w:{kind} r:id="rId{number}" w:fontKey="{{{str(key).upper()}}}"/>')
        target = f'Target="fonts/font{number}.odttf"'
        relations.append(f'<Relationship Id="rId{number}" Type="{_OFFICE}/font" {target}/>')
    font = (
        f'<w:font w:name="{FAMILY}"><w:altName w:val="Source Sans 3"/>{"".join(entries)}</w:font>'
    )
    add_to(done, "word/fontTable.xml", font)
    done["word/_rels/fontTable.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'
    ).encode()
    add_to(done, "[Content_Types].xml", _TYPE)
    settings = done["word/settings.xml"].decode()
    end = settings.index("<w:zoom") if "<w:zoom" in settings else settings.index("<w:settings")
    place = settings.index(">", end) + 1
    done["word/settings.xml"] = (
        f"{settings[:place]}<w:embedTrueTypeFonts/><w:saveSubsetFonts/>{settings[place:]}"
    ).encode()
    return done


def _veiled(font: bytes, key: bytes) -> bytes:
    mask = key[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]
