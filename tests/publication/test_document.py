"""The program that the document tree comes from: what it says when it fails, or does not end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cspanalysis.errors import PublicationError
from cspanalysis.publication.document import pandoc

_RUN = """
from cspanalysis.publication import document
document._LIMIT = 0.5
document.pandoc(["-f", "html", "-t", "json"], b"")
"""


def test_what_pandoc_says_when_it_fails_is_told() -> None:
    with pytest.raises(PublicationError, match=r"^pandoc failed: .*nonsense"):
        pandoc(["-f", "nonsense", "-t", "json"], b"")


def test_pandoc_that_does_not_end_is_ended(tmp_path: Path) -> None:
    # A process of its own, since pypandoc looks for the program once.
    program = tmp_path / "pandoc"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && { echo pandoc 3.9; exit; }\n'
        f"echo $$ > {tmp_path}/pid\nexec sleep 60\n"
    )
    program.chmod(0o755)
    environment = {**os.environ, "PYPANDOC_PANDOC": str(program)}
    command = [sys.executable, "-c", _RUN]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert "PublicationError: pandoc was not done after 0.5 seconds and was ended" in done.stderr
    hung = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(hung, 0)
