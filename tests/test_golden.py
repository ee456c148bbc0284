"""The default plan publishes what is kept: what should change no page is seen to change none."""

from __future__ import annotations

import os

import pytest

from tests import golden


def test_the_default_plan_publishes_what_is_kept() -> None:
    if "CSPANALYSIS_OUTPUTS" not in os.environ:
        pytest.skip("CSPANALYSIS_OUTPUTS names no folder that the default plan was published to")
    now, kept = golden.parts(golden.outputs()), golden.kept()
    assert len(now) > 400
    changed = sorted(key for key in now.keys() | kept.keys() if now.get(key) != kept.get(key))
    said = "\n".join(f"{report}: {part}" for report, part in changed[:40])
    assert not changed, (
        f"{len(changed)} parts of pages differ; where that is meant, run 'make golden':\n{said}"
    )
