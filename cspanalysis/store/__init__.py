"""Observations on disk: the one place that answers how many, where and when."""
