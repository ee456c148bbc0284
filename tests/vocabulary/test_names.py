"""Areas by the names that people write, and what is said of those that are no one partnership."""

from __future__ import annotations

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("King's Lynn", "kings-lynn-and-west-norfolk"),
        ("Kings Lynn and West Norfolk", "kings-lynn-and-west-norfolk"),
        ("London, City of", "city-of-london"),
        ("Shepway", "shepway"),
        ("Folkestone and Hythe", "shepway"),
        ("Folkestone", "shepway"),
        ("York", "city-of-york"),
        ("Durham", "county-durham"),
        ("Hull City Council", "kingston-upon-hull"),
        ("Northern Devon", "north-devon"),
        ("Telford", "telford-and-wrekin"),
        ("Anglesey", "isle-of-anglesey"),
        ("Caerdydd", "cardiff"),
        ("Luton Borough Council", "luton"),
    ],
)
def test_names_as_people_write_them_find_their_partnership(name: str, slug: str) -> None:
    assert Area.named(name).slug == slug


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Buckinghamshire",
            "holds 4 partnerships: aylesbury-vale, chiltern, south-bucks and wycombe; write one "
            "of them, or buckinghamshire-lad for the council",
        ),
        ("Surrey", "holds 11 partnerships: elmbridge, epsom-and-ewell, guildford, "),
        (
            "Taunton Deane",
            "was a council until 31 March 2019, when Somerset West and Taunton took its place; its "
            "partnership today is somerset",
        ),
        ("Harrogate", "until 31 March 2023, when North Yorkshire took its place"),
        ("Christchurch", "Bournemouth, Christchurch and Poole took its place; its partnership"),
        (
            "Broxtowe",
            "is a council within the partnership south-nottinghamshire; write that name, or "
            "broxtowe-lad for the council",
        ),
        ("Northamptonshire", "when North Northamptonshire and West Northamptonshire took its"),
        ("Newcastle", "did you mean"),  # upon Tyne, or under Lyme
    ],
)
def test_a_name_of_no_one_partnership_says_what_it_is(name: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        Area.named(name)
    assert f"area '{name}'" in str(refused.value)
    assert said in str(refused.value)


def test_the_council_area_still_has_its_own_name() -> None:
    assert Area.named("york-lad").kind == "lad"
    assert Area.named("buckinghamshire-lad").name == "Buckinghamshire"
