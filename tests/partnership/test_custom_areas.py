"""Custom areas of a partnership file: what they hold, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.partnership import Partnership, read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.vocabulary import Period

HEAD = "area: luton\nname: Luton Community Safety Partnership\nareas:\n"


def read(folder: Path, text: str, *, period: str = "") -> Partnership:
    (folder / period).mkdir(exist_ok=True)
    (folder / period / "partnership.yml").write_text(HEAD + text, encoding="utf-8")
    found = read_partnership(folder, period=Period.parse(period) if period else None)
    assert found
    return found


def test_wards_and_small_areas_are_named_as_people_write_them(tmp_path: Path) -> None:
    text = (
        "  town-centre:\n    name: Town centre\n"
        "    wards: [central, E05014747]\n    lsoas: [e01015728, Luton 012B]\n"
    )
    centre = read(tmp_path, text).custom_areas[0]
    assert (centre.code, centre.slug) == ("E22000010-TOWN-CENTRE", "e22000010-town-centre")
    assert (centre.label, centre.kind) == ("Town centre (custom area)", "custom")
    assert centre.force == "E23000026"
    assert len(centre.lsoas) == 4 + 4 + 2
    assert "E01015728" in centre.lsoas


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lsoas: [E01015728, E01015728]", r"lsoas\[1\]: E01015728 \(Luton 019B\) is named twice"),
        (
            "wards: [Central]\n    lsoas: [E01015699]",
            "twice, by 'Central' and by 'E01015699'; take",
        ),
        ("lsoas: [E01099999]", r"line 6, areas.a.lsoas\[0\]: LSOA 'E01099999' is not known in"),
        ("lsoas: [E01017540]", "LSOA 'E01017540' lies in Bedford, not in Luton"),
        ("lsoas: [E01015741]", "of 2011 and no longer exists; write E01033801 or E01033802"),
        ("wards: [Centrall]", r"ward 'Centrall' is not known in Luton; did you mean Central\?"),
        ("wards: [E05008930]", "ward 'E05008930' is not known in Luton; write its name or a code"),
        ("wards: [E01015728]", "'E01015728' is no ward; write it under 'lsoas'"),
        ("lsoas: [E05014747]", "'E05014747' is no LSOA; write it under 'wards'"),
        ("wards: []", "line 4, areas.a: 'Centre' holds nothing; name its lsoas or wards"),
        ("ward: [Central]", r"key 'ward' is not known; did you mean 'wards'\?"),
    ],
)
def test_what_is_not_known_or_counted_twice_is_told_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        read(tmp_path, f"  a:\n    name: Centre\n    {text}\n")


@pytest.mark.parametrize(
    ("key", "name", "said"),
    [
        ("a", "Dallow", "line 5, areas.a.name: 'Dallow' means a ward of Luton already"),
        ("a", "Dallow ward", "'Dallow ward' means a ward of Luton already"),
        ("dallow", "Centre", "line 4, areas.dallow: 'dallow' means a ward of Luton already"),
        ("a", "Bedford", "'Bedford' means Bedford already; choose another"),
        ("luton-lad", "Centre", r"'luton-lad' means Luton \(council area\) already"),
        ("b", "centre", "line 5, areas.b.name: 'centre' means the custom area 'Old centre'"),
    ],
)
def test_a_name_means_one_place(tmp_path: Path, key: str, name: str, said: str) -> None:
    other = "  centre:\n    name: Old centre\n    wards: [Biscot]\n" if key == "b" else ""
    text = f"  {key}:\n    name: {name}\n    wards: [Central]\n"
    said = said.replace("line 5", "line 8") if other else said
    with pytest.raises(UsageError, match=said):
        read(tmp_path, other + text)


def test_a_council_s_file_has_none(tmp_path: Path) -> None:
    text = HEAD.replace("luton", "luton-lad") + "  a:\n    name: A\n    wards: [Central]\n"
    (tmp_path / "partnership.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"line 3, areas: custom areas are those of a community"):
        read_partnership(tmp_path)


def test_those_of_the_standing_file_hold_for_every_period(tmp_path: Path) -> None:
    text = "  a:\n    name: Centre\n    wards: [Central]\n"
    read(tmp_path, text)
    (tmp_path / "2022").mkdir()
    own = tmp_path / "2022" / "partnership.yml"
    own.write_text("area: luton\nname: Luton in 2022\n", encoding="utf-8")
    found = read_partnership(tmp_path, period=Period.parse("2022"))
    assert found
    assert [area.name for area in found.custom_areas] == ["Centre"]
    with pytest.raises(UsageError, match="'areas' holds for all periods alike; move it to"):
        read(tmp_path, text, period="2022")


def test_a_public_edition_leaves_out_one_that_is_marked(tmp_path: Path) -> None:
    text = "  a:\n    name: Centre\n    wards: [Central]\n    edition: sensitive\n"
    public = held_back(read(tmp_path, text)).public
    assert public
    assert public.custom_areas == ()
