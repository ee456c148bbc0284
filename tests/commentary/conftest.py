"""The two seed reports, which claims are held against as findings are."""

from tests.findings.conftest import wokingham, wycombe

__all__ = ["wokingham", "wycombe"]
