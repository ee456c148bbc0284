"""Lists, and numbers of things, as sentences name them; and a look for others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cspanalysis
from cspanalysis.vocabulary.listed import many, plural


@pytest.mark.parametrize(
    ("number", "things", "said"),
    [
        (1, ("month",), "1 month"),
        (0, ("row",), "0 rows"),
        (1200, ("search",), "1,200 searches"),
        (2, ("person",), "2 people"),
        (1, ("month", "period"), "1 month or period"),
        (3, ("month", "period"), "3 months or periods"),
    ],
)
def test_a_number_of_things_agrees_with_its_noun(
    number: int, things: tuple[str, ...], said: str
) -> None:
    assert many(number, *things) == said


def test_plurals_end_as_the_noun_does() -> None:
    assert [plural(n, 2) for n in ("body", "key", "class", "box")] == [
        "bodies", "keys", "classes", "boxes",
    ]  # fmt: skip


def test_no_length_is_put_before_a_plural_that_one_does_not_fit() -> None:
    """A length in front of a noun is written by `many`, unless it is out of some others.

    Methods know no vocabulary: their messages are for whoever calls them.
    """
    noun = "months|rows|files|values|cells|jobs|periods|parts|lines|inputs|searches"
    typed = re.compile(r"(?<!of )\{(?:len\([^{}]*\)|self\.[a-z_]+)(?::,)?\} (?:" + noun + r")\b")
    found = [
        f"{path.name}: {match[0]}"
        for path in Path(cspanalysis.__file__).parent.rglob("*.py")
        if path.parent.name != "methods"
        for match in typed.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
