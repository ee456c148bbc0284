"""Leaks: what was planted in any kind of public file is found; good reports hold none."""

from __future__ import annotations

import base64
import json
import shutil
import socket
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import nbformat
import openpyxl
import pikepdf
import pytest

from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.paths import SENSITIVE_MARK, without_paths
from cspanalysis.publication import leaks as module
from cspanalysis.publication.index import entries_of
from cspanalysis.publication.leaks import check_leaks, folder_leaks, leaks
from tests.samples import run_record

PATH = "/home/jo/cases/marac.csv"


def spreadsheet(*, cell: str = "", author: str = "") -> bytes:
    book, target = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = cell
    book.properties.creator = author
    book.save(target)
    return target.getvalue()


def word(*, runs: tuple[str, ...] = (), comment: str = "") -> bytes:
    document, target = docx.Document(), BytesIO()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    document.core_properties.comments = comment
    document.save(target)
    return target.getvalue()


def pdf(**properties: str) -> bytes:
    document, target = pikepdf.new(), BytesIO()
    document.add_blank_page()
    for name, value in properties.items():
        document.docinfo[f"/{name}"] = value
    document.save(target)
    return target.getvalue()


def book(**cell: object) -> bytes:
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_code_cell(**cell)]
    return nbformat.writes(made).encode()


def packed(content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("inner.xlsx", content)
    return target.getvalue()


SVG = base64.b64encode(f"<svg><desc>{PATH}</desc></svg>".encode()).decode()
PRINTED = [nbformat.v4.new_output("stream", text="note")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", f"<p>from {PATH}</p>".encode()),
        ("page.html", b"<p>from /home/<b>jo</b>/cases/marac.csv</p>"),
        ("page.html", b"<!-- made in C:\\Users\\jo\\csp -->"),
        ("page.html", b"<a href='file:///srv/csp/x.csv'>x</a>"),
        ("page.html", b"<p>\\\\server7\\share\\x.csv</p>"),
        ("page.html", f'<img src="data:image/svg+xml;base64,{SVG}">'.encode()),
        ("figures.json", json.dumps({"a": [{"b": "C:\\Users\\jo"}]}).encode()),
        ("figures.json", json.dumps({PATH: 1}).encode()),
        ("sheet.xlsx", spreadsheet(cell=PATH)),
        ("sheet.xlsx", spreadsheet(author=PATH)),
        ("report.docx", word(runs=("see /home/j", "o/cases"))),
        ("report.docx", word(comment=PATH)),
        ("report.pdf", pdf(Author=PATH)),
        ("data.zip", packed(spreadsheet(cell=PATH))),
        ("report.ipynb", book(source=f"open({PATH!r})")),
        ("report.ipynb", book(source="1", outputs=PRINTED)),
        ("report.ipynb", book(source="1", metadata={"tags": ["analyst"]})),
        ("report.ipynb", b"no notebook"),
    ],
)
def test_what_is_planted_is_found(name: str, content: bytes) -> None:
    assert list(leaks(name, content))


def test_gate_refuses_what_will_be_published_and_no_note_of_an_analyst() -> None:
    page, note = f"<p>{PATH}</p>".encode(), book(source=PATH, metadata={"tags": ["analyst"]})
    with pytest.raises(PublicationError, match=f"not published: page.html tells the path {PATH}"):
        check_leaks({"page.html": page, "book.ipynb": note})
    printed = [nbformat.v4.new_output("stream", text=PATH)]
    check_leaks({"book.ipynb": note, "other.ipynb": book(source="1", outputs=printed)})
    with pytest.raises(PublicationError, match="tells the path"):
        check_leaks({"book.ipynb": book(source=PATH)})


@pytest.mark.parametrize(
    "text",
    [
        "rates per 1,000 and/or 2023/24; see https://www.gov.uk/home/office/x and home/school",
        "a/b testing, 3/4 of them, //cdn.example.org/x",
        '<img src="data:font/woff2;base64,AA/home/BBBB/CCC/tmp/DDDD">',
    ],
)
def test_what_only_looks_like_a_path_is_let_be(text: str) -> None:
    assert list(leaks("page.html", text.encode())) == []


def test_names_of_machine_and_account_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "csp-analyst-pc.example.org")
    monkeypatch.setattr(module.getpass, "getuser", lambda: "jsmith4")
    module._names.cache_clear()
    try:
        assert list(leaks("a.html", b"<p>made on csp-analyst-pc</p>"))
        assert list(leaks("a.json", b'{"by": "jsmith4@office"}'))
        assert not list(leaks("a.json", b'{"by": "jsmith42"}'))
    finally:
        module._names.cache_clear()


def test_published_samples_leak_nothing(site: Path, tmp_path: Path) -> None:
    for ending in ("html", "pdf", "docx", "xlsx"):
        file = site / f"bedford/2023/performance-report.{ending}"
        assert list(leaks(file.name, file.read_bytes())) == []


def test_text_on_a_page_of_a_pdf_is_read(site: Path) -> None:
    content = (site / "bedford/2023/performance-report.pdf").read_bytes()
    assert "All crime" in " ".join(module._texts(".pdf", content))


def test_folder_tells_sensitive_editions_and_leaves_failures_out(tmp_path: Path) -> None:
    for place in ("luton/2023", ".editions/luton/2023/report", ".failed/luton/2023"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "report.run.json").write_text(
            '{"parameters": {"edition": "sensitive"}}'
        )
    found = {file.relative_to(tmp_path).parts[0] for file, _ in folder_leaks(tmp_path)}
    assert found == {"luton", ".editions"}
    (tmp_path / SENSITIVE_MARK).touch()
    assert list(folder_leaks(tmp_path)) == []


def test_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file is here"):
        list(folder_leaks(tmp_path))


def test_message_of_a_failed_job_stands_in_the_index_of_sensitive_editions_alone(
    site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site / "bedford", tmp_path / "bedford")
    run_record(tmp_path / ".failed", "luton", "2023", failure=f"{PATH}, line 3: no date")
    (failed,) = (entry for entry in entries_of(tmp_path) if entry.failed)
    assert failed.reason.startswith("StoreError: why stands in .failed/luton/2023/")
    (tmp_path / SENSITIVE_MARK).touch()
    (failed,) = (entry for entry in entries_of(tmp_path) if entry.failed)
    assert failed.reason == f"StoreError: {PATH}, line 3: no date"


def test_a_message_keeps_the_names_of_files_alone() -> None:
    assert without_paths("C:\\Users\\jo\\a.csv and /srv/b/c.csv") == "a.csv and c.csv"
