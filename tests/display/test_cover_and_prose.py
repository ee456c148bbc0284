from __future__ import annotations

import numpy as np
import pandas as pd
from lxml import html

from cspanalysis import display
from cspanalysis.display import COVER, FIGURES, Headline
from cspanalysis.evidence.figures import Caveat
from cspanalysis.vocabulary import Area, Period

HOSTILE = Area("E22000999", '<img src=x onerror="alert(1)">', "csp")


def _cover(**changes: object) -> display.Block:
    words = {
        "title": "Performance report",
        "area": Area("E22000318", "Wycombe", "csp"),
        "period": Period.parse("2017-04..2017-06"),
        "lead": "All crime is much the same as a year ago.",
        "facts": {"Data to": "June 2017"},
        "edition": "public",
    }
    return display.cover(**{**words, **changes})  # type: ignore[arg-type]


def test_the_cover_holds_the_only_title() -> None:
    page = html.fragment_fromstring(_cover().html)
    assert page.xpath("count(.//h1)") == 1
    assert page.find(".//h1").text_content() == "Wycombe, April to June 2017"


def test_the_cover_records_what_publication_needs() -> None:
    record = _cover(marking="OFFICIAL-SENSITIVE").records[COVER]
    assert record["area"] == {"code": "E22000318", "name": "Wycombe", "slug": "wycombe"}
    assert record["period"]["slug"] == "2017-04-to-2017-06"
    assert record["baseline"] == "April to June 2016"
    assert record["marking"] == "OFFICIAL-SENSITIVE"
    assert record["language"] == "en-GB"


def test_names_from_data_stay_text() -> None:
    page = html.fragment_fromstring(_cover(area=HOSTILE, lead="<script>").html)
    assert not page.xpath(".//img | .//script")
    assert HOSTILE.name in page.find(".//h1").text_content()


def test_headlines_are_recorded_for_machines() -> None:
    item = Headline(
        id="all-crime", label="All crime", value=2433, text="2,433", unit="offences",
        lower=2300.0, upper=2560.0, caveats=(Caveat("note", "As published."),), source="Council",
    )  # fmt: skip
    (figure,) = display.headlines([item]).records[FIGURES]["figures"]
    assert figure["value"] == 2433
    assert figure["interval"] == [2300.0, 2560.0]
    assert figure["caveats"] == [{"kind": "note", "text": "As published."}]
    assert figure["shown"] is True
    assert "shown" not in display.record([item]).records[FIGURES]["figures"][0]
    assert display.record([], [{"source": "a"}]).records[FIGURES]["inputs"] == [{"source": "a"}]


def test_a_table_writes_numbers_for_people() -> None:
    frame = pd.DataFrame(
        {
            "Area": ["Luton", "<b>"],
            "Count": [18651, 2],
            "Rate": [83.94, np.nan],
            "Held": [True, False],
        }
    )
    page = html.fragment_fromstring(display.table(frame, caption="Areas").html)
    cells = [[cell.text_content() for cell in row] for row in page.iter("tr")]
    assert cells == [
        ["Area", "Count", "Rate", "Held"],
        ["Luton", "18,651", "83.9", "yes"],
        ["<b>", "2", "[x]", "no"],
    ]
    assert [h.get("scope") for h in page.iter("th")] == ["col"] * 4 + ["row"] * 2


def test_a_format_of_the_caller_wins() -> None:
    frame = pd.DataFrame({"Month": ["May"], "Share": [0.25]})
    block = display.table(frame, caption="Shares", formats={"Share": "{:.0%}".format})
    assert "25%" in block.text


def test_lists_leave_out_what_is_empty() -> None:
    assert display.bullets("", "one").text == "- one"
    assert display.bullets("").html == ""
    assert display.paragraphs("a", "", "b").text == "a\n\nb"


def test_caveats_are_listed_once() -> None:
    caveat = Caveat("break", "The categories changed.")
    assert display.caveat_list([caveat, caveat]).html.count("categories") == 1
    assert "No caveat" in display.caveat_list([]).text


def test_a_frame_of_months_is_shown_with_its_months_and_separators() -> None:
    months = pd.date_range("2023-01-01", periods=2, freq="MS", name="month")
    frame = pd.DataFrame({"All crime": pd.array([1465, None], dtype="Int64")}, index=months)
    block = display.table(frame, caption="Counts")
    assert block.text.split() == [
        *("Counts", "Month", "All", "crime"),
        *("January", "2023", "1,465", "February", "2023", "[x]"),
        *("[x]", "not", "available."),
    ]
    assert block.records[display.TABLES]["tables"][0]["rows"] == [
        {"cells": ["January 2023", 1465]},
        {"cells": ["February 2023", "[x]"]},
    ]


def test_a_drawing_of_ones_own_has_its_words_and_the_same_bytes_each_time() -> None:
    from matplotlib.figure import Figure

    def shown() -> display.Block:
        axes = Figure().subplots()
        axes.plot([1, 3, 2])
        return display.chart(
            axes, title="It rose", subtitle="Counts", source="Made up", alt="Line from 1 to 2."
        )

    block = shown()
    image = html.fragment_fromstring(block.html).find(".//img")
    assert image.get("alt") == "Line from 1 to 2."
    assert image.get("src").startswith("data:image/svg+xml")
    assert block.text == "It rose\nCounts\nLine from 1 to 2.\nSource: Made up"
    assert shown().html == block.html
