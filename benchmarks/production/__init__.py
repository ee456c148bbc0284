"""Runs of one plan in five ways, and a run in which nothing has changed."""
