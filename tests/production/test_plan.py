"""Plans: what they hold, what they refuse, and what can be picked from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cspanalysis import paths
from cspanalysis.errors import UsageError
from cspanalysis.production import read_plan

GOOD = """\
reports:
  - notebook: report
    areas: [wycombe, E22000010]
    periods: [2019, 2017-04..2017-06]
  - notebook: profile
    areas: [luton]
    periods: [FY2022]
    parameters: {baseline: '2019', top: 5}
"""


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read_text(text: str) -> Any:
        path = tmp_path / "plan.yml"
        path.write_text(text, encoding="utf-8")
        return read_plan(path, notebooks=tmp_path)

    return read_text


def test_a_row_asks_for_forms_and_names_those_there_are(read: Any) -> None:
    plan = read(
        GOOD.replace("    areas: [luton]\n", "    areas: [luton]\n    forms: [data, data]\n")
    )
    assert [job.forms for job in plan.jobs] == [(), (), (), (), ("data",)]
    with pytest.raises(UsageError, match=r"line 7, .*'datum' is no form; there are: .*data"):
        read(GOOD.replace("    areas: [luton]\n", "    areas: [luton]\n    forms: [datum]\n"))


def test_a_plan_takes_seasons_and_no_period_that_moves(read: Any) -> None:
    plan = read(GOOD.replace("[FY2022]", "[summer 2022, winter 2021/22]"))
    assert [str(job.period) for job in plan.jobs[4:]] == ["2022-06..2022-08", "2021-12..2022-02"]
    with pytest.raises(UsageError, match=r"line 7, .*'last quarter' moves with .*2022-Q4"):
        read(GOOD.replace("[FY2022]", "[last quarter]"))
    with pytest.raises(UsageError, match=r"line 7, .*write winter 2021/22 or winter 2022/23"):
        read(GOOD.replace("[FY2022]", "[winter 2022]"))


def test_jobs_are_notebooks_by_areas_by_periods(read: Any) -> None:
    plan = read(GOOD)
    assert [job.slug for job in plan.jobs] == [
        "wycombe/2019/report",
        "wycombe/2017-04-to-2017-06/report",
        "luton/2019/report",
        "luton/2017-04-to-2017-06/report",
        "luton/fy2022/profile",
    ]
    assert plan.jobs[1].arguments == {"area": "wycombe", "period": "2017-04..2017-06"}
    assert plan.jobs[4].arguments == {
        "area": "luton",
        "period": "FY2022",
        "baseline": "2019",
        "top": 5,
    }
    assert plan.jobs[4].origin.endswith("plan.yml, line 5, reports[1]")
    assert len({hash(job) for job in plan.jobs}) == 5


def test_reports_of_one_notebook_and_period_bear_names_of_their_own(read: Any) -> None:
    named = GOOD + (
        "  - notebook: profile\n    name: profile-drugs\n    areas: [luton]\n"
        "    periods: [FY2022]\n    parameters: {top: 3}\n"
    )
    plan = read(named)
    assert [job.slug for job in plan.jobs[-2:]] == [
        "luton/fy2022/profile",
        "luton/fy2022/profile-drugs",
    ]
    assert plan.notebook(plan.jobs[-1]).name == "profile.ipynb"
    assert [job.parameters for job in plan.only("profile-drugs").jobs] == [{"top": 3}]
    drugs = plan.narrowed(area="luton", notebook="profile-drugs").jobs
    assert [job.slug for job in drugs] == ["luton/fy2022/profile-drugs"]
    with pytest.raises(UsageError, match="'Profile' is not a report's name"):
        read(named.replace("profile-drugs", "Profile"))


def test_default_plan_makes_every_shipped_notebook() -> None:
    jobs = read_plan(paths.default_plan()).jobs
    assert {job.slug for job in jobs} >= {
        "bedfordshire-force/2023/data-quality",
        "wycombe/2017-04-to-2017-06/performance-report",
        "wokingham/2019/performance-report",
        "wokingham/2019/committee-report",
        "central-bedfordshire/2023-10-to-2023-12/performance-report",
        "bedford/2023/strategic-assessment",
        "central-bedfordshire/2023/strategic-assessment",
        "luton/2023/strategic-assessment",
        "luton/2023/priority-profile",
    }
    made = {job.slug.rpartition("/")[2] for job in jobs}
    held = {path.stem for path in paths.notebooks_folder().glob("*.ipynb")}
    # The first is for cells, not for pages; the second is made where a plan names a ward.
    assert made == held - {"explore", "place-profile"}


MISTAKES = [
    ("", "plan.yml: the plan is empty"),
    ("report: []", r"plan.yml, line 1, report: key 'report' is not known; did you mean 'reports'"),
    ("reports: []", "line 1, reports: 'reports' is empty"),
    ("reports:\n  - report\n", r"line 2, reports\[0\]: an entry has keys: notebook, areas"),
    (GOOD.replace("areas: [luton]", "area: [luton]"), r"line 6, .*'area' is not known.*'areas'"),
    (GOOD.replace("areas: [luton]", "colour: [luton]"), "line 6, .*'colour'.*known keys: notebook"),
    (GOOD.replace("    areas: [luton]\n", ""), r"line 5, reports\[1\]: key 'areas' is missing"),
    (GOOD.replace("[luton]", "luton"), r"line 6, reports\[1\].areas: 'areas' must be a list"),
    (GOOD.replace("[luton]", "[]"), "line 6, .*'areas' is empty"),
    (GOOD.replace("[luton]", "[no]"), r"line 6, reports\[1\].areas\[0\]: False is not text; put"),
    (GOOD.replace("[luton]", "[lutton]"), r"line 6, .*areas\[0\]: area 'lutton'.*luton"),
    (GOOD.replace("2017-06", "2017-13"), r"line 4, reports\[0\].periods\[1\]: .*month 13"),
    (GOOD.replace("top: 5", "top: [5]"), r"line 8, reports\[1\].parameters.top"),
    (GOOD.replace("top: 5", "area: luton"), "line 8, .*'area' comes from 'areas'; take it out"),
    (GOOD.replace("    areas: [luton]", "   areas: [luton]"), "line 6, column 4: not valid YAML"),
    (GOOD.replace("[FY2022]", "[2017-04-30]"), r"periods\[0\]: 2017-04-30 is not text"),
    ("hello", "line 1: a plan has a list under 'reports:'"),
    ("reports:", "line 1, reports: 'reports' must be a list of lines that start with '- notebook"),
    ("reports: \x01", "line 1: character 0x01 can't stand in YAML; remove it"),
    (GOOD.replace("{baseline: '2019', top: 5}", "[top]"), "lines of 'key: value', such as"),
    (GOOD.replace("[FY2022]", "[2017-04-31]"), "line 7: there is no day 2017-04-31"),
    (GOOD.replace("[FY2022]", "[!!bool x]"), "line 7: there is no bool x"),
    (GOOD.replace("[FY2022]", "[2023-01-01T25:00:00]"), "line 7: there is no day 2023-01-01T25"),
    (GOOD.replace("report\n", "../report\n"), "line 2, .*'../report' is not a notebook's name"),
    (
        GOOD.replace("report\n", "report\n    notebook: report\n"),
        "line 3: key 'notebook' was given",
    ),
    (GOOD.replace("E22000010", "E22000318"), r"line 2, .*wycombe/2019/report is given twice"),
    (GOOD.replace("FY2022", "2022-04..2023-03, FY2022"), "luton/fy2022/profile is given twice"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistake_is_told_with_its_place(read: Any, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(text)


def test_several_mistakes_are_counted(read: Any) -> None:
    text = GOOD.replace("[luton]", "luton").replace("[wycombe, E22000010]", "wycombe")
    with pytest.raises(UsageError, match=r"line 3, .*\(and 1 more\)"):
        read(text)


def test_plan_that_is_absent_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read: No such file"):
        read_plan(tmp_path / "none.yml")
    (tmp_path / "plan.yml").write_bytes(b"reports: \xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_plan(tmp_path / "plan.yml")


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("luton", 3), ("LUTON", 3), ("*/2019/*", 2), ("report", 4), ("luton/2019", 1), ("w*", 2)],
)
def test_pattern_matches_the_slug_or_a_part(read: Any, pattern: str, count: int) -> None:
    assert len(read(GOOD).only(pattern).jobs) == count


def test_pattern_without_a_job_is_refused(read: Any) -> None:
    with pytest.raises(UsageError, match="no job matches 'leeds'"):
        read(GOOD).only("leeds")


def test_narrowing_keeps_what_the_plan_holds(read: Any) -> None:
    plan = read(GOOD)
    assert len(plan.narrowed(area="luton").jobs) == 3
    assert len(plan.narrowed(period="2019-01..2019-12").jobs) == 2
    assert [j.slug for j in plan.narrowed(area="Luton", period="2019").jobs] == [
        "luton/2019/report"
    ]


def test_narrowing_beyond_the_plan_runs_its_first_notebook(read: Any) -> None:
    (made,) = read(GOOD).narrowed(area="bedford", period="2022").jobs
    assert made.slug == "bedford/2022/report"
    assert not made.parameters


def test_narrowing_beyond_the_plan_runs_the_notebook_named_with_its_parameters(read: Any) -> None:
    given = {"top": 3}
    plan = read(GOOD)
    (made,) = plan.narrowed(
        area="bedford", period="2022", notebook="profile", parameters=given
    ).jobs
    assert made.slug == "bedford/2022/profile"
    assert made.arguments == {"area": "bedford", "period": "2022", "top": 3}
    with pytest.raises(UsageError, match=r"reports\[1\]: the plan holds luton/.*; write its param"):
        plan.narrowed(area="luton", notebook="profile", parameters=given)


@pytest.mark.parametrize(
    ("area", "period", "message"),
    [
        ("bedford", None, "area bedford is not in the plan; .* add --period"),
        (None, "2022", "period 2022 is not in the plan; .* add --area"),
        ("lutton", None, "area 'lutton'"),
        ("luton", "2022-Q5", "quarter 5"),
    ],
)
def test_narrowing_to_nothing_is_refused(
    read: Any, area: str | None, period: str | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read(GOOD).narrowed(area=area, period=period)


def test_an_edition_that_is_none_is_told_before_anything_runs(read: Any, tmp_path: Path) -> None:
    for name in ("report", "profile"):
        (tmp_path / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    plan = read(GOOD.replace("top: 5", "edition: secret"))
    with pytest.raises(UsageError, match=r"line 5, .*'secret' is not known; write public or sens"):
        plan.check(lambda _: frozenset({"area", "period", "baseline", "edition"}))
