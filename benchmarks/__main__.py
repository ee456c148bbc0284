"""Run all benchmarks, or those named: ``python -m benchmarks [NAME ...]``.

Each benchmark is a folder with a ``__main__.py`` that prints what it measured and writes it to
the ``RESULTS.md`` beside it. Those that take hours run only when they are named.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

ON_DEMAND = {"freshness", "mutation", "national"}


def main(names: list[str]) -> int:
    here = Path(__file__).parent
    known = sorted(path.parent.name for path in here.glob("*/__main__.py"))
    if unknown := set(names) - set(known):
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return 2
    for name in names or [name for name in known if name not in ON_DEMAND]:
        print(f"== {name}")
        sys.argv = [name]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
