"""The assurance log, over made reports of Luton."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cspanalysis.command.assurance import assurance
from cspanalysis.production.plan import Job
from cspanalysis.production.records import RunRecord
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

YEAR = Period.parse("2023")


def land(outputs: Path, figures: list[dict[str, object]], edition: str = "public") -> None:
    """Write figures and record of a report where it would lie."""
    job = Job("priority-profile", Area.named("luton"), YEAR, {"edition": edition})
    record = RunRecord.begun(job, outputs / "absent.ipynb").published([], inputs=[])
    folder = outputs / record.folder
    folder.mkdir(parents=True)
    (folder / "priority-profile.run.json").write_text(record.text(), encoding="utf-8")
    text = json.dumps({"figures": figures})
    (folder / "priority-profile.figures.json").write_text(text, encoding="utf-8")


def test_each_report_says_how_many_counts_it_keeps_back_and_names_none(tmp_path: Path) -> None:
    wards = [f"e050147{n}" for n in range(37, 54)]  # 17 of Luton's 20
    figures: list[dict[str, object]] = [
        {"id": f"where.robbery.{ward}.count", "value": 1234, "text": "1,234"} for ward in wards
    ]
    figures.append({"id": "change.robbery.count", "value": None, "text": "suppressed"})
    land(tmp_path, figures)
    (line,) = assurance(tmp_path, Store.open())
    assert line == (
        "luton/2023/priority-profile: 3 counts of places and 1 other figure kept back; counts from "
        "1 to 4 are small, others would tell them"
    )


@pytest.mark.parametrize("edition", ["public", "sensitive"])
def test_a_report_that_hides_nothing_says_so_and_a_sensitive_one_nothing(
    tmp_path: Path, edition: str
) -> None:
    land(tmp_path, [{"id": "change.robbery.count", "value": 9, "text": "9"}], edition)
    expected = {"public": ["luton/2023/priority-profile: nothing is kept back"], "sensitive": []}
    assert [*assurance(tmp_path, Store.open())] == expected[edition]


def test_damaged_figures_stop_nothing(tmp_path: Path) -> None:
    land(tmp_path, [])
    (path,) = tmp_path.rglob("*.figures.json")
    path.write_text("{", encoding="utf-8")
    assert not [*assurance(tmp_path, Store.open())]
