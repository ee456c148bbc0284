"""What blocks wear in a cell of JupyterLab, light and dark; published pages have their own."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

__all__ = ["PLAIN", "bare", "worn"]

PLAIN = "CSPANALYSIS_PLAIN"
"""Set in kernels whose cells nobody looks at: what they show goes into pages."""
_BEGIN, _END = '<style class="csp-lab">', "</style>"


def worn(html: str) -> str:
    """Give markup with the style of JupyterLab before it, where a person looks at cells."""
    return f"{style()}{html}" if html and _looked_at() else html


def bare(html: str) -> str:
    """Take the style of JupyterLab off again.

    Examples
    --------
    >>> bare(style() + "<p>a</p>")
    '<p>a</p>'
    """
    return html.split(_END, 1)[1] if html.startswith(_BEGIN) else html


@cache
def style() -> str:
    """Give the style as an element; its rules touch nothing but outputs of JupyterLab."""
    rules = (Path(__file__).with_name("lab.css")).read_text(encoding="utf-8").replace("\n", "")
    return f"{_BEGIN}{rules}{_END}"


def _looked_at() -> bool:
    if os.environ.get(PLAIN) or "ipykernel" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return getattr(shell, "kernel", None) is not None
