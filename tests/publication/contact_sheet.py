"""All pages of a folder of outputs in all their forms, on one sheet that a person looks through.

``python -m tests.publication.contact_sheet OUTPUTS INTO`` writes ``INTO/index.html`` and a picture
of each page: HTML at two widths, light and dark; pages of PDFs; Word and slides as LibreOffice
sets them. A form whose program is not installed is left out, and the sheet says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

Pictures = Iterator[tuple[str, Image.Image]]
"""What each picture shows, and the picture."""

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
LONGEST = 12_000
"""Pixels of a page of HTML that are shown, from its top."""
_SCREEN = 1100
"""Pixels of it that one picture shows at least, so that none is a sliver."""
SCALE = 1.3
OFFICE = (".docx", ".pptx")
_LOOK = """
body { font: 15px/1.4 sans-serif; margin: 16px; background: #ddd }
h2 { margin: 28px 0 8px; font-size: 17px }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
figure { margin: 0 } figcaption { font-size: 13px }
img { display: block; height: 420px; width: auto; max-width: 420px; object-fit: cover;
  object-position: top; background: white; border: 1px solid #888 }
"""


def files_of(outputs: Path) -> list[Path]:
    """Give the files that have pages to look at; none of hidden folders."""
    kept = {".html", ".pdf", *OFFICE}
    return [
        path
        for path in sorted(outputs.rglob("*"))
        if path.suffix in kept
        and not any(part.startswith(".") for part in path.relative_to(outputs).parts)
    ]


def missing(browser: str | None, office: str | None) -> dict[str, str]:
    """Say of each kind of file that can't be looked at what it lacks."""
    lacking = {} if browser else {".html": "Chromium is not installed"}
    return lacking | ({} if office else dict.fromkeys(OFFICE, "LibreOffice is not installed"))


def of_html(browser: Any, file: Path) -> Pictures:
    """Give a page at each width, light and dark, as far down as is shown."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(file.resolve().as_uri())
            page.evaluate("document.fonts.ready")
            tall = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": tall})
            picture = Image.open(BytesIO(page.screenshot()))
            page.close()
            for top in range(0, tall, max(_SCREEN, width)):
                part = picture.crop((0, top, width, min(tall, top + max(_SCREEN, width))))
                yield f"{width} px, {scheme}, from {top}", part


def of_pdf(file: Path) -> Pictures:
    """Give the pages of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document, start=1):
            yield f"page {number} of {len(document)}", page.render(scale=SCALE).to_pil()


def of_office(program: str, file: Path) -> Pictures:
    """Give the pages of a Word document, or slides, as LibreOffice sets them."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        asked = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
        subprocess.run([program, profile, *asked], check=True, capture_output=True, timeout=180)
        yield from of_pdf(Path(folder, f"{file.stem}.pdf"))


def sheet_of(
    outputs: Path,
    into: Path,
    *,
    ways: dict[str, Callable[[Path], Pictures]],
    lacking: dict[str, str],
) -> Path:
    """Write a sheet of what is in a folder.

    Parameters
    ----------
    outputs, into
        What to look at, and where pictures and the sheet go; older pictures there go first.
    ways
        How pictures of a file are taken, by its suffix.
    lacking
        Why there are none of other kinds.
    """
    into.mkdir(parents=True, exist_ok=True)
    for old in into.glob("*.png"):
        old.unlink()
    rows = []
    for file in files_of(outputs):
        name = file.relative_to(outputs).as_posix()
        if way := ways.get(file.suffix):
            _say(name)
            rows.append(_row(name, _kept(name, way(file), into)))
        else:
            rows.append(f"<h2>{escape(name)}</h2><p>Not shown: {lacking[file.suffix]}.</p>")
    head = f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Look</title><style>{_LOOK}"
    sheet = into / "index.html"
    sheet.write_text(f"{head}</style><h1>All pages</h1>{''.join(rows)}", encoding="utf-8")
    return sheet


def _kept(name: str, pictures: Pictures, into: Path) -> Iterator[tuple[str, str]]:
    """Save pictures beside the sheet; give what each shows and its file."""
    for number, (said, picture) in enumerate(pictures, start=1):
        file = f"{name.replace('/', '_')}-{number}.png"
        picture.convert("RGB").save(into / file)
        yield said, file


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _row(name: str, pictures: Iterable[tuple[str, str]]) -> str:
    shown = "".join(
        f"<figure><a href='{escape(file)}'><img loading='lazy' src='{escape(file)}' "
        f"alt='{escape(name)}, {said}'></a><figcaption>{said}</figcaption></figure>"
        for said, file in pictures
    )
    return f"<h2>{escape(name)}</h2><div class='row'>{shown}</div>"


def main(outputs: Path, into: Path) -> None:
    """Write the sheet with what is installed, and say where it is and what it lacks."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    office = shutil.which("soffice")
    lacking = missing(program, office)
    ways: dict[str, Callable[[Path], Pictures]] = {".pdf": of_pdf}
    if office:
        ways |= dict.fromkeys(OFFICE, lambda file: of_office(office, file))
    with sync_playwright() as playwright:
        if program:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            ways[".html"] = lambda file: of_html(browser, file)
        sheet = sheet_of(outputs, into, ways=ways, lacking=lacking)
    for suffix, reason in lacking.items():
        _say(f"No pictures of {suffix} files: {reason}.")
    _say(f"Look at {sheet}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
