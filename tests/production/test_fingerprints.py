"""Freshness: what is run again, what is republished, what is left alone, and the reasons given."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.paths import data_folder
from cspanalysis.production import Event, explain, fingerprints, publish_again, records
from cspanalysis.production.fingerprints import Fingerprints, is_of_pages, seed_of
from cspanalysis.production.plan import Job
from cspanalysis.production.records import RunRecord
from cspanalysis.production.warm import held_templates
from cspanalysis.vocabulary import Area, Period

AREAS = "wycombe, luton, bedford"
# What a notebook of these tests reads: its own area, and the area that it is compared with.
READER = """
import json, os
for name in (area, {"luton": "bedford"}.get(area)):
    if name:
        read = {"area": name, "label": f"counts of {name}", "sha256": "1"}
        with open(os.environ["CSPANALYSIS_READS"], "a") as file:
            file.write(json.dumps(read) + "\\n")
"""


@pytest.fixture(scope="module", autouse=True)
def _templates() -> Iterator[None]:
    """Keep what kernels are forked from over these runs; `test_warm` has what that changes."""
    with held_templates():
        yield


class Data:
    """Hashes of slices by area, which a test may change."""

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}

    def __call__(self, read: Mapping[str, Any]) -> str:
        return self.hashes.get(read["area"], "1")


@pytest.fixture
def data() -> Data:
    return Data()


@pytest.fixture
def again(workshop: Any, data: Data) -> Callable[..., dict[str, str]]:
    """Run the plan again and tell what happened to each job."""
    workshop.notebook("report", READER, "print('first')")

    def call(**options: Any) -> dict[str, str]:
        events: list[Event] = []
        plan = workshop.plan(*(f"report: {area}, 2019" for area in AREAS.split(", ")))
        from cspanalysis.production import run

        options = {"publish": options.pop("publish", _page), "current": data, **options}
        run(plan, outputs=workshop.outputs, jobs=2, timeout=30, on_event=events.append, **options)
        ends = {"published", "skipped", "failed"}
        return {e.job.partition("/")[0]: e.kind for e in events if e.kind in ends}

    return call


def _page(executed: Path, into: Path) -> Iterable[Path]:
    target = into / f"{executed.stem}.html"
    target.write_text("page")
    return [target]


def reasons(workshop: Any, data: Data) -> dict[str, str]:
    plan = workshop.plan(*(f"report: {area}, 2019" for area in AREAS.split(", ")))
    found = explain(plan, outputs=workshop.outputs, current=data)
    return {job.area.slug: f"{verdict.action}: {verdict}" for job, verdict in found}


ALL = dict.fromkeys(AREAS.split(", "), "published")
NONE = dict.fromkeys(AREAS.split(", "), "skipped")


def test_only_what_has_changed_is_run(workshop: Any, data: Data, again: Any) -> None:
    assert set(reasons(workshop, data).values()) == {"run: it was never run"}
    assert again() == ALL
    assert again() == NONE
    last = workshop.record("manifest.json")["last_run"]
    assert last["published"] == []
    assert last["skipped"]["luton/2019/report"].startswith("nothing has changed since 20")

    data.hashes["bedford"] = "2"  # luton is compared with bedford; wycombe is not
    told = reasons(workshop, data)
    assert told["luton"] == "run: the data have changed: counts of bedford"
    assert told["wycombe"].startswith("skip: ")
    assert again() == {"wycombe": "skipped", "luton": "published", "bedford": "published"}
    data.hashes.clear()

    (workshop.outputs / "luton/2019/report.html").unlink()
    assert reasons(workshop, data)["luton"] == "run: its files are not whole"
    assert again()["luton"] == "published"
    assert again(force=True) == ALL

    workshop.notebook("report", READER, "print('second')")
    assert set(reasons(workshop, data).values()) == {"run: the notebook has changed"}
    assert again() == ALL


def test_period_of_which_only_the_coverage_has_changed_says_so(
    workshop: Any, data: Data, again: Any
) -> None:
    again()
    data.hashes["wycombe"] = "1 2018-11 in part"
    told = reasons(workshop, data)["wycombe"]
    label = "run: the coverage status has changed: counts of wycombe"
    assert told == f"{label} (2018-11 in part; before: no month in part)"
    data.hashes["wycombe"] = "2 2018-11 in part"
    assert reasons(workshop, data)["wycombe"] == "run: the data have changed: counts of wycombe"


def test_an_extra_that_comes_or_goes_makes_reports_stale(
    workshop: Any, data: Data, again: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = records.version

    def without(library: str) -> str:
        if library == "esda":
            raise PackageNotFoundError(library)
        return "9.9" if library == "libpysal" else known(library)

    monkeypatch.setattr(records, "version", without)
    monkeypatch.setattr(fingerprints, "versions", records.versions.__wrapped__)
    assert "version:esda" not in Fingerprints.now().shared
    again()
    monkeypatch.setattr(records, "version", lambda name: "2.9" if name == "esda" else without(name))
    assert set(reasons(workshop, data).values()) == {"run: esda has changed: none to 2.9"}


def test_index_is_written_again_only_where_it_must_be(workshop: Any, again: Any) -> None:
    written: list[str] = []

    def index(outputs: Path) -> None:
        (outputs / "index.html").write_text("index")
        written.append("index")

    def broken(outputs: Path) -> None:
        raise OSError("disk full")

    again(index=index)
    again(index=index)
    assert written == ["index"]
    (workshop.outputs / "index.html").unlink()
    again(index=index)
    assert len(written) == 2
    again(index=broken, force=True)
    assert "disk full" in workshop.record("manifest.json")["last_run"]["trouble"]
    again(index=index)
    assert len(written) == 3


def test_job_that_failed_is_run_again_and_told(workshop: Any, data: Data, again: Any) -> None:
    workshop.notebook("report", "if area == 'luton':\n    raise ValueError('bad')")
    assert again()["luton"] == "failed"
    assert reasons(workshop, data)["luton"] == "run: it failed when last run: ValueError"
    assert again() == {**NONE, "luton": "failed"}


def alter(workshop: Any, part: str, value: str) -> None:
    """Change a part of the fingerprint that luton's report was recorded with."""
    path = workshop.outputs / "luton/2019/report.run.json"
    record = json.loads(path.read_text())
    assert part in record["fingerprint"]
    record["fingerprint"][part] = value
    path.write_text(json.dumps(record))


