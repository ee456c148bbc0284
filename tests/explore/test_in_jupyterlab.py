"""`cspanalysis lab explore` in a real browser: chosen by hand, by keys, in the dark, offline."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from cspanalysis import paths

pytest.importorskip("anywidget")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIVE = ".csp-explore-live"
CELLS = ".jp-Notebook .jp-Cell"
PATIENCE = 240_000
"""Milliseconds; a kernel that starts beside a whole suite takes its time."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@contextmanager
def lab(workspace: Path) -> Iterator[str]:
    """Open JupyterLab as the command does, on a port of its own; it is ended with all it began."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = workspace / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    dark = {"theme": "JupyterLab Dark"}
    (settings / "themes.jupyterlab-settings").write_text(json.dumps(dark), encoding="utf-8")
    options = ("--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=")
    running = subprocess.Popen(
        [sys.executable, "-m", "cspanalysis", "lab", "explore", *options],
        cwd=workspace,
        env={
            **os.environ,
            "CSPANALYSIS_HOME": str(workspace),
            "JUPYTERLAB_SETTINGS_DIR": str(workspace / "settings"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE / 1000
        while not _answers(address):
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/api", timeout=5):
            return True
    except (URLError, OSError):
        return False


def opened(browser: Any, address: str, outside: list[str]) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 900})

    def only_here(route: Any) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.goto(f"{address}/lab/tree/notebooks/explore.ipynb", wait_until="domcontentloaded")
    page.wait_for_selector(CELLS, timeout=PATIENCE)
    return page


def test_a_view_is_chosen_by_hand_and_remains_without_a_kernel(
    browser: Any, tmp_path: Path
) -> None:
    workspace, outside = tmp_path / "my safety", list[str]()
    (workspace / "outputs").mkdir(parents=True)
    shutil.copytree(paths.data_folder(), workspace / "data")
    (workspace / "notebooks").mkdir()
    shutil.copy(paths.notebooks_folder() / "explore.ipynb", workspace / "notebooks")

    with lab(workspace) as address:
        page = opened(browser, address, outside)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        live = page.locator(LIVE)
        live.locator(".said:not(:empty)").wait_for(timeout=PATIENCE)
        assert page.locator(".csp-still").first.is_hidden()

        # keys that JupyterLab would take for its own change no cell, and Enter chooses
        cells = page.locator(CELLS).count()
        ward = live.locator("tbody button").nth(1)
        name = ward.inner_text()
        ward.focus()
        for key in ("b", "x", "d", "d", "Enter"):
            page.keyboard.press(key)
        live.locator(".said", has_text=name).wait_for(timeout=PATIENCE)
        assert page.locator(CELLS).count() == cells
        assert live.locator("tbody button[aria-pressed=true]").all_inner_texts() == [name]

        # a second one with Ctrl; both are named, and offered as a custom area
        live.locator("tbody button").nth(2).focus()
        page.keyboard.press("Control+Enter")
        live.locator(".said", has_text="Picked after looking").wait_for(timeout=PATIENCE)
        assert live.locator("tbody button[aria-pressed=true]").count() == 2
        live.get_by_label("Name the places picked").fill("x marks b")
        page.keyboard.press("Enter")
        live.locator(".lines", has_text="name: x marks b").wait_for(timeout=PATIENCE)
        assert page.locator(CELLS).count() == cells

        live.get_by_role("button", name="Keep this view").click()
        live.locator(".kept", has_text="Kept (1 in all)").wait_for(timeout=PATIENCE)
        page.evaluate(_axe())
        for light in ("false", "true"):
            if light == "true":
                _choose_theme(page, "JupyterLab Light")
            page.wait_for_selector(
                f"body[data-jp-theme-light={light}]", state="attached", timeout=PATIENCE
            )
            found = page.evaluate(f"axe.run('{LIVE}', {{resultTypes: ['violations']}})")
            assert [each["id"] for each in found["violations"]] == []
        _save(page, workspace / "notebooks/explore.ipynb", "csp-still")
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_text("New Launcher", exact=True).click()
        page.locator(".jp-LauncherCard", has_text="Explore").wait_for(timeout=PATIENCE)
        page.close()

    with lab(workspace) as address:
        page = opened(browser, address, outside)
        page.locator(".csp-still").first.wait_for(state="visible", timeout=PATIENCE)
        page.close()
    assert outside == []


def _choose_theme(page: Any, name: str) -> None:
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    for words in ("Theme", name):
        page.locator(".lm-Menu-itemLabel").get_by_text(words, exact=True).click()


def _save(page: Any, notebook: Path, words: str) -> None:
    """Save until the file holds some words: while cells run JupyterLab may let a request go by."""
    until = time.monotonic() + PATIENCE / 1000
    while words not in notebook.read_text(encoding="utf-8"):
        assert time.monotonic() < until
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_text("Save Notebook", exact=True).click()
        page.wait_for_timeout(2000)


def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
