"""Pictures of one page of each kind, small and grey, for comparing with committed ones.

``python -m tests.publication.page_pictures`` renews the committed ones; look at them before they
are committed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

REFERENCES = Path(__file__).parent / "pictures"
# Name, page, width and height of the window in pixels; pictures are a quarter of it, phones half.
PAGES = (
    ("report", "bedford/2023/performance-report.html", 1280, 1600),
    ("report-on-a-phone", "bedford/2023/performance-report.html", 360, 1200),
    ("seed-report", "wycombe/2017-04-to-2017-06/performance-report.html", 1280, 1600),
    ("area", "bedford/index.html", 1280, 900),
    ("index", "index.html", 1280, 900),
    ("review", "bedford/2023/performance-report.review.html", 1280, 1200),
)
PDF_PAGES = (
    ("pdf-first-page", "bedford/2023/performance-report.pdf", 0),
    ("pdf-charts", "bedford/2023/performance-report.pdf", 1),
    ("pdf-seed-report", "wycombe/2017-04-to-2017-06/performance-report.pdf", 0),
)
WORD_PAGES = (("word-first-page", "bedford/2023/performance-report.docx", 0),)


def of_page(browser: Any, site: Path, page: str, width: int, height: int) -> Image.Image:
    """Give the picture of an HTML page."""
    opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    opened.goto((site / page).as_uri())
    opened.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(opened.screenshot()))
    opened.close()
    return _small(picture, 2 if width < 600 else 4)


def of_pdf(file: Path, page: int) -> Image.Image:
    """Give the picture of a page of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        return _small(document[page].render(scale=1.5).to_pil(), 3)


def of_word(file: Path, page: int) -> Image.Image:
    """Give the picture of a page of a Word document as LibreOffice sets it."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return of_pdf(Path(folder, f"{file.stem}.pdf"), page)


def _small(picture: Image.Image, times: int) -> Image.Image:
    grey = picture.convert("L")
    return grey.resize((grey.width // times, grey.height // times), Image.Resampling.BOX)


def _all(browser: Any, site: Path) -> Iterator[tuple[str, Image.Image]]:
    for name, page, width, height in PAGES:
        yield name, of_page(browser, site, page, width, height)
    for name, file, number in PDF_PAGES:
        yield name, of_pdf(site / file, number)
    if shutil.which("soffice"):
        for name, file, number in WORD_PAGES:
            yield name, of_word(site / file, number)


def _renew() -> None:
    from playwright.sync_api import sync_playwright

    from tests.publication.conftest import built

    REFERENCES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, picture in _all(browser, built(Path(folder))):
            picture.quantize(32).save(REFERENCES / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    _renew()
