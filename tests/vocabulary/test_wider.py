"""Counties, combined authorities, regions and countries, by name and by what they are made of."""

from __future__ import annotations

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.wider import councils_of, wider_areas


@pytest.mark.parametrize(
    ("name", "slug", "label", "councils"),
    [
        ("surrey-county", "surrey-county", "Surrey (county)", 11),
        ("E10000016", "kent-county", "Kent (county)", 12),
        (
            "greater-manchester-combined",
            "greater-manchester-combined",
            "Greater Manchester (combined authority)",
            10,
        ),
        ("E12000007", "london-region", "London (region)", 33),
        ("England", "england", "England", 296),
        ("wales", "wales", "Wales", 22),
        ("england-and-wales", "england-and-wales", "England and Wales", 318),
    ],
)
def test_a_wider_area_is_found_and_made_of_whole_councils(
    name: str, slug: str, label: str, councils: int
) -> None:
    area = Area.named(name)
    assert (area.slug, area.label, len(councils_of(area.code))) == (slug, label, councils)


def test_regions_and_wales_divide_england_and_wales() -> None:
    parts = [w.councils for w in wider_areas().values() if w.kind == "region"]
    parts.append(councils_of("W92000004"))
    assert sum(map(len, parts)) == 318
    assert frozenset().union(*parts) == councils_of("K04000001")


def test_a_county_lies_in_its_force_unless_it_is_the_whole_of_it() -> None:
    assert Area.named("surrey-county").wider is None
    wider = Area.named("kent-county").wider  # without Medway
    assert wider is not None
    assert wider.slug == "kent-force"
    assert Area.named("england").wider is None


def test_the_name_of_a_county_tells_how_to_ask_for_it() -> None:
    with pytest.raises(UsageError, match="or surrey-county for the county"):
        Area.named("Surrey")
    with pytest.raises(UsageError, match="south-east-region"):
        Area.named("South East")
