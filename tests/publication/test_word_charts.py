"""Charts of Word that can be edited, and figures that stay pictures."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from cspanalysis import display
from cspanalysis.publication.document import document_of
from cspanalysis.publication.gist import Grid, Shown, gist_of_markup
from cspanalysis.publication.html import page_of
from cspanalysis.publication.native_charts import plain_of
from cspanalysis.publication.word import word_of
from cspanalysis.publication.word_charts import charts_of
from tests.samples import bedford, notebook

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SPACE = [
    *("date1904", "lang", "roundedCorners", "style", "chart", "spPr", "txPr"),
    *("externalData", "printSettings"),
]
"""The order of what a chart part holds (ECMA-376, part 1, CT_ChartSpace)."""
_SERIES = [
    *("idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars"),
    *("cat", "val", "smooth"),
]
_BARS = ["errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr"]
_HEAD = ("Measure", "Area", "Rate", "Lower limit (95 %)", "Upper limit (95 %)")


@pytest.fixture(scope="module")
def members(report: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(report.with_suffix(".docx")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def figure(*rows: tuple[str, ...], plain: str = "dot", **more: Any) -> Shown:
    return Shown("A", "", "", (), (Grid("Rates", _HEAD, rows),), plain, **more)


def names(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


def ordered(found: list[str], order: list[str]) -> bool:
    places = [order.index(name) for name in found]
    return places == sorted(places)


def test_rates_of_areas_are_a_chart_with_a_workbook(
    members: dict[str, bytes], report: Path
) -> None:
    markup = etree.fromstring(members["word/charts/chart1.xml"])
    said = [cached.text for cached in markup.iterfind(f".//{_C}cat//{_C}v")]
    drawn = [cached.text for cached in markup.iterfind(f".//{_C}val//{_C}v")]
    book = openpyxl.load_workbook(BytesIO(members["word/embeddings/chart1.xlsx"]))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert rows == [(name, float(value)) for name, value in zip(said, drawn, strict=True)]
    (shown,) = [
        figure
        for part in gist_of_markup(report.with_suffix(".html").read_text()).parts
        for figure in part.figures
        if figure.plain
    ]
    at = shown.grids[0].head.index("Rate")
    assert [float(value) for value in drawn] == [float(row[at]) for row in shown.grids[0].rows]


def test_a_chart_is_in_the_order_of_the_schema(members: dict[str, bytes]) -> None:
    markup = etree.fromstring(members["word/charts/chart1.xml"])
    assert ordered(names(markup), _SPACE)
    (series,) = markup.iter(f"{_C}ser")
    assert "errBars" in names(series)
    assert ordered(names(series), _SERIES)
    assert ordered(names(next(series.iter(f"{_C}errBars"))), _BARS)


def test_word_finds_the_chart_its_words_and_its_workbook(members: dict[str, bytes]) -> None:
    body, links = members["word/document.xml"].decode(), members["word/_rels/document.xml.rels"]
    assert body.count('r:id="rIdChart1"') == 1
    (described,) = etree.fromstring(members["word/document.xml"]).xpath(
        "//*[local-name()='docPr'][starts-with(@name, 'Chart ')]/@descr"
    )
    assert described.startswith("Dot plot of")
    assert b'Id="rIdChart1"' in links
    assert b'Target="charts/chart1.xml"' in links
    assert b'Target="../embeddings/chart1.xlsx"' in members["word/charts/_rels/chart1.xml.rels"]
    kinds = members["[Content_Types].xml"]
    assert b'PartName="/word/charts/chart1.xml"' in kinds
    assert b'Extension="xlsx"' in kinds


def test_control_charts_stay_pictures(members: dict[str, bytes]) -> None:
    charts = [name for name in members if name.startswith("word/charts/chart")]
    assert charts == ["word/charts/chart1.xml"]
    assert sum(name.startswith("word/media/") for name in members) > 15


def test_months_that_a_notebook_draws_are_a_chart_where_it_says_that_they_are_plain(
    tmp_path: Path,
) -> None:
    import matplotlib.pyplot as plt
    import pandas as pd

    months = pd.DataFrame({"Burglary": [5.0, 7.0]}, index=pd.to_datetime(["2023-01", "2023-02"]))
    said = {"title": "T", "subtitle": "S", "source": "P", "alt": "Months: 5, then 7."}
    data = display.table(months, caption="Months")
    plain = display.chart(months.plot(legend=False), data=data, plain=display.Plain("line"), **said)
    drawn = display.chart(months.plot(legend=False, lw=3), data=data, **(said | {"title": "U"}))
    plt.close("all")
    page = page_of(notebook([*bedford()[:1], "## A", plain, drawn], tmp_path / "a.ipynb"))
    (chart,) = charts_of(page.html, document_of(page.html)).values()
    assert (chart.chart.names, chart.chart.values) == (("January 2023", "February 2023"), (5, 7))
    with zipfile.ZipFile(BytesIO(word_of(page, document_of(page.html)))) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 1


def test_a_figure_beside_another_stays_a_picture(tmp_path: Path) -> None:
    (shown,) = [block for block in bedford() if "data-plain" in getattr(block, "html", "")]
    pair = display.side_by_side(shown, shown)
    page = page_of(notebook([*bedford()[:1], "## A", pair], tmp_path / "a.ipynb"))
    assert charts_of(page.html, document_of(page.html)) == {}
    with zipfile.ZipFile(BytesIO(word_of(page, document_of(page.html)))) as archive:
        assert not [name for name in archive.namelist() if "charts" in name]


def test_a_chart_says_all_that_the_picture_says_or_there_is_none() -> None:
    made = plain_of(figure(("A", "Luton", "9.5", "9", "10.5"), focus=("Luton",)))
    assert made
    assert (made.limits, made.said) == (((9.0, 10.5),), ("9.5 (9 to 10.5)",))
    assert made.focus == ("Luton",)
    assert plain_of(figure(("A", "Luton", "9.5", "[x]", "10.5"))) is None
    assert plain_of(figure(("A", "Luton", "9.5", "9", "10.5"), plain="")) is None
    counted = Shown(
        "A", "", "", (), (Grid("By tenth (1 is first)", ("Tenth", "Areas"), (("1", "5"),)),),
        "column", ("1",),
    )  # fmt: skip
    columns = plain_of(counted)
    assert columns
    assert (columns.names, columns.values, columns.axis) == (("1",), (5.0,), "Tenth (1 is first)")