def test_templates_alone_need_no_kernel(workshop: Any, data: Data, again: Any) -> None:
    again()
    before = workshop.record("luton/2019/report.run.json")
    alter(workshop, "pages:code:publication", "older")
    assert reasons(workshop, data)["luton"] == "republish: the code of publication has changed"
    assert again() == {**NONE, "luton": "published"}
    after = workshop.record("luton/2019/report.run.json")
    assert after["finished"] == before["finished"]
    assert after["republished"] > before["finished"]
    assert again() == NONE

    alter(workshop, "pages:version:typst", "0.1")
    publish_again(workshop.outputs, publish=_page)
    assert again() == NONE


def test_another_logo_makes_the_pages_of_its_partnership_again(
    workshop: Any, data: Data, again: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(data_folder() / "reference", tmp_path / "data" / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path / "data"))
    brand = tmp_path / "data" / "partnerships" / "luton" / "brand"
    brand.mkdir(parents=True)
    assert again() == ALL
    for change in ((brand / "logo.svg").touch, lambda: (brand / "logo.svg").write_text("<svg/>")):
        change()
        assert reasons(workshop, data)["luton"] == "republish: the partnership's brand has changed"
        before = workshop.record("luton/2019/report.run.json")
        assert again() == {**NONE, "luton": "published"}
        assert workshop.record("luton/2019/report.run.json")["finished"] == before["finished"]
    (brand / "logo.svg").unlink()
    assert again() == {**NONE, "luton": "published"}
    assert again() == NONE


PARTS = {
    "code:findings": "the code of findings has changed",
    "tables": "the reference tables have changed",
    "version:pandas": "pandas has changed: 1 to ",
    "parameters": "the parameters have changed: 1 to {",
}


def test_whatever_a_kernel_uses_runs_the_job(workshop: Any, data: Data, again: Any) -> None:
    again()
    for number, part in enumerate(PARTS, start=1):
        alter(workshop, part, "1")
        told = reasons(workshop, data)
        assert all(why in told["luton"] for why in list(PARTS.values())[:number])
        assert told["luton"].count(" changed") == number
        assert told["bedford"].startswith("skip")


def test_fingerprint_holds_the_rooms_of_a_kernel_and_no_other(tmp_path: Path) -> None:
    notebook = tmp_path / "report.ipynb"
    notebook.write_text("{}")
    job = Job("report", Area.named("luton"), Period.parse("2023"))
    found = Fingerprints.now().of(job, notebook)
    rooms = {part.removeprefix("code:") for part in found if part.startswith("code:")}
    assert {"display", "findings", "methods", "reports", "store", "vocabulary"} <= rooms
    assert not rooms & {"production", "publication", "cli", "cli_data", "__main__"}
    assert found == Fingerprints.now().of(job, notebook)


def test_other_forms_ask_for_pages_alone_and_the_record_knows_them(tmp_path: Path) -> None:
    job = Job("report", Area.named("wycombe"), Period.parse("2019"), forms=("data",))
    made_from = Fingerprints({}).of(job, tmp_path / "report.ipynb")
    (part,) = (name for name, held in made_from.items() if held == "data")
    assert is_of_pages(part)
    record = RunRecord.begun(job, tmp_path / "report.ipynb", fingerprint=made_from)
    assert record.forms == ("data",)
    bare = Fingerprints({}).of(replace(job, forms=()), tmp_path / "report.ipynb")
    assert made_from.keys() - bare.keys() == {part}


def test_anything_random_is_seeded_by_the_job(workshop: Any) -> None:
    source = (
        "import os, random, numpy\n"
        "print(random.random(), numpy.random.rand(), hash('a'), os.environ['CSPANALYSIS_SEED'])"
    )
    workshop.notebook("report", source)
    pages = []
    for _ in range(2):
        workshop.run("report: wycombe, 2019", "report: luton, 2019")
        found = (workshop.outputs / area / "2019/report.html" for area in ("wycombe", "luton"))
        pages.append([path.read_text() for path in found])
    assert pages[0] == pages[1]
    assert pages[0][0] != pages[0][1]
    seed = seed_of(Job("report", Area.named("luton"), Period.parse("2019")))
    assert f" {seed}" in pages[0][1]
