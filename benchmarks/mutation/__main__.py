"""Change the methods one constant, sign or comparison at a time, and see whether a test fails.

``python -m benchmarks.mutation`` tries what has not been tried yet: an hour or two on one core, at
the lowest priority, from new. It can be stopped at any time, and the next call goes on from there.
``... mutation rates funnels`` tries two modules again, ``... mutation --survivors`` what no test
noticed so far. It needs ``pip install mutmut``; ``mutmut show NAME`` shows a change.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTANTS = ROOT / "mutants"
METHODS = Path("cspanalysis/methods")
MISSED = {0, 5, 33}
"""How tests end that pass, or that are none."""
TARGET = 0.9


def main(words: list[str]) -> int:
    known = {path.stem for path in (ROOT / METHODS).glob("*.py")} | {"--survivors"}
    if unknown := set(words) - known:
        print(f"no module {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
        return 2
    wanted = [f"{'.'.join(METHODS.parts)}.{word}.*" for word in words if word != "--survivors"]
    if "--survivors" in words:
        wanted += [name for meta in metas() for name, code in codes(meta).items() if code in MISSED]
    os.nice(19)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *wanted]
    tried = subprocess.run(command, cwd=ROOT, check=False).returncode
    if tried == 0:
        write_report()
    return tried


def write_report() -> None:
    """Write the score of each module beside this file."""
    rows, whole = [], Counter[str]()
    for path in metas():
        found = outcomes(path)
        if found["killed"] + found["survived"]:
            whole += found
            rows.append(_row(path.name.removesuffix(".py.meta"), found))
    lines = [
        "# Mutations of the methods",
        "",
        f"{__doc__}",
        f"Target: {TARGET:.0%} of the changes make a test fail. A survivor is most often a change "
        "that changes nothing: the type of an array that has it already, the start of an iteration "
        "that converges anyway, a comparison at a value that both branches treat alike. Tests that "
        "read the published numbers in `../shared` take no part.",
        "",
        "| module | changes | tried | noticed | score |",
        "|---|---:|---:|---:|---:|",
        *rows,
        _row("**all**", whole),
    ]
    text = "\n".join(lines) + "\n"
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


def metas() -> list[Path]:
    """List what mutmut remembers, one file a module."""
    return sorted((MUTANTS / METHODS).glob("*.py.meta"))


def codes(meta: Path) -> dict[str, int | None]:
    """Give how the tests of each change ended; None where it has not been tried."""
    found: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def outcomes(meta: Path) -> Counter[str]:
    """Count the changes of one module that were noticed, and those that were not."""
    ends = codes(meta).values()
    tried = [code for code in ends if code is not None]
    missed = sum(code in MISSED for code in tried)
    return Counter(all=len(ends), survived=missed, killed=len(tried) - missed)


def _row(name: str, found: Counter[str]) -> str:
    tried = found["killed"] + found["survived"]
    score = found["killed"] / tried
    return f"| {name} | {found['all']:,} | {tried:,} | {found['killed']:,} | {score:.1%} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
