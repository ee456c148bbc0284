"""Area pages, review packs, and what moved from one edition to another."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from lxml import html

from cspanalysis.blocks.block import CLAIMS, TO_DO
from cspanalysis.command.main import main
from cspanalysis.errors import UsageError
from cspanalysis.publication import write_index
from cspanalysis.publication.editions import Edition, earlier, keep, named_edition, read_edition
from cspanalysis.publication.moves import compare_editions

STEM = Path("bedford", "2023", "performance-report")


@pytest.fixture
def outputs(indexed: Path, tmp_path: Path) -> Path:
    """Folder with one report that was published once."""
    shutil.copytree(indexed / "bedford", tmp_path / "bedford")
    for made in tmp_path.rglob("*.review.html"):
        made.unlink()
    write_index(tmp_path)
    return tmp_path


def _run_again(outputs: Path, change: Callable[[dict[str, Any], dict[str, Any]], Any]) -> None:
    """Stand in for a second run: change run record and figures as it would."""
    stem = outputs / STEM
    run, found = (json.loads(Path(f"{stem}.{n}.json").read_text()) for n in ("run", "figures"))
    run["started"], run["finished"] = "2026-12-01T10:00:00+00:00", "2026-12-01T10:01:00+00:00"
    change(run, {figure["id"]: figure for figure in found["figures"]})
    Path(f"{stem}.figures.json").write_text(json.dumps(found))
    Path(f"{stem}.run.json").write_text(json.dumps(run))
    write_index(outputs)


def _review(outputs: Path) -> html.HtmlElement:
    return html.parse(str(outputs / f"{STEM}.review.html")).getroot()


def _revised(run: dict[str, Any], figures: dict[str, Any]) -> None:
    run["inputs"][0] |= {"vintage": "2024-02", "sha256": "1" * 64}
    figures["all-crime"] |= {"value": 17000, "text": "17,000", "verdict": "higher"}


def test_files_that_a_failing_disk_has_emptied_count_as_missing(outputs: Path) -> None:
    for kept in outputs.glob(".editions/*/*/*/*"):
        kept.write_text("")
    (outputs / "luton" / "2023").mkdir(parents=True)
    (outputs / "luton" / "2023" / "performance-report.run.json").write_text("")
    _run_again(outputs, lambda run, figures: None)
    assert "There is no previous edition" in _review(outputs).text_content()
    (outputs / f"{STEM}.figures.json").write_text("")
    assert "bedford/2023/performance-report.html" in write_index(outputs).read_text()


def test_a_review_pack_is_made_anew_though_the_clock_was_set_back(outputs: Path) -> None:
    pack = outputs / f"{STEM}.review.html"
    before = pack.stat().st_mtime_ns
    os.utime(outputs / f"{STEM}.run.json", (1e9, 1e9))
    write_index(outputs)
    assert pack.stat().st_mtime_ns > before


@pytest.mark.parametrize("page", [f"{STEM}.review.html", "bedford/index.html", "index.html"])
def test_a_page_that_was_altered_or_removed_is_made_anew(page: str, outputs: Path) -> None:
    good = (outputs / page).read_bytes()
    (outputs / page).write_text("something else")
    write_index(outputs)
    assert (outputs / page).read_bytes() == good
    (outputs / page).unlink()
    write_index(outputs)
    assert (outputs / page).read_bytes() == good


def test_figures_that_stand_as_they_were_are_not_read_again(outputs: Path) -> None:
    figures = outputs / f"{STEM}.figures.json"
    good = {page: page.read_bytes() for page in outputs.rglob("*.html")}
    was = figures.stat()
    figures.write_bytes(b" " * was.st_size)
    os.utime(figures, ns=(was.st_atime_ns, was.st_mtime_ns))
    write_index(outputs)
    assert {page: page.read_bytes() for page in outputs.rglob("*.html")} == good
    (outputs / ".notes.json").write_text("damaged")
    write_index(outputs)  # now it is read, and the notebook speaks in its place
    assert (outputs / "review.html").read_bytes() != good[outputs / "review.html"]


def test_pages_that_would_say_the_same_are_left_alone(outputs: Path) -> None:
    pages = [*outputs.rglob("*.html")]
    before = {page: page.stat().st_mtime_ns for page in pages}
    write_index(outputs)
    assert {page: page.stat().st_mtime_ns for page in outputs.rglob("*.html")} == before
    assert len(before) >= 5


def test_what_came_before_anew_makes_the_pack_due(outputs: Path) -> None:
    _run_again(outputs, _revised)
    assert "There is no previous edition" not in _review(outputs).text_content()
    for kept in outputs.glob(".editions/*/*/*/2026-1[01]*.run.json"):
        kept.unlink()
    write_index(outputs)
    assert "There is no previous edition" in _review(outputs).text_content()


def test_the_first_edition_has_nothing_to_compare_with(outputs: Path) -> None:
    assert "There is no previous edition" in _review(outputs).text_content()
    assert "first edition" in (outputs / "review.html").read_text(encoding="utf-8")


def test_what_moved_is_told_figure_by_figure(outputs: Path) -> None:
    _run_again(outputs, _revised)
    page = _review(outputs)
    (row,) = page.xpath(".//table[caption='Figures that differ']/tbody/tr")
    assert [cell.text_content() for cell in row] == [
        "All crime",
        "16,970, can't tell",
        "17,000, higher",
        "revision of data",
    ]
    assert "police-uk: vintage 2023-12, then 2024-02" in page.text_content()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda run: run["inputs"][0].update(sha256="2" * 64), "revision of data"),
        (lambda run: run.update(versions={"numpy": "3.0"}), "change of method"),
        (lambda run: run["notebook"].update(sha256="3" * 64), "change of method"),
        (lambda run: run.update(fingerprint={"code:methods": "x"}), "change of method"),
        (lambda run: run.update(parameters={"minimum": 20}), "change of configuration"),
        (lambda run: run["period"].update(slug="2024", label="2024"), "new period"),
        (lambda run: run["area"].update(slug="luton", name="Luton"), "new area"),
    ],
)
def test_each_reason_is_told_apart(outputs: Path, change: Any, reason: str) -> None:
    earlier = read_edition(outputs / STEM)
    run = json.loads(json.dumps(earlier.run))
    change(run)
    later = type(earlier)(earlier.stem, run, {})
    found = compare_editions(earlier, later)
    assert [cause.reason for cause in found.causes] == [reason]
    assert {move.reasons for move in found.moves} == {(reason,)}
    assert found.same == 0


def test_where_pages_alone_differ_no_cause_is_told(outputs: Path) -> None:
    earlier = read_edition(outputs / STEM)
    parts = [{"pages:version:typst": v, "notebook": "a", "parameters": v} for v in "12"]
    old, new = (type(earlier)(earlier.stem, {**earlier.run, "fingerprint": p}, {}) for p in parts)
    assert compare_editions(old, new).causes == ()


def _unseen(figures: dict[str, Any], *names: str) -> None:
    """Move figures by less than they show."""
    for name in names:
        figures[name]["value"] += 0.0003


def test_moves_too_small_to_show_are_counted_and_not_listed(outputs: Path) -> None:
    def change(run: dict[str, Any], figures: dict[str, Any]) -> None:
        _revised(run, figures)
        _unseen(figures, "robbery", "burglary")

    before = read_edition(outputs / STEM)
    _run_again(outputs, change)
    (kept, _) = sorted((outputs / ".editions" / STEM).glob("*.run.json"))
    words = ["diff", str(kept), STEM.as_posix(), "--outputs", str(outputs)]
    said = CliRunner().invoke(main, words).output
    assert len(before.figures) == 4
    assert said.splitlines()[-1] == (
        "1 figure moved, 1 is the same, and 2 figures moved by less than they show"
    )
    assert "[robbery]" not in said
    found = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    assert [move["id"] for move in found["moves"]] == ["all-crime"]
    assert (found["same"], found["unseen"]) == (1, 2)
    page = _review(outputs)
    assert "and 2 figures moved by less than they show." in page.text_content()
    assert len(page.xpath(".//table[caption='Figures that differ']/tbody/tr")) == 1


@pytest.mark.parametrize(
    ("old", "new", "moved", "unseen"),
    [
        ((12.3401, "12.3", ""), (12.3404, "12.3", ""), 0, 1),
        ((12.34, "12.3", ""), (12.36, "12.4", ""), 1, 0),
        ((12.3401, "12.3", ""), (12.3404, "12.3", "higher"), 1, 0),
        ((12.34, "12.3", ""), (12.34, "12.3", ""), 0, 0),
        ((12.3401, "", ""), (12.3404, "", ""), 1, 0),
        ((None, "not available", ""), (None, "not available", ""), 0, 0),
        ((None, "not available", ""), (0, "0", ""), 1, 0),
    ],
)
def test_a_move_is_one_that_readers_see(
    outputs: Path, old: Any, new: Any, moved: int, unseen: int
) -> None:
    edition = read_edition(outputs / STEM)
    pair = [
        type(edition)(
            edition.stem,
            edition.run,
            {"rate": {"id": "rate", "value": value, "text": text, "verdict": verdict}},
        )
        for value, text, verdict in (old, new)
    ]
    found = compare_editions(*pair)
    assert (len(found.moves), found.unseen, found.same) == (moved, unseen, 1 - moved - unseen)


def test_without_unseen_moves_nothing_is_said_of_them(outputs: Path) -> None:
    edition = read_edition(outputs / STEM)
    found = compare_editions(edition, edition)
    assert found.text().endswith(f"0 figures moved, {len(edition.figures)} are the same")


def test_other_files_of_the_same_vintage_are_named_so(outputs: Path) -> None:
    earlier = read_edition(outputs / STEM)
    run = json.loads(json.dumps(earlier.run))
    run["inputs"][0]["sha256"] = "2" * 64
    (cause,) = compare_editions(earlier, type(earlier)(earlier.stem, run, {})).causes
    assert "vintage 2023-12, then other files of the same" in cause.detail


def test_a_figure_that_came_or_went_is_none_on_the_other_side(outputs: Path) -> None:
    later = read_edition(outputs / STEM)
    figures = dict(later.figures)
    gone = figures.pop("robbery")
    earlier = type(later)(later.stem, later.run, figures)
    (move,) = compare_editions(earlier, later).moves
    assert (move.old, move.new, move.new_value) == ("none", gone["text"], gone["value"])


def test_the_period_before_is_the_previous_edition_of_a_first_run(outputs: Path) -> None:
    edition = read_edition(outputs / STEM)
    periods = {"2021": "2021", "2022": "2022", "half": "2022-01..2022-06"}
    others = [
        type(edition)(
            edition.stem, {**edition.run, "period": {"slug": s, "text": t, "label": t}}, {}
        )
        for s, t in periods.items()
    ]
    run = {**edition.run, "period": {"slug": "2023", "text": "2023", "label": "2023"}}
    now = type(edition)(edition.stem, run, {})
    assert [one.job[1] for one in earlier(outputs, now, [*others, now])] == ["2022", "2021"]


def test_the_verb_says_it_as_text_json_and_page(outputs: Path) -> None:
    _run_again(outputs, _revised)
    (kept, _) = sorted((outputs / ".editions" / STEM).glob("*.run.json"))
    page = outputs / "moved.html"
    words = ["diff", str(kept), STEM.as_posix(), "--outputs", str(outputs)]
    text = CliRunner().invoke(main, [*words, "--html", str(page)])
    assert text.exit_code == 0, text.output
    assert "[all-crime]: 16,970, can't tell -> 17,000, higher (revision of data)" in text.output
    found = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    assert [move["id"] for move in found["moves"]] == ["all-crime"]
    assert "17,000, higher" in page.read_text(encoding="utf-8")


def test_what_is_no_edition_is_refused(outputs: Path) -> None:
    with pytest.raises(UsageError, match="no edition is here"):
        named_edition("luton/2019/performance-report", outputs)
    with pytest.raises(UsageError, match=f"^{outputs.name}/a: no edition is here"):
        named_edition(f"{outputs.name}/a", outputs)


def test_an_edition_may_be_named_with_the_outputs_folder(outputs: Path) -> None:
    own = named_edition(STEM.as_posix(), outputs)
    for name in (f"{outputs.name}/{STEM.as_posix()}", f"{outputs.name}/{STEM.as_posix()}.pdf"):
        assert named_edition(name, outputs).run == own.run


def test_the_log_tells_of_a_file_that_was_altered(outputs: Path) -> None:
    file = {"name": "performance-report.pdf", "bytes": 1, "sha256": "0" * 64}
    _run_again(outputs, lambda run, _: run.update(files=[file]))
    assert "performance-report.pdf is another" in _review(outputs).text_content()


def test_claims_and_code_are_shown_as_text(outputs: Path) -> None:
    path = outputs / f"{STEM}.ipynb"
    book = nbformat.read(path, as_version=4)
    claim = {"text": "<b>Robbery doubled.</b>", "verdict": "contradicted", "reason": "8 to 17"}
    output = nbformat.v4.new_output("display_data", data={CLAIMS: {"claims": [claim]}})
    book.cells.append(nbformat.v4.new_code_cell("show('<i>')", id="claims", outputs=[output]))
    nbformat.write(book, path)
    _run_again(outputs, lambda *_: None)
    page = _review(outputs)
    cells = page.xpath(".//table[caption[starts-with(., 'Claims')]]/tbody/tr/*")
    assert [c.text_content() for c in cells] == [claim["text"], "■ contradicted", "8 to 17"]
    assert page.xpath(".//details/pre")[-1].text_content() == "show('<i>')"


def test_what_a_report_lacks_is_told_to_whoever_prepares_it(outputs: Path) -> None:
    assert (
        "No part of the report says that something is missing." in _review(outputs).text_content()
    )
    path = outputs / f"{STEM}.ipynb"
    book = nbformat.read(path, as_version=4)
    item = {"lacks": "No survey was supplied.", "do": "Add it under 'consultation'."}
    output = nbformat.v4.new_output("display_data", data={TO_DO: {"items": [item, item]}})
    book.cells.append(nbformat.v4.new_code_cell("show()", id="lacks", outputs=[output]))
    nbformat.write(book, path)
    _run_again(outputs, lambda *_: None)
    cells = _review(outputs).xpath(".//table[caption[starts-with(., 'What the report')]]/tbody//*")
    assert [cell.text_content() for cell in cells if cell.tag in {"th", "td"}] == [*item.values()]


def test_an_area_page_shows_its_reports_with_their_months(outputs: Path) -> None:
    page = html.parse(str(outputs / "bedford" / "index.html")).getroot()
    assert page.findtext(".//h1") == "Bedford"
    assert len(page.xpath(".//li[@class='headline']/*[local-name()='svg']")) == 4
    facts = {d.findtext("dt"): d.findtext("dd").strip() for d in page.xpath(".//dl/div")}
    assert facts["Data vintage"] == "December 2023"
    assert facts["Status"].startswith("Published 21 November 2026")
    links = [a.get("href") for a in page.xpath(".//ul[@class='formats']//a")]
    assert all((outputs / "bedford" / link).is_file() for link in links)


def test_editions_for_different_readers_are_never_set_side_by_side(tmp_path: Path) -> None:
    def made(day: int, readers: str, year: str = "2023") -> Edition:
        run = {
            "area": {"slug": "luton", "name": "Luton"},
            "period": {"slug": year, "text": year, "label": year},
            "notebook": {"name": "performance-report"},
            "started": f"2024-01-0{day}T10:00:00",
            "parameters": {} if readers == "public" else {"edition": readers},
        }
        stem = tmp_path / "luton" / year / "performance-report"
        stem.parent.mkdir(parents=True, exist_ok=True)
        Path(f"{stem}.run.json").write_text(json.dumps(run))
        Path(f"{stem}.figures.json").write_text(json.dumps({"figures": []}))
        edition = read_edition(stem)
        keep(tmp_path, edition)
        return edition

    first, hidden, again = made(1, "public"), made(2, "sensitive"), made(3, "public")
    assert [one.started for one in earlier(tmp_path, again, [])] == [first.started]
    assert list(earlier(tmp_path, hidden, [])) == []
    years = [made(4, "sensitive", "2022"), made(5, "public", "2021")]  # of other periods too
    before = [one.started for one in earlier(tmp_path, again, years)]
    assert before == [first.started, years[1].started]
    with pytest.raises(UsageError, match="one edition is sensitive and the other public"):
        compare_editions(hidden, again)
