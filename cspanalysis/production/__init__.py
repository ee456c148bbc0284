"""Notebooks x areas x periods to executed notebooks and run records."""
