"""Characters: what has an equal on a keyboard, and what has none."""

from __future__ import annotations

import pytest

from cspanalysis.characters import keyed, keyed_settings, without_equal
from cspanalysis.vocabulary import Area, Measure, Period


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("2023\N{NON-BREAKING HYPHEN}04", "2023-04"),
        ("2023–04", "2023-04"),
        ("\N{NO-BREAK SPACE}Luton\N{ZERO WIDTH SPACE} ", "Luton"),
        ("King’s Lynn", "King's Lynn"),
        ("“Luton”", '"Luton"'),
        ("•\tRobbery", "Robbery"),
        ("\N{FULLWIDTH DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", "12"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1,234,567"),
        ("2018 123", "2018 123"),
        ("−12", "-12"),
        ("’2023-04", "2023-04"),
        ("o\N{COMBINING CIRCUMFLEX ACCENT}", "ô"),
        ("anti\N{SOFT HYPHEN}social", "antisocial"),
        ("12²", "12²"),
        ("½", "½"),
    ],
)
def test_what_is_pasted_is_read_as_it_would_be_typed(pasted: str, typed: str) -> None:
    assert keyed(pasted) == typed


def test_areas_measures_and_periods_are_found_by_what_was_pasted() -> None:
    assert Area.named("King\N{RIGHT SINGLE QUOTATION MARK}s\N{NO-BREAK SPACE}Lynn & West Norfolk")
    assert Area.named("lu\N{ZERO WIDTH SPACE}ton").slug == "luton"
    assert Measure.named("Anti\N{NON-BREAKING HYPHEN}social behaviour").code.startswith("anti")
    assert Period.parse("2023–04") == Period.parse("2023-04")
    assert Period.parse("2017-04 – 2017-06") == Period.parse("2017-04..2017-06")


def test_a_character_without_an_equal_is_named() -> None:
    assert "'½' (U+00BD, vulgar fraction one half)" in without_equal("12½")
    assert "cyrillic small letter o" in without_equal("Lut\N{CYRILLIC SMALL LETTER O}n")
    assert without_equal("Llŷn – “côr”") == ""


def test_settings_keep_their_lines_and_their_prose() -> None:
    told = keyed_settings("a:\N{NO-BREAK SPACE}1\n\N{NO-BREAK SPACE} b: “2”\nc: it’s “so”\n")
    assert told == 'a: 1\n  b: "2"\nc: it’s “so”\n'
