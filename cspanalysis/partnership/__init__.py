"""What a partnership says of itself: its file, and what the law asks of it."""

from cspanalysis.partnership.partnership import FILE, Partnership, read_partnership

__all__ = ["FILE", "Partnership", "read_partnership"]
