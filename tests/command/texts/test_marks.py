"""Claims are put at the words that make them, whatever signs those words are written with."""

from __future__ import annotations

import pytest

from cspanalysis.command.texts.marks import marks_of
from cspanalysis.command.texts.written import Written
from cspanalysis.commentary.claims import Claim, ClaimVerdict
from cspanalysis.commentary.claims.sentences import sentences


def claim(
    text: str, *, line: int = 1, verdict: ClaimVerdict = "contradicted", words: str = ""
) -> Claim:
    return Claim(
        text=text,
        line=line,
        words=words or text,
        measure="burglary",
        verdict=verdict,
        held_against=None,
        rule="count",
        reason="Burglary went from 8 to 17.",
    )


def written(text: str) -> Written:
    return Written(text, text)


@pytest.mark.parametrize(
    "said",
    [
        "The city’s burglaries fell to 17.",
        "Burglary fell by −14 %.",
        "The “worst” burglary rose \N{EN DASH} to 17.",
        "**Burglary** fell by\N{NO-BREAK SPACE}17.",
        "Burglary [fell](https://example.org/a) to 17.[^1]",
    ],
)
def test_a_sentence_keeps_its_mark_with_any_sign(said: str) -> None:
    text = f"Nothing here. {said} And on.\n\n[^1]: A source.\n"
    read = [one for one in sentences(text) if "17" in one.text or "14" in one.text]
    (mark,) = marks_of(written(text), [claim(one.text, line=one.line) for one in read])
    begin, end = mark.start, mark.end
    assert said.strip("*").startswith(text[begin : begin + 8])
    assert text[begin:end].rstrip().endswith((".", "[^1]"))
    assert "Nothing" not in text[begin:end]
    assert "And on" not in text[begin:end]


def test_the_same_words_twice_are_two_marks() -> None:
    text = "Burglary fell to 17.\n\nBurglary fell to 17.\n"
    found = marks_of(
        written(text), [claim("Burglary fell to 17."), claim("Burglary fell to 17.", line=3)]
    )
    assert [(mark.start, mark.line) for mark in found] == [(0, 1), (22, 3)]


TABLE = """| Measure | 2022 | 2023 | Note |
| --- | --- | --- | --- |
| Burglary | 17 | **17** | see 4 |
| Domestic abuse | 12 | 13 |
"""


def test_claims_of_a_row_stand_at_their_cells() -> None:
    claims = [
        claim("Burglary, 2022: 17", line=3, verdict="supported"),
        claim("Burglary, 2023: 17", line=3),
    ]
    found = marks_of(written(TABLE), claims)
    said = [(mark.said, mark.verdict) for mark in found]
    assert said[:2] == [("17", "supported"), ("**17**", "contradicted")]
    assert said[2:] == [("see 4", "not checked"), ("12", "not checked"), ("13", "not checked")]


def test_a_number_without_a_claim_is_not_checked_but_a_year_is_no_number() -> None:
    text = "Of 40 people 3 replied. The review of 2023 is in section 4. It met on 9 May 2023.\n"
    assert [m.said for m in marks_of(written(text), [])] == ["Of 40 people 3 replied."]


def test_the_verdict_that_most_needs_a_look_is_that_of_the_mark() -> None:
    text = "Burglary fell to 17."
    claims = [
        claim(text, verdict="supported", words="17"),
        claim(text, verdict="not traceable", words="fell"),
    ]
    (mark,) = marks_of(written(text), claims)
    assert mark.verdict == "not traceable"
    assert len(mark.claims) == 2


def test_a_claim_whose_words_are_not_found_stands_at_its_line() -> None:
    text = "Heading\n\n- Some words of another kind. More.\n"
    (mark,) = marks_of(written(text), [claim("Burglary fell.", line=3)])
    assert text[mark.start : mark.end] == "Some words of another kind."
    (mark,) = marks_of(written("---\na: 1\n---\n"), [claim("Burglary fell.", line=2)])
    assert mark.said == "a: 1"


def test_what_several_claims_have_in_common_is_said_once() -> None:
    text = "Burglary fell to 17."
    (mark,) = marks_of(written(text), [claim(text, words="fell"), claim(text, words="17")])
    assert mark.reasons == "Burglary went from 8 to 17."


def test_a_note_is_marked_where_it_stands() -> None:
    text = "We met.[^1]\n\n[^1]: Burglary fell to 17.\n"
    held = written(text)
    (mark,) = marks_of(held, [claim("Burglary fell to 17.", line=3)])
    assert text[mark.start : mark.end] == "Burglary fell to 17."
