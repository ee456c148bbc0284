"""The command line: exit codes, messages and events."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cspanalysis import paths
from cspanalysis.command.main import main
from tests.command.small_runs import plan


def test_run_list_and_publish(home: Path, invoke: Any) -> None:
    file = plan(home, "bad", "wycombe, luton")
    ran = invoke("run", "--plan", file, "--jobs", "2")
    assert ran.exit_code == 1
    assert "published wycombe/2019/bad in" in ran.stderr
    assert "failed luton/2019/bad: ValueError: no counts (cell 3)" in ran.stderr
    assert "done: 1 published, 1 failed" in ran.stderr
    assert ran.stdout == ""
    assert (home / "outputs/index.html").read_text() == "index"

    listed = invoke("list", "--plan", file)
    published, failed = listed.stdout.splitlines()
    assert published.startswith("published   wycombe/2019/bad  20")
    assert failed == "failed      luton/2019/bad  ValueError: no counts (cell 3)"
    line = json.loads(invoke("list", "--plan", file, "--only", "luton", "--json").stdout)
    assert (line["job"], line["state"]) == ("luton/2019/bad", "failed")

    (home / "outputs/wycombe/2019/bad.html").unlink()
    (home / "outputs/index.html").unlink()
    assert "incomplete" in invoke("list", "--plan", file).stdout
    again = invoke("publish", "--json")
    assert again.exit_code == 0
    kinds = [json.loads(line)["event"] for line in again.stdout.splitlines()]
    assert kinds == ["run-started", "started", "published", "run-finished"]
    assert again.stderr == ""
    assert (home / "outputs/wycombe/2019/bad.html").read_text() == "page"
    assert (home / "outputs/index.html").read_text() == "index"


def test_a_summary_that_is_not_written_fails_the_run(home: Path, invoke: Any) -> None:
    words = ["run", "--plan", plan(home), "--summary", str(home / "gone/summary.txt")]
    ran = invoke(*words)
    assert ran.exit_code == 1
    assert "the summary could not be written to" in ran.stderr
    assert "summary.txt': No such file or directory; what was published stands" in ran.stderr
    assert (home / "outputs/wycombe/2019/good.html").read_text() == "page"
    (home / "gone").mkdir()
    assert invoke(*words).exit_code == 0
    assert "1 unchanged" in (home / "gone/summary.txt").read_text()


def test_reasons_of_both_editions_are_named(home: Path, invoke: Any) -> None:
    file = Path(plan(home, "bad", "luton"))
    row = "  - {notebook: bad, name: closed, areas: [luton], periods: [2019], parameters: %s}\n"
    file.write_text(file.read_text() + row % "{edition: sensitive}")
    for folder in (home / "notebooks").glob("*.ipynb"):
        folder.write_text(folder.read_text().replace("area = ''", "edition = 'public'\\narea = ''"))
    ran = invoke("run", "--plan", str(file), "--jobs", "2")
    assert ran.exit_code == 1
    public, closed = (f"{home / name / '.failed'}" for name in ("outputs", "outputs-sensitive"))
    assert f"half-run notebooks and reasons: {public} and {closed}" in ran.stderr


def test_unchanged_jobs_are_left_alone_and_reasons_are_told(home: Path, invoke: Any) -> None:
    words = ["run", "--plan", plan(home, areas="wycombe, luton")]
    explained = invoke(*words, "--explain")
    assert explained.stdout.splitlines() == [
        "run         wycombe/2019/good  it was never run",
        "run         luton/2019/good  it was never run",
    ]
    assert not (home / "outputs").exists()

    summary = home / "summary.txt"
    assert invoke(*words, "--summary", str(summary)).exit_code == 0
    assert summary.read_text().splitlines()[0] == "cspanalysis: 2 published, 0 failed"
    again = invoke(*words, "--summary", "-")
    assert "done: 0 published, 0 failed, 2 unchanged" in again.stderr
    assert again.stdout == "cspanalysis: 0 published, 0 failed, 2 unchanged\n"
    line = json.loads(invoke(*words, "--explain", "--json").stdout.splitlines()[0])
    assert (line["job"], line["action"]) == ("wycombe/2019/good", "skip")
    forced = invoke(*words, "--only", "luton", "--force", "--json").stdout.splitlines()
    assert [json.loads(line)["event"] for line in forced][1:3] == ["started", "published"]
    both = invoke(*words, "--json", "--summary", "-")
    assert (both.exit_code, both.stdout) == (2, "")


def test_scheduler_without_protection_is_refused(home: Path, invoke: Any) -> None:
    ended = invoke("run", "--plan", plan(home), "--scheduler", "tcp://10.0.0.1:8786")
    assert ended.exit_code == 2
    assert "write tls://10.0.0.1:8786" in ended.stderr
    assert not (home / "outputs").exists()


def test_area_and_period_beyond_the_plan_just_work(home: Path, invoke: Any) -> None:
    elsewhere = home / "elsewhere"
    words = ["--plan", plan(home), "--area", "bedford", "--period", "2022", "--json", "--force"]
    ran = invoke("run", *words, "--outputs", str(elsewhere))
    assert ran.exit_code == 0
    assert (elsewhere / "bedford/2022/good.html").is_file()
    published = json.loads(ran.stdout.splitlines()[2])
    assert published["event"] == "published"
    assert "bedford/2022/good.html" in published["files"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "--plan", "none.yml"], "plan 'none.yml' can't be read"),
        (["run", "--area", "lutton", "--period", "2019"], "area 'lutton' is not known"),
        (["run", "--period", "2017-13"], "month 13"),
        (["run", "--only", "leeds"], "no job matches 'leeds'"),
        (["list", "--only", "leeds"], "no job matches 'leeds'"),
        (["list", "--outputs", __file__], "is a file; choose another with --outputs"),
        (["run", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["run", "--colour"], "No such option"),
        (["publish"], "there is no outputs folder"),
        (["diff", "a", "b"], "no edition is here, nor in "),
    ],
)
def test_wrong_usage_is_2_and_one_line(
    home: Path, invoke: Any, words: list[str], message: str
) -> None:
    if words[0] not in {"publish", "diff"} and "--plan" not in words:
        words = [*words, "--plan", plan(home)]
    ended = invoke(*words)
    assert ended.exit_code == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list((home).glob("outputs/*/"))


@pytest.mark.parametrize("verb", ["run", "list"])
def test_unknown_notebook_is_2_before_anything_is_made(home: Path, invoke: Any, verb: str) -> None:
    ended = invoke(verb, "--plan", plan(home, "god"))
    assert ended.exit_code == 2
    assert "line 2, reports[0]: there is no notebook 'god'" in ended.stderr
    assert "did you mean 'good'?" in ended.stderr
    assert not (home / "outputs").exists()


def test_help_and_version_import_nothing_heavy() -> None:
    script = (
        "import sys\nfrom cspanalysis.command.main import main\n"
        "try:\n    main(['run', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'papermill', 'pandas', 'numpy', 'pydantic', 'nbformat', 'tqdm'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=paths.project_folder()
    )
    assert done.returncode == 0, done.stderr
    assert "--area" in done.stdout


def test_check_of_no_data_folder_finds_nothing_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").touch()
    monkeypatch.delenv("CSPANALYSIS_DATA", raising=False)
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert (
        f"there is no {tmp_path / 'data/reference/areas.csv'}: set CSPANALYSIS_DATA"
        in result.output
    )


def test_check_says_what_is_there_and_fails_where_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_zip, street_text
) -> None:
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    reference = Path(__file__).parents[2] / "data" / "reference"
    (tmp_path / "reference").symlink_to(reference)
    names = {m: f"{m}/{m}-bedfordshire-street.csv" for m in ("2021-03", "2021-05")}
    members = {name: street_text([(m, "E01015693", "Burglary")] * 40) for m, name in names.items()}
    archive = write_zip(tmp_path / "a.zip", members)
    assert CliRunner().invoke(main, ["ingest", str(archive)]).exit_code == 0
    result = CliRunner().invoke(main, ["check", "--period", "2021-03..2021-05"])
    assert "bedfordshire: police-uk, 2021-03 to 2021-05, 80 rows" in result.output
    assert "! Bedfordshire: April 2021 is missing." in result.output
    assert result.exit_code == 1
    result = CliRunner().invoke(main, ["check", "--period", "2021-03"])
    assert "nothing wrong was found" in result.output
    assert result.exit_code == 0


def test_new_makes_a_template_that_ingest_knows(tmp_path: Path) -> None:
    file = tmp_path / "fire.xlsx"
    result = CliRunner().invoke(main, ["new", "indicators", str(file)])
    assert result.exit_code == 0
    assert f"cspanalysis ingest {file}" in result.output
    assert file.exists()
    assert CliRunner().invoke(main, ["new", "indicators", str(file)]).exit_code == 2


def test_fetch_prints_the_documented_addresses_without_fetching() -> None:
    words = "fetch police-uk --force bedfordshire --from 2020-01 --to 2023-12 --dry-run"
    result = CliRunner().invoke(main, words.split())
    assert result.output.splitlines() == [
        "https://data.police.uk/data/archive/2020-12.zip",
        "https://data.police.uk/data/archive/2023-12.zip",
    ]


@pytest.mark.parametrize("which", ["latest", "2023-12"])
def test_fetch_knows_the_documented_address_of_a_whole_archive(which: str) -> None:
    words = ["fetch", "police-uk", "--archive", which, "--dry-run"]
    said = CliRunner().invoke(main, words).output
    assert said == f"https://data.police.uk/data/archive/{which}.zip\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--force bedfordshir --from 2023-01 --to 2023-12", "did you mean bedfordshire"),
        ("--force bedfordshire --from 2023 --to 2023-12", "--from 2023: write a month"),
        ("--force bedfordshire --from 2023-01 --to 2023-Q4", "--to 2023-Q4: write a month"),
        ("--force bedfordshire --from 2023-01", "--force with --from and --to"),
        ("--archive latest --force bedfordshire", "write either --archive latest"),
        ("--archive 2023", "--archive 2023: write 'latest', or a month such as 2023-12"),
    ],
)
def test_fetch_refuses_what_it_could_not_fetch(words: str, message: str) -> None:
    ended = CliRunner().invoke(main, ["fetch", "police-uk", *words.split(), "--dry-run"])
    assert ended.exit_code == 2
    assert message in ended.stderr


def test_explain_refuses_what_a_run_would_refuse(home: Path, invoke: Any) -> None:
    file = plan(home).replace("plan.yml", "off.yml")
    Path(file).write_text(
        "reports:\n  - notebook: good\n    areas: [luton]\n    periods: [2019]\n"
        "    parameters: {colour: red}\n"
    )
    ended = invoke("run", "--plan", file, "--explain")
    assert ended.exit_code == 2
    assert "notebook 'good' has no parameter 'colour'" in ended.stderr


def test_schedule_hands_on_the_folders_that_are_set(home: Path, invoke: Any) -> None:
    line = invoke("schedule", "cron").stdout.splitlines()[-1]
    data = f"CSPANALYSIS_HOME={home} CSPANALYSIS_DATA={paths.data_folder()}"
    assert line.count(f"env {data} {sys.executable} -m cspanalysis ") == 3
    assert f"ls {paths.data_folder()}/raw/*" in line


def test_check_statutory_names_what_is_empty(
    invoke: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = paths.data_folder().resolve()
    for name in ("reference", "counts", "plan.yml"):
        (home / "data" / name).parent.mkdir(exist_ok=True)
        (home / "data" / name).symlink_to(shipped / name)
    copy = home / "data" / "partnerships" / "bedford"
    shutil.copytree(shipped / "partnerships" / "bedford", copy)
    whole = (copy / "partnership.yml").read_text(encoding="utf-8")
    less = re.sub(r"(?m)^  theme-reoffending: .*\n", "", whole)
    less = re.sub(r"(?ms)^registers:\n.*?(?=^funding:)", "", less)
    (copy / "partnership.yml").write_text(less, encoding="utf-8")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(home / "data"))

    found = invoke("check", "--statutory", "bedford", "2023")
    assert found.exit_code == 1
    first, *others = found.stdout.splitlines()
    assert first.startswith("! bedford, 2023: A strategy to reduce reoffending (Crime and Disorder")
    assert "There is no figure of it: bring one in, or say why under 'duties:" in first
    assert [line.split(" (")[0] for line in others] == [
        "! bedford, 2023: Reviews of deaths that came from domestic abuse",
        "! bedford, 2023: Four numbers on anti-social behaviour case reviews, made public every "
        "year",
    ]
    assert invoke("check", "--statutory", "bedford", "last year").stdout == found.stdout
    of_the_plan = invoke("check", "--statutory", "luton")
    assert {line.split(":")[0] for line in of_the_plan.stdout.splitlines()} == {"! luton, 2023"}


@pytest.mark.parametrize("area", ["luton", "bedford", "central-bedfordshire"])
def test_the_shipped_examples_lack_nothing_that_the_law_asks_for(invoke: Any, area: str) -> None:
    found = invoke("check", "--statutory", area, "2023")
    assert found.stdout == "nothing that the law asks for is left empty\n"
    assert found.exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--statutory", "wycombe"), "no strategic-assessment of Wycombe in the plan"),
        (("--statutory", "luton", "2023", "more"), "write an area and a period, such as luton"),
        (("--statutory", "lutton"), "area 'lutton' is not known"),
        (("nowhere",), "'nowhere' is no folder of pages"),
    ],
)
def test_check_tells_words_that_are_off(invoke: Any, words: tuple[str, ...], message: str) -> None:
    found = invoke("check", *words)
    assert found.exit_code == 2
    assert message in found.stderr


@pytest.mark.parametrize("words", [("new", "luton"), ("new", "partnership", "luton")])
def test_new_makes_a_partnership_to_start_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for name in ("reference", "counts"):
        (tmp_path / name).symlink_to(paths.data_folder().resolve() / name)
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    made = CliRunner().invoke(main, words)
    assert made.exit_code == 0, made.output
    lines = made.stdout.splitlines()
    assert lines[0] == str(tmp_path / "partnerships" / "luton" / "partnership.yml")
    assert lines[-1].endswith("cspanalysis check --statutory luton 12m-to-2023-12")
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 2
    assert "is there already; nothing was written" in again.stderr
    checked = CliRunner().invoke(main, ["check", "--statutory", "luton", "2023"])
    assert checked.exit_code == 1
    assert "No priorities are recorded." in checked.stdout


def test_new_for_an_area_without_figures_or_of_no_name_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reference").symlink_to(paths.data_folder().resolve() / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    made = CliRunner().invoke(main, ["new", "conwy"])
    assert "no figures of Conwy are held yet" in made.stdout
    gone = CliRunner().invoke(main, ["new", "wycombe"])
    assert "Wycombe was a council until 31 March 2020" in gone.stderr
    assert "Wycombe was a council" in CliRunner().invoke(main, ["check", "--area=wycombe"]).stderr
    unknown = CliRunner().invoke(main, ["new", "lutton"])
    assert unknown.exit_code == 2
    assert "did you mean luton" in unknown.stderr


def test_a_ward_and_a_period_may_be_said_as_people_say_them() -> None:
    """The shipped counts of Luton end in December 2023."""
    words = ["list", "--notebook", "place-profile", "--area", "Dallow", "--period"]
    result = CliRunner().invoke(main, [*words, "last quarter"])
    assert result.exit_code == 0
    assert "e05014741/2023-10-to-2023-12/place-profile" in result.output
    result = CliRunner().invoke(main, [*words, "winter 2022"])
    assert result.exit_code == 2
    assert "write winter 2021/22 or winter 2022/23" in result.output
