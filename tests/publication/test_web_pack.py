"""The page in parts: nothing within it, all beside it, under a policy that allows no other."""

from __future__ import annotations

import io
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.leaks import leaks
from cspanalysis.publication.web_pack import web_pack_of
from tests.samples import bedford, notebook


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("executed")
    return page_of(notebook(bedford(), folder / "performance-report.ipynb"))


def test_the_page_carries_nothing_and_names_only_what_lies_beside_it(page: Page) -> None:
    with zipfile.ZipFile(io.BytesIO(web_pack_of(page))) as archive:
        names = {*archive.namelist()}
        markup = archive.read("index.html").decode()
        (style,) = (archive.read(n).decode() for n in names if n.endswith(".css"))
    assert not re.search(r"<style|\sstyle=|<script|data:", markup)
    assert "data:" not in style
    named = {*re.findall(r'(?:href|src)="(assets/[^"]+)"', markup)}
    named |= {f"assets/{name}" for name in re.findall(r'url\(["\']?([^"\')]+)', style)}
    assert names == named | {"index.html"}
    assert page.html.count("<img") == markup.count('src="assets/')


def test_the_same_page_gives_the_same_bytes_and_leaks_nothing(page: Page) -> None:
    assert web_pack_of(page) == web_pack_of(page)
    assert not list(leaks("report.web.zip", web_pack_of(page)))


class _Strict(SimpleHTTPRequestHandler):
    """Sends what many sites send with every file."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(page: Page, tmp_path: Path) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(web_pack_of(page))) as archive:
        archive.extractall(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_looks_the_same_under_a_strict_policy(page: Page, site: str, tmp_path: Path) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    whole = tmp_path / "whole.html"
    whole.write_text(page.html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        seen, told = [], list[str]()
        for address in (site, whole.as_uri()):
            opened = browser.new_page(viewport={"width": 1280, "height": 1600})
            opened.on("console", lambda message: told.append(message.text))
            opened.on("requestfailed", lambda request: told.append(request.url))
            opened.goto(address)
            opened.evaluate("document.fonts.ready")
            seen.append(opened.screenshot())
            opened.close()
        browser.close()
    assert [text for text in told if "favicon" not in text and "404" not in text] == []
    assert seen[0] == seen[1]
