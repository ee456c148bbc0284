"""What blocks wear in JupyterLab, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cspanalysis.blocks.lab import bare, style, worn

SHOWN = """
from IPython.core.interactiveshell import InteractiveShell
import ipykernel
from cspanalysis.blocks.block import Block
InteractiveShell.instance().kernel = object()
print(Block("<p>a</p>", "a")._repr_mimebundle_()["text/html"])
"""


def test_markup_wears_nothing_outside_a_kernel() -> None:
    assert worn("<p>a</p>") == "<p>a</p>"


def test_rules_touch_outputs_of_jupyterlab_alone_and_load_nothing() -> None:
    rules = style().removeprefix('<style class="csp-lab">').removesuffix("</style>").split("}")
    assert all(".jp-OutputArea-output" in rule for rule in rules if rule.strip())
    assert "url(" not in style()
    assert "@" not in style()


def test_a_cell_that_a_person_looks_at_is_styled_and_a_page_takes_it_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CSPANALYSIS_PLAIN", raising=False)
    words = [sys.executable, "-c", SHOWN]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    assert shown == f"{style()}<p>a</p>"
    assert bare(shown) == "<p>a</p>"
    monkeypatch.setenv("CSPANALYSIS_PLAIN", "1")
    again = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    assert again == "<p>a</p>"
