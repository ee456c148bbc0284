"""Sections of reports: each a function that takes the facts and gives a block."""
