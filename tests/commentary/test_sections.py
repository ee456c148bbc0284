"""What people write: read with its head, kept to its edition, filled with computed values."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from cspanalysis.commentary.pictures import embedded
from cspanalysis.commentary.placeholders import LONGEST, fill
from cspanalysis.commentary.sections import Section, read_commentary, render, unusable
from cspanalysis.errors import UsageError
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.values import Value, values_of
from cspanalysis.paths import partnership_folder
from cspanalysis.vocabulary import Period

PERIOD = Period.parse("2017-04..2017-06")
HEAD = "---\nauthor: Community safety analyst\ndate: 2017-09-04\nstatus: agreed\n{more}---\n"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def write(folder: Path, name: str, body: str = "Text.\n", more: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(more=more) + body, encoding="utf-8")
    return path


@pytest.fixture
def values(wycombe) -> dict[str, Value]:
    lines, comparison, force = wycombe
    return values_of(changes(lines, comparison=comparison, force=force))


@pytest.fixture
def awaited(wokingham) -> dict[str, Value]:
    lines, comparison = wokingham
    return values_of(changes(lines, comparison=comparison))


def filled(text: str, values: dict[str, Value]) -> str:
    return plain(fill(text, values, file=Path("statistics.md"), first_line=8))


def test_sections_come_in_file_order_with_their_heads(tmp_path: Path) -> None:
    write(tmp_path, "20-priorities.md", "First.\n")
    write(tmp_path, "10-statistics.md", "Second.\n", "sources:\n  - Report, 2017\n")
    found = read_commentary(tmp_path, period=PERIOD, edition="public")
    assert list(found.sections) == ["statistics", "priorities"]
    section = found.sections["statistics"]
    assert (section.author, section.status) == ("Community safety analyst", "agreed")
    assert (str(section.date), section.edition) == ("2017-09-04", "public")
    assert section.sources == ("Report, 2017",)
    assert (section.body, section.first_line) == ("Second.\n", 8)


def test_the_file_of_the_period_takes_the_place_of_the_standing_one(tmp_path: Path) -> None:
    write(tmp_path, "statistics.md", "Standing.\n")
    write(tmp_path, "notes.md", "Notes.\n")
    write(tmp_path, "2017-04-to-2017-06/statistics.md", "Of the period.\n")
    write(tmp_path, "2016-04-to-2016-06/other.md", "Of another period.\n")
    found = read_commentary(tmp_path, period=PERIOD, edition="public")
    assert {s.name: s.body for s in found.sections.values()} == {
        "notes": "Notes.\n",
        "statistics": "Of the period.\n",
    }


def test_what_is_sensitive_stays_out_of_the_public_edition(tmp_path: Path) -> None:
    write(tmp_path, "open.md")
    write(tmp_path, "closed.md", "Secret.\n", "edition: sensitive\n")
    public = read_commentary(tmp_path, period=PERIOD, edition="public")
    closed = read_commentary(tmp_path, period=PERIOD, edition="sensitive")
    assert list(public.sections) == ["open"]
    assert list(closed.sections) == ["closed", "open"]
    assert public.digest != closed.digest


def test_remarks_to_other_writers_are_left_out_and_lines_keep_their_numbers(
    tmp_path: Path, values: dict[str, Value]
) -> None:
    body = (
        'One <!-- ask\nJo --> two.\n\n[//]: # (Jo)\n[jo]: Jo "Jo"\nAs [told].\n\n[Told]: a.html\n'
    )
    write(tmp_path, "a.md", f"{body}{{{{ no.key }}}}\n")
    made = read_commentary(tmp_path, period=PERIOD, edition="public")
    (section,) = made.sections.values()
    assert "Jo" not in section.body
    assert "[Told]: a.html" in section.body
    with pytest.raises(UsageError, match=f"line {section.first_line + 8}: there is no value"):
        render(section, values)


def test_the_digest_follows_what_was_taken_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "open.md")
    before = read_commentary(tmp_path, period=PERIOD, edition="public").digest
    write(tmp_path, "closed.md", "Secret.\n", "edition: sensitive\n")
    assert read_commentary(tmp_path, period=PERIOD, edition="public").digest == before
    write(tmp_path, "open.md", "Other text.\n")
    assert read_commentary(tmp_path, period=PERIOD, edition="public").digest != before


def test_no_folder_is_no_commentary(tmp_path: Path) -> None:
    assert not read_commentary(tmp_path / "none", period=PERIOD, edition="public").sections


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Robbery rose.\n", "line 1: no head"),
        ("---\nauthor: Analyst\n", "line 1: the head does not end"),
        ("---\nauthor: Analyst\nstatus: agreed\n---\n", "lacks 'date'"),
        ("---\nauthor: A\n---\n", "lacks 'date' and 'status'; add 'date: ...' and 'status: ...'"),
        ("---\nauthor: Analyst\ndate: soon\nstatus: agreed\n---\n", "line 3: 'date' must be a day"),
        (
            "---\nauthor: Jo Smith\ndate: 2020-01-01\nstatus: draft\n---\n",
            "'author' must be a role",
        ),
        ("---\nauthor: jo@x.uk\ndate: 2020-01-01\nstatus: draft\n---\n", "line 2: 'author'"),
        ("---\nauthor: Team\ndate: 2020-01-01\nstatus: done\n---\n", "draft or agreed"),
        ("---\nauthor: Team\ndate: 2020-01-01\nstatus: draft\nedition: x\n---\n", "line 5"),
        ("---\nauthor: Team\ndate: 2020-01-01\nstatus: draft\nsources: x\n---\n", "list of texts"),
        ("---\nauthor: Team\ndate: 2020-01-01\nstatus: draft\ntopic: x\n---\n", "'topic' is not"),
        ("---\n- author\n---\n", "lines of 'key: value'"),
        ("---\nauthor: [\n---\n", "can't be read"),
    ],
)
def test_a_head_that_is_off_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "statistics.md").write_text(text)
    with pytest.raises(UsageError, match=message) as caught:
        read_commentary(tmp_path, period=PERIOD, edition="public")
    assert "statistics.md" in str(caught.value)


def test_a_sensitive_file_with_a_broken_head_stops_the_public_edition(tmp_path: Path) -> None:
    write(tmp_path, "closed.md", more="edition: secret\n")
    with pytest.raises(UsageError, match="'edition' must be public or sensitive"):
        read_commentary(tmp_path, period=PERIOD, edition="public")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "1-statistics.md")
    write(tmp_path, "2-statistics.md")
    with pytest.raises(UsageError, match="is a section 'statistics' as well"):
        read_commentary(tmp_path, period=PERIOD, edition="public")


def test_an_unknown_edition_and_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="edition 'secret'"):
        read_commentary(tmp_path, period=PERIOD, edition="secret")
    (tmp_path / "a.md").write_bytes(b"---\nauthor: \xff\n---\n")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_commentary(tmp_path, period=PERIOD, edition="public")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ change.robbery.count }}", "17"),
        ("{{change.all-crime.count}}", "2,433"),
        ("{{ change.all-crime.percent_change }}", "4.4 %"),
        ("{{ change.all-crime.percent_change | signed }}", "+4.4 %"),
        ("{{ change.theft-of-vehicle.percent_change }}", "−19 %"),
        ("{{ change.robbery.ratio | interval }}", "0.87 to 5.69"),
        ("{{ change.robbery.count | verdict }}", "can't tell"),
        ("{{ change.burglary-dwelling.percent_change }}", "not available"),
        ("{{ change.burglary-dwelling.count }}", "not available"),
        ("{{ change.burglary-dwelling.count | signed }}", "not available"),
        ("{{ change.burglary-dwelling.ratio | interval }}", "not available"),
        ("{{ change.burglary-dwelling.ratio | verdict }}", "not compared"),
        ("{% if change.robbery.count | raw > 10 %}many{% else %}few{% endif %}", "many"),
        ("{{ 'change.no.key' }}", "change.no.key"),
        ("<b>{{ change.robbery.count }}</b> & more", "<b>17</b> & more"),
    ],
)
def test_placeholders_read_as_people_read_them(values, text: str, expected: str) -> None:
    assert filled(text, values) == expected


def test_what_is_awaited_says_so(awaited) -> None:
    assert filled("{{ change.anti-social-behaviour.count }}", awaited) == "to be confirmed"
    text = "".join(f"{{{{ {key} }}}} {{{{ {key} | interval }}}}\n" for key in awaited)
    assert not {"None", "nan", "[x]"} & set(filled(text, awaited).split())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n{{ change.robery.count }}", r"line 9: .*did you mean 'change.robbery.count'\?"),
        ("{{ zzz.qqq.www }}", "keys are listed"),
        ("{{ robbery }}", "there is no value 'robbery'"),
        ("a\n\n{{ change.robbery.count", "line 10"),
        ("{{ change.robbery.count | upper }}", "no filter 'upper'"),
        ("{% for i in 'abc' %}x{% endfor %}", "'for' is not let into"),
        ("{% include 'x' %}", "'include' is not let into"),
        ("{% set x = 1 %}", "not let into|no value"),
        ("{{ 'a' * 999999999 }}", "'mul' is not let into"),
        ("{{ ''['__class__'] }}", "'getitem' is not let into"),
        ("{{ [1] }}", "'list' is not let into"),
        ("{{ value('change.robbery.count')() }}", "something else"),
        ("{{ value('change.x.count') }}", "can't be filled"),
        ("{{ 3 | signed }}", "can't be filled"),
        ("{% if change.burglary-dwelling.count | raw > 3 %}x{% endif %}", "can't be filled"),
    ],
)
def test_nothing_but_placeholders_and_conditions(values, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        filled(text, values)
    assert "statistics.md" in str(caught.value)


def test_a_section_has_an_end(values) -> None:
    with pytest.raises(UsageError, match="split it"):
        filled("x" * (LONGEST + 1), values)


def test_lines_stay_where_they_are(tmp_path: Path, values) -> None:
    write(tmp_path, "a.md", "One.\n\n{{ change.robbery.count }} robberies.\n\nEnd.\n")
    section: Section = read_commentary(tmp_path, period=PERIOD, edition="public").sections["a"]
    assert render(section, values) == "One.\n\n17 robberies.\n\nEnd.\n"


def test_commentary_that_no_report_can_use_is_told(tmp_path: Path) -> None:
    good = "---\nauthor: Analyst\ndate: 2024-01-31\nstatus: draft\n---\nWords.\n"
    for name, text in {
        "luton/commentary/good.md": good,
        "luton/commentary/2023-10-to-2023-12/good.md": good,
        "luton/commentary/bad.md": good.replace("draft", "drafty"),
        "luton/commentary/2023-10..2023-12/lost.md": good,
        "luton/commentary/last-year/lost.md": good,
        "Luton Borough/commentary/lost.md": good,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert [line.removeprefix(str(tmp_path)) for line in unusable(tmp_path)] == [
        "/Luton Borough/commentary: no report looks here: area 'Luton Borough' is not known; did "
        "you mean wellingborough or peterborough or harborough? (a bare name is a CSP)",
        "/luton/commentary/bad.md, line 4: 'status' must be draft or agreed",
        "/luton/commentary/2023-10..2023-12: no report looks here; move its files to "
        f"{tmp_path / 'luton/commentary/2023-10-to-2023-12'}",
        "/luton/commentary/last-year: no report looks here: period 'last-year' is not in a form "
        "that is known; write 2019, 2017-04..2017-06, 2017-04, 2022-Q3, FY2022, FY2022-Q1 or "
        "12m-to-2023-12",
    ]


def test_the_shipped_commentary_is_all_usable() -> None:
    assert list(unusable(partnership_folder(""))) == []


def test_characters_pasted_from_word_are_read_as_their_equals(tmp_path: Path) -> None:
    write(tmp_path, "own.md", "Non\u2011violent\x07 it\x92s.\u2028Next\n\n\uf0b7\tone\n•\ttwo\n")
    section = read_commentary(tmp_path, period=PERIOD, edition="public").sections["own"]
    assert section.body == "Non-violent it’s. Next\n\n- one\n- two\n"


def test_a_picture_is_embedded_from_the_partnerships_folder_and_no_other(tmp_path: Path) -> None:
    home = tmp_path / "luton"
    home.mkdir()
    Image.new("RGB", (3, 2)).save(home / "map.png")
    write(home / "commentary", "own.md", "Text.\n\n![A map](map.png)\n")
    found = read_commentary(home / "commentary", period=PERIOD, edition="public")
    made = embedded(found.sections["own"], "map.png", "A map")
    assert made.startswith("data:image/png;base64,")
    Image.new("RGB", (3, 3)).save(home / "map.png")
    again = read_commentary(home / "commentary", period=PERIOD, edition="public")
    assert again.digest != found.digest


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("![A map](gone.png)", "is not in "),
        ("![A map](../../secret.png)", "is not in "),
        ("![A map](https://elsewhere.example/map.png)", "is not in "),
        ("![](text.png)", "has no words for those who can't see it"),
        ("- a\n  ![A map][m]\n\n[m]: text.png", "can't be read as PNG or JPEG"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused_with_its_line(
    tmp_path: Path, written: str, said: str
) -> None:
    home = tmp_path / "partnerships" / "luton"
    home.mkdir(parents=True)
    Image.new("RGB", (3, 2)).save(tmp_path / "secret.png")
    (home / "text.png").write_text("no picture")
    path = write(home / "commentary", "own.md", f"Text.\n\n{written}\n")
    with pytest.raises(UsageError, match=said) as refused:
        read_commentary(home / "commentary", period=PERIOD, edition="public")
    assert str(refused.value).startswith(f"{path}, line {11 if '[m]' in written else 8}: picture")
    assert list(unusable(home.parent)) == [str(refused.value)]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("[x](javascript:x\\(\\))", 8),
        ("[x](java&#115;cript:x)", 8),
        ("Words.\n[x][a]\n\n[a]: DATA:text/html,x", 11),
        ("<vbscript:x>", 8),
        ("[x](file:///etc/hosts)", 8),
        ("| a |\n|---|\n| [x](ms-word:ofe) |", 10),
    ],
)
def test_a_link_that_would_run_or_load_is_refused_with_its_line(
    tmp_path: Path, written: str, line: int
) -> None:
    home = tmp_path / "partnerships" / "luton"
    path = write(home / "commentary", "own.md", f"Text.\n\n{written}\n")
    with pytest.raises(UsageError, match="links may lead to pages and mail only") as refused:
        read_commentary(home / "commentary", period=PERIOD, edition="public")
    assert str(refused.value).startswith(f"{path}, line {line}: a link leads to")
    assert list(unusable(home.parent)) == [str(refused.value)]


@pytest.mark.parametrize(
    "text", ["[x](https://a.org/a:b) [y](b.html#c) <mailto:a@b.c> at 12:30", "`javascript:x`"]
)
def test_a_link_to_a_page_stays(tmp_path: Path, text: str) -> None:
    write(tmp_path, "own.md", text)
    assert read_commentary(tmp_path, period=PERIOD, edition="public").sections


def test_a_picture_too_large_to_be_opened_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "luton"
    home.mkdir()
    Image.new("1", (30_000, 30_000)).save(home / "map.png")
    write(home / "commentary", "own.md", "![A map](map.png)\n")
    with pytest.raises(UsageError, match="has more than 40,000,000 pixels; make it smaller"):
        read_commentary(home / "commentary", period=PERIOD, edition="public")


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ " + "not " * 3000 + "1 }}",
        "{% if 1 %}" * 400 + "{% endif %}" * 400,
        "{% if 1 %}" * 110 + "{% endif %}" * 110,
    ],
    ids=["brackets", "not", "conditions", "more than Python's parser takes"],
)
def test_what_is_nested_without_end_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"a\.md: placeholders and conditions lie in each other"):
        fill(text, {}, file=Path("a.md"))
