"""Which counts may be shown: rules, what is hidden over a whole family of pages, the audit."""
