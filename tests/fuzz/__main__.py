"""Change seeds at random for a while: ``python -m tests.fuzz [seconds]``; finds are kept."""

from __future__ import annotations

import hashlib
import random
import sys
import time
import traceback
from collections import Counter

from tests.fuzz.mutations import CORPUS, attempt, changed, seeds


def main(seconds: float) -> int:
    """Try until the time is over; give the number of finds."""
    rng, tried, kinds, found = random.Random(), 0, Counter[str](), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        name, raw = rng.choice(sorted(seeds().items()))
        steps = [(rng.randrange(64), rng.randrange(1 << 20), rng.randrange(1 << 20))
                 for _ in range(rng.randint(1, 4))]  # fmt: skip
        broken = changed(raw, steps)
        tried += 1
        try:
            said = attempt(name, broken)
        except Exception:
            found += 1
            digest = hashlib.sha256(broken).hexdigest()[:8]
            stem, _, ending = name.rpartition(".")
            (CORPUS / f"{stem}.{digest}.{ending}").write_bytes(broken)
            traceback.print_exc()
            continue
        seam = said.partition("damaged or no table (")[2].partition(":")[0]
        kinds[f"unforeseen, told: {seam}" if seam else "told" if said else "taken"] += 1
    sys.stdout.write(
        f"{tried:,} files tried, {found} finds kept in tests/fuzz/corpus; {dict(kinds)}\n"
    )
    return found


if __name__ == "__main__":
    sys.exit(min(main(float(sys.argv[1]) if len(sys.argv) > 1 else 600), 1))
