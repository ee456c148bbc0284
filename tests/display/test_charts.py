from __future__ import annotations

import base64
import re

import numpy as np
import pandas as pd
import pytest
from lxml import html

from cspanalysis.display import Block, control_charts, rate_comparison
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Level, Trend
from cspanalysis.methods import xmr
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp")
WORDS = {"title": "Robbery rose", "subtitle": "Offences per 30 days.", "source": "data.police.uk"}


def _trend(values: list[float], code: str = "robbery", **options: object) -> Trend:
    months = pd.date_range("2022-01-01", periods=len(values), freq="MS")
    chart = xmr(pd.Series(values, index=months), **options)
    chart.index = months
    return Trend(
        measure=Measure.named(code), area=LUTON, chart=chart, unit="offences per 30 days",
        variation=str(chart["meaning"].iloc[-1]),
    )  # fmt: skip


def _steady(spike_at: int | None = None) -> list[float]:
    values = list(10 + np.tile([0.0, 1.0, -1.0, 0.5], 6))
    if spike_at is not None:
        values[spike_at] = 40.0
    return values


def _page(block: Block) -> html.HtmlElement:
    return html.fragment_fromstring(block.html)


def _svg(image: html.HtmlElement) -> str:
    return base64.b64decode(image.get("src").partition(",")[2]).decode()


def _strokes(svg: str) -> int:
    """Count the strokes of the line of months: the longest path that is no glyph."""
    paths = [path for path in re.findall(r' d="(M[^"]*)"', svg) if "Q" not in path]
    return max(paths, key=len).count("M")


def test_the_same_months_give_the_same_bytes() -> None:
    first, second = (control_charts([_trend(_steady(5))], **WORDS).html for _ in range(2))
    assert first == second


def test_alternative_text_gives_the_numbers_and_the_signal() -> None:
    image = _page(control_charts([_trend(_steady(18))], **WORDS)).find(".//img")
    alt = image.get("alt")
    assert alt.startswith("Control chart of robbery in Luton, offences per 30 days, January 2022")
    assert "Above limit in July 2023." in alt
    assert re.search(r"Average [\d.]+, limits [\d.]+ to [\d.]+; latest month 10\.5\.", alt)


def test_missing_months_are_named_and_leave_a_gap() -> None:
    values = _steady()
    values[10] = float("nan")
    whole, gap = _trend(_steady()), _trend(values)
    pages = [_page(control_charts([t], **WORDS)) for t in (whole, gap)]
    assert "Missing: November 2022." in pages[1].find(".//img").get("alt")
    assert [_strokes(_svg(page.find(".//img"))) for page in pages] == [1, 2]
    assert "[x]" in pages[1].xpath("string(.//details)")


def test_all_panels_share_the_time_axis() -> None:
    page = _page(control_charts([_trend(_steady()), _trend(_steady()[:20], "arson")], **WORDS))
    alts = [image.get("alt") for image in page.iter("img")]
    assert all("January 2022 to December 2023" in alt for alt in alts)
    assert [t.text_content() for t in page.xpath(".//*[@class='panel-title']")] == [
        "Robbery",
        "Arson",
    ]


def test_a_constant_series_has_no_limits_and_no_signal() -> None:
    alt = _page(control_charts([_trend([7.0] * 15)], **WORDS)).find(".//img").get("alt")
    assert "no limits" in alt
    assert "No signal." in alt


def test_drawings_are_small_and_name_no_address() -> None:
    svg = _svg(_page(control_charts([_trend(_steady(5))], **WORDS)).find(".//img"))
    assert len(svg) < 30_000
    assert set(re.findall(r"https?://[^\"]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "<text" not in svg
    assert "<date" not in svg.lower()


def test_charts_need_trends() -> None:
    with pytest.raises(ValueError, match="no charts"):
        control_charts([], **WORDS)


def _level(name: str, value: float, *, emphasis: bool = False) -> Level:
    rate = Rate(value=value, lower=value - 1, upper=value + 1, per=1000, denominator="residents")
    return Level(
        measure=Measure.named("all-crime"), area=Area("E22000001", name, "csp"),
        period=Period.parse("2023"), count=int(1000 * value), rate=rate, emphasis=emphasis,
    )  # fmt: skip


def test_areas_are_compared_highest_first() -> None:
    levels = [_level("Ash", 52.5), _level("Birch", 83.9, emphasis=True), _level("Cedar", 77.8)]
    page = _page(rate_comparison(levels, **WORDS))
    assert page.find(".//img").get("alt") == (
        "Dot plot of all crime, 2023, per 1,000 residents, with 95 % intervals, highest first: "
        "Birch 83.9 (82.9 to 84.9), Cedar 77.8 (76.8 to 78.8) and Ash 52.5 (51.5 to 53.5)."
    )
    assert "#12436d" in _svg(page.find(".//img"))


def test_no_comparison_without_levels() -> None:
    with pytest.raises(ValueError, match="no levels"):
        rate_comparison([], **WORDS)


def test_paper_shows_no_word_of_a_chart_below_nine_points() -> None:
    spiked = _trend(_steady(18))
    drawn = [
        control_charts([spiked], **WORDS),
        rate_comparison([_level("Luton", 6.0, emphasis=True), _level("Bedford", 4.0)], **WORDS),
    ]
    for block in drawn:
        svg = _svg(_page(block).find(".//img"))
        width = re.search(r'width="(\d+)"', svg)
        assert width
        assert int(width[1]) <= 321  # pixels: as wide as half the page, so it is not shrunk
        # A glyph of 100 units is as high as the type is large.
        assert min(float(scale) for scale in re.findall(r"scale\(([\d.]+) -", svg)) >= 0.09
