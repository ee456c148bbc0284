"""What a partnership says of itself: its file, and what the law asks of it."""

from cspanalysis.partnership.partnership import FILE, Partnership, how_to_add, read_partnership

__all__ = ["FILE", "Partnership", "how_to_add", "read_partnership"]
