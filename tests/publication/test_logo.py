"""Logos lose what they tell of who drew them; what is drawn stays."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from cspanalysis.errors import UsageError
from cspanalysis.publication.logo import bare_logo

WHO = "jsmith4"


def picture() -> bytes:
    """A PNG with notes of every kind, and more after its end."""
    notes, camera, made = PngImagePlugin.PngInfo(), Image.Exif(), BytesIO()
    notes.add_text("Author", WHO)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{WHO}</x>")
    camera[0x013B] = WHO
    Image.new("RGB", (6, 3), "#12436D").save(made, "PNG", pnginfo=notes, exif=camera)
    return made.getvalue() + WHO.encode()


def test_a_picture_keeps_its_dots_alone(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(picture())
    bare = bare_logo(file)
    assert WHO.encode() not in bare
    with Image.open(BytesIO(bare)) as opened, Image.open(file) as before:
        assert opened.tobytes() == before.tobytes()
        assert not opened.info.keys() & {"Author", "exif", "XML:com.adobe.xmp"}
    file.write_bytes(bare)
    assert bare_logo(file) == bare


def test_a_drawing_keeps_what_is_drawn(tmp_path: Path) -> None:
    packed = base64.b64encode(picture()).decode()
    file = tmp_path / "logo.svg"
    file.write_text(f"""<?xml version="1.0"?><!-- {WHO} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
 width="60" height="30" i:export-filename="C:\\{WHO}.png"><metadata><a>{WHO}</a></metadata>
<title>{WHO}</title><defs><linearGradient id="used"/></defs><i:view of="{WHO}"/>
<rect width="60" id="{WHO}" data-by="{WHO}" fill="url(#used)"/>
<image href="file:///home/{WHO}/a.png"/><image href="data:image/png;base64,{packed}"/></svg>""")
    bare = bare_logo(file).decode()
    assert WHO not in bare
    assert WHO.encode() not in base64.b64decode(bare.partition("base64,")[2].partition('"')[0])
    assert '<rect width="60" fill="url(#used)"/>' in bare
    assert 'id="used"' in bare


def test_a_plain_drawing_stays_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" ><g  id="a"/><use href="#a"/></svg>\n')
    assert bare_logo(file) == file.read_bytes()


@pytest.mark.parametrize(("name", "content"), [("logo.png", b"GIF89a"), ("logo.svg", b"<svg>")])
def test_what_is_no_picture_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=r"logo\.(png: not a PNG|svg: not SVG)"):
        bare_logo(tmp_path / name)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<style>@import "https://a.b/x.css";</style>',
        '<rect style="fill: url(https://a.b/#x)"/>',
        '<rect fill="url(//a.b/x.svg#x)"/>',
        '<foreignObject><iframe src="https://a.b"/></foreignObject>',
        '<a><set attributeName="href" to="javascript:x()"/></a>',
        '<image href="data:image/svg+xml,&lt;svg onload=x&gt;"/>',
        '<a href="data:text/html,x"><rect/></a>',
    ],
)
def test_a_drawing_that_does_more_than_be_seen_is_refused(tmp_path: Path, inside: str) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SVG.format('width="9" height="9"', inside))
    with pytest.raises(UsageError, match=r"logo.svg: .*; save it anew as plain SVG"):
        bare_logo(file)


@pytest.mark.parametrize(
    "size", ['width="1e9" height="9"', 'width="NaN" height="9"', 'width="99999in" height="9"']
)
def test_a_drawing_of_no_size_is_refused(tmp_path: Path, size: str) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SVG.format(size, "<rect/>"))
    with pytest.raises(UsageError, match="a drawing has no size from 1 to 16,000,000 dots"):
        bare_logo(file)


def test_handlers_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SVG.format('width="9" height="9" onload="x()"', '<rect onclick="x()"/>'))
    assert b"x()" not in bare_logo(file)


def test_a_picture_that_is_huge_or_cut_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    for side in (5000, 30_000):  # the latter Pillow itself refuses
        Image.new("1", (side, side)).save(file)
        with pytest.raises(UsageError, match="more than 16,000,000 pixels; make it smaller"):
            bare_logo(file)
    file.write_bytes(picture()[:60])
    with pytest.raises(UsageError, match="can't be read as a picture"):
        bare_logo(file)
