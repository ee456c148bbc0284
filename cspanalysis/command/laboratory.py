"""JupyterLab as a workspace wants it: no word to the network, and no need to write at home."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["lab_environment"]

_OURS = Path(__file__).parent / "jupyter"
_WRITTEN = {
    "IPYTHONDIR": "ipython",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
}
"""Folders that Jupyter writes to, which lie in the home folder unless these say otherwise."""


def lab_environment(given: Mapping[str, str], *, home: Path, scratch: str) -> dict[str, str]:
    """Give the environment in which JupyterLab is opened in a workspace.

    Parameters
    ----------
    given
        The environment of the command.
    home
        The workspace.
    scratch
        A folder for what Jupyter keeps, where the person's own home folder can't be written.

    Notes
    -----
    JupyterLab asks for news and newer versions on the network when it is first opened; the
    settings that lie beside this module leave that out. The extension that lies there too shows the
    workspace's notebooks in the launcher.
    """
    paths = ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH")
    ours = {name: os.pathsep.join(filter(None, (given.get(name), str(_OURS)))) for name in paths}
    kept = {} if _writable() else {name: f"{scratch}/{to}" for name, to in _WRITTEN.items()}
    return {**kept, **given, **ours, "CSPANALYSIS_HOME": str(home)}


def _writable() -> bool:
    """Tell whether files can be made in the home folder; a right alone is no proof of it."""
    try:
        with tempfile.TemporaryFile(dir=Path.home()):
            return True
    except (OSError, RuntimeError):
        return False
