"""Executed notebooks to HTML, PDF, Word and the index of what was published."""
