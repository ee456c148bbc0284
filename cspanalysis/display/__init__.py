"""Figures and tables of findings and frames, for a notebook cell."""
