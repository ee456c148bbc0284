"""The page shows the text as it is set, each verdict with a sign, and leads to every mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

import pytest
from lxml import html

from cspanalysis.command.texts.marks import VERDICTS, marks_of
from cspanalysis.command.texts.page import page_of
from cspanalysis.command.texts.written import Written
from cspanalysis.commentary.claims import Claim
from tests.command.texts.test_marks import claim


def page(text: str, claims: Sequence[Claim], told: Sequence[str] = ()) -> html.HtmlElement:
    written = Written(text, text)
    marks = marks_of(written, claims)
    made = page_of("a & b.md", written, marks, against="Luton, 2023", told=told)
    return html.document_fromstring(made)


def of_marks(root: html.HtmlElement) -> list[tuple[str, str]]:
    """Give the marks of the text: verdict as it is said aloud, and words."""
    return [
        (mark.get("class"), mark.text_content().replace("\N{WORD JOINER}", "").strip("✗✓?≈§○"))
        for mark in root.iter("mark")
    ]


TABLE = """Below.

| Measure | 2022 | 2023 |
|---|---|---|
| Burglary | 9 | 17 |
| Robbery | 3 | 4 | 5 |
| Drugs |
"""


def test_a_table_is_one_and_its_cells_bear_marks() -> None:
    root = page(TABLE, [claim("Burglary, 2023: 17", line=5)])
    (table,) = root.xpath("//div[@class='scroll']/table")
    (cell,) = table.xpath(".//td[mark[@class='contradicted']]")
    assert cell.getparent().xpath("string(td[1])") == "Burglary"
    assert [len(row) for row in table.iter("tr")] == [3, 3, 3, 3]
    assert "4  /  ○5" in table.text_content()
    notes = table.getparent().getnext()
    assert notes is None or "Line 5. Contradicted: " in root.text_content()


def test_a_mark_goes_over_bold_words_and_stays_whole() -> None:
    text = "**Note.** Burglary **fell** by ’half’ to 17. Nothing.\n"
    root = page(text, [claim("Burglary   fell   by 'half' to 17.")])
    said = root.xpath("string(//div[@class='text']/p)").replace("\N{WORD JOINER}", "")
    assert said == "Note. ✗Burglary fell by ’half’ to 17. Nothing."
    marks = of_marks(root)
    assert [kind for kind, _ in marks] == ["contradicted"] * len(marks)
    assert "".join(words for _, words in marks) == "Burglary fell by ’half’ to 17."
    assert root.xpath("//strong[normalize-space()='fell']/mark")
    assert len(root.xpath("//mark//*[@aria-label='contradicted']")) == 1


def test_counts_lead_to_marks_and_lists_to_each() -> None:
    text = "Burglary fell to 17.\n\nRobbery fell to 18.\n\n40 people came.\n"
    claims = [
        claim("Burglary fell to 17.", verdict="supported"),
        claim("Robbery fell to 18.", line=3),
    ]
    root = page(text, claims)
    rows = {
        row.xpath("string(td[2])")[2:]: row for row in root.xpath("//table[@class='key']//tbody/tr")
    }
    assert set(rows) == set(VERDICTS)
    held = {verdict: row.xpath("string(td[1])") for verdict, row in rows.items()}
    assert held == dict.fromkeys(VERDICTS, "0") | {
        "supported": "1", "contradicted": "1", "not checked": "1"
    }  # fmt: skip
    places = {link.get("href").removeprefix("#") for link in root.xpath("//main//a")}
    assert places == {mark.get("id") for mark in root.iter("mark")} == {"m0", "m1", "m2"}
    (first,) = root.xpath("//details[@open]")
    assert "Line 3: Robbery fell to 18. Burglary went from 8 to 17." in first.text_content()


def test_what_is_not_supported_looks_unlike_what_is_and_what_is_not_read() -> None:
    text = "Burglary fell to 17. Of 40 people 3 came. We met.\n"
    root = page(text, [claim("Burglary fell to 17.", verdict="supported")])
    assert of_marks(root) == [
        ("supported", "Burglary fell to 17."),
        ("not-checked", "Of 40 people 3 came."),
    ]


def test_notes_stand_below_their_block() -> None:
    text = "- Burglary fell to 17.\n- Robbery fell.\n\n# Drugs fell to 3.\n"
    claims = [claim("Burglary fell to 17."), claim("Drugs fell to 3.", line=4)]
    root = page(text, claims)
    (point, _) = root.xpath("//div[@class='text']/ul[not(@class)]/li")
    assert "Line 1. Contradicted" in point.xpath("string(ul[@class='notes'])")
    head = root.xpath("//div[@class='text']/h2")[0]
    assert "Line 4. Contradicted" in head.getnext().text_content()


def test_a_note_that_nothing_leads_to_is_shown_all_the_same() -> None:
    text = "We met.\n\n[^1]: Burglary fell to 17.\n"
    root = page(text, [claim("Burglary fell to 17.", line=3)])
    assert of_marks(root) == [("contradicted", "Burglary fell to 17.")]
    assert "Line 3. Contradicted" in root.text_content()


def test_markup_of_the_text_is_shown_and_never_set() -> None:
    root = page("Burglary <b>fell</b> <script>x</script>.\n", [], ["5 < 6"])
    assert not root.xpath("//script | //b")
    assert "<script>" in root.text_content()
    assert "5 < 6" in root.text_content()
    assert root.xpath("string(//h1)") == "a & b.md, checked"


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_colour_can_be_read_on_its_ground_light_and_dark(scheme: int) -> None:
    style = files("cspanalysis.command.texts").joinpath("page.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    pairs = [(kind.replace(" ", "-"), f"{kind.replace(' ', '-')}-ground") for kind in VERDICTS]
    pairs += [("ink", ground) for _, ground in pairs]
    pairs += [(one, "paper") for one in ("ink", "quiet", "link", *(kind for kind, _ in pairs[:6]))]
    for one, other in pairs:
        darker, lighter = sorted((_light(colours[one]), _light(colours[other])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (one, other)
