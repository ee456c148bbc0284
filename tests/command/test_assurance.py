"""The assurance log, over made pages of Luton and of one that is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment, PriorityProfile
from cspanalysis.command.assurance import assurance
from cspanalysis.production.plan import Job
from cspanalysis.production.records import RunRecord
from cspanalysis.vocabulary import Area, Period

YEAR = Period.parse("2023")
JOB = "luton/2023/priority-profile"


def land(outputs: Path, page: str, edition: str = "public") -> None:
    """Write page and record of a report where it would lie."""
    job = Job("priority-profile", Area.named("luton"), YEAR, {"edition": edition})
    record = RunRecord.begun(job, outputs / "absent.ipynb").published([], inputs=[])
    folder = outputs / record.folder
    folder.mkdir(parents=True)
    (folder / "priority-profile.run.json").write_text(record.text(), encoding="utf-8")
    (folder / "priority-profile.html").write_text(page, encoding="utf-8")


def test_each_report_says_how_much_it_keeps_back_and_names_none(tmp_path: Path) -> None:
    cells = '<td class="number">[c]</td><td><span class="quiet">[c]</span></td><td>[c] people</td>'
    land(tmp_path, f"<p>Small counts are kept back ([c]).</p>{cells}<td>suppressed</td><td>9</td>")
    assert [*assurance(tmp_path)] == [
        f"{JOB}: 4 entries of its tables are kept back; counts from 1 to 4 are small, others would "
        "tell them"
    ]


@pytest.mark.parametrize("edition", ["public", "sensitive"])
def test_a_report_that_hides_nothing_says_so_and_a_sensitive_one_nothing(
    tmp_path: Path, edition: str
) -> None:
    land(tmp_path, "<td>9</td>", edition)
    expected = {"public": [f"{JOB}: its tables keep nothing back"], "sensitive": []}
    assert [*assurance(tmp_path)] == expected[edition]


def test_what_a_ward_and_a_table_of_outcomes_keep_back_is_told(tmp_path: Path) -> None:
    profile = PriorityProfile.open("luton", "2023", priority="burglary")
    outcomes = profile.outcomes()
    ward = Assessment.open("E05014747", "2023").change_tables()
    for name, block in (("profile", outcomes), ("ward", ward)):
        land(tmp_path / name, block.html)
        (line,) = assurance(tmp_path / name)
        assert "of its tables are kept back" in line


def test_a_damaged_page_stops_nothing(tmp_path: Path) -> None:
    land(tmp_path, "")
    (path,) = tmp_path.rglob("*.html")
    path.write_bytes(b"\xff\xfe\xfa")
    assert not [*assurance(tmp_path)]
