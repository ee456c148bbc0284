from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.publication import write_index
from tests.samples import run_record

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "Chromium is not installed"
        if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


def _open(browser: Any, path: Path, width: int) -> tuple[Any, list[str]]:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, [url for url in asked if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("area", ["bedford", "hostile"])
def test_the_page_never_scrolls_sideways_and_asks_for_nothing(
    browser: Any, site: Path, area: str, width: int
) -> None:
    page, asked = _open(browser, site / area / "2023" / "performance-report.html", width)
    for details in page.query_selector_all("details"):
        details.evaluate("element => element.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == []
    page.close()


def test_search_narrows_the_list_as_one_types(browser: Any, site: Path) -> None:
    for area in ("bedford", "hostile"):
        run_record(site, area, "2023")
    page, asked = _open(browser, write_index(site), 1280)
    page.fill("#search", "bedford 2023")
    assert page.locator(".area-block:visible h2").all_inner_texts() == ["Bedford"]
    page.fill("#search", "nowhere")
    assert page.locator(".none").is_visible()
    assert asked == []
    page.close()
