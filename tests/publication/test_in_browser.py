from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cspanalysis import display
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Change
from cspanalysis.publication.html import page_of
from cspanalysis.vocabulary import Area, Measure, Period
from tests.samples import bedford, notebook

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


def test_a_rate_and_its_place_stand_apart_at_any_width(browser: Any, tmp_path: Path) -> None:
    period = Period.parse("2023")
    rate = Rate(value=2.5, lower=2.3, upper=2.7, per=1000, denominator="residents, mid-2023")
    line = Change(
        measure=Measure.named("burglary"), area=Area.named("bedford"), period=period,
        baseline=period.baseline(), before=None, after=563, refused="None held.", rate=rate,
    )  # fmt: skip
    shown = display.change_table([line], caption="Alone", places={"burglary": "the highest of two"})
    page_file = tmp_path / "alone.html"
    page_file.write_text(page_of(notebook([bedford()[0], shown], tmp_path / "a.ipynb")).html)
    for width in (360, 1280):
        page, _ = _open(browser, page_file, width)
        rate_box, place_box = (
            page.locator(f".changes td.{name}").bounding_box() for name in ("rate", "place")
        )
        below = place_box["y"] >= rate_box["y"] + rate_box["height"]
        assert below or place_box["x"] >= rate_box["x"] + rate_box["width"], width
        page.close()


def test_tables_of_reviewers_keep_to_a_phone(browser: Any, indexed: Path) -> None:
    pack = indexed / "bedford" / "2023" / "performance-report.review.html"
    for path, kind in ((indexed / "review.html", "reports"), (pack, "told")):
        page, _ = _open(browser, path, 360)
        boxes = page.locator(f".scroll:has(> .{kind})")
        assert boxes.count() > 0
        for box in boxes.all():
            assert box.evaluate("e => e.scrollWidth - e.clientWidth") <= 1, (kind, box.inner_text())
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


def test_in_the_dark_the_usual_range_is_a_band_lighter_than_the_page(
    browser: Any, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto((site / "bedford" / "2023" / "performance-report.html").as_uri())
    paper, band = _commonest(page.locator("img[alt^='Control chart']").first.screenshot())
    assert _luminance(band) > _luminance(paper)
    assert (_luminance(band) + 0.05) / (_luminance(paper) + 0.05) > 1.2
    page.close()


def _commonest(picture: bytes) -> list[tuple[int, int, int]]:
    """Give the two colours that take most of a chart: the page and the usual range on it.

    Of the two, that of its corner is the page's.
    """
    with Image.open(BytesIO(picture)) as opened:
        shown = opened.convert("RGB")
    colours = sorted(shown.getcolors(shown.width * shown.height) or [], reverse=True)[:2]
    corner = shown.getpixel((0, 0))
    return sorted((colour for _, colour in colours), key=lambda colour: colour != corner)


def _luminance(colour: tuple[int, int, int]) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = (value / 255 for value in colour)
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
