from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
_SHARES = """[...document.querySelectorAll("main figure img")]
    .map(i => i.getBoundingClientRect().width / i.getAttribute("width"))"""
"""Widths of pictures as shown, over the widths that their words were drawn for."""


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


def test_charts_keep_the_size_of_their_words_on_a_phone(browser: Any, site: Path) -> None:
    page, _ = _open(browser, site / "bedford" / "2023" / "performance-report.html", 360)
    shares = page.evaluate(_SHARES)
    assert shares
    assert min(shares) > 0.93
    page.close()


def test_search_narrows_the_list_as_one_types(browser: Any, indexed: Path) -> None:
    page, asked = _open(browser, indexed / "index.html", 1280)
    page.fill("#search", "luton 2023")
    assert page.locator(".fold .area:visible h3").all_inner_texts() == ["Luton"]
    assert page.locator(".found").inner_text() == "1 of 3 reports"
    page.fill("#search", "performance")
    page.select_option("#only", "f")
    assert page.locator(".fold .area:visible h3").all_inner_texts() == ["Bedford", "Luton"]
    page.select_option("#only", "")
    page.fill("#search", "nowhere")
    assert page.locator(".none").is_visible()
    assert asked == []
    page.close()
