"""The rooms of the package that no kernel uses: their code changes nothing that a report counts."""

from __future__ import annotations

from typing import Final

OUTSIDE_KERNELS: Final = frozenset({"command", "production", "publication", "writing", "__main__"})
