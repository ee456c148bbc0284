"""Texts of one's own: read, held against the figures, and annotated."""
