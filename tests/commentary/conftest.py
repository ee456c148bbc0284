"""The seed reports as lines, for what people write of them."""

from tests.findings.conftest import wokingham, wycombe

__all__ = ["wokingham", "wycombe"]
