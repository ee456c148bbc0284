"""Turn single bits of every file of the shipped store: ``python -m benchmarks.flips [--flips N]``.

Each time the file is read as a report reads it. It must be refused; 0 may be counted.
"""

from __future__ import annotations

import argparse
import platform
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cspanalysis import paths
from cspanalysis.errors import StoreError
from cspanalysis.store import Store
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.kept import Kept, kept_files, read_arrow

SEED = 20


def main() -> None:
    """Turn bits and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flips", type=int, default=2000)
    flips = parser.parse_args().flips
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        root = Path(folder, "store")
        shutil.copytree(paths.data_folder() / "counts", root)
        found = Counter(turned(root, flips))
    refused, counted = found["refused"], found["counted"]
    lines = [
        "# Flips: single bits of the store's files turned",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, seed {SEED}.",
        "",
        "| Bits turned | Refused | Counted |",
        "|---|---|---|",
        f"| {refused + counted:,} | {refused:,} | {counted:,} |",
    ]
    print("\n".join(lines))
    Path(__file__).with_name("RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def turned(root: Path, flips: int) -> Iterator[str]:
    """Turn so many bits of a store, files by turns, and say of each what came of it."""
    chance = random.Random(SEED)
    held = {kept.path: kept for kept in kept_files(Coverage.read(root).rows)}
    files = sorted(path for path in root.rglob("*") if path.is_file())
    if any(_refused(held.get(path), root) for path in files):
        raise RuntimeError(f"{root}: a file is refused as it stands")
    for number in range(flips):
        path = files[number % len(files)]
        raw = path.read_bytes()
        broken = bytearray(raw)
        broken[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        yield "refused" if _refused(held.get(path), root) else "counted"
        path.write_bytes(raw)


def _refused(kept: Kept | None, root: Path) -> bool:
    try:
        if kept is None:
            Store.open(root).held.last_ingest()
        else:
            read_arrow(kept)
    except StoreError:
        return True
    return False


if __name__ == "__main__":
    main()
