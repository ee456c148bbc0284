"""What a cell shows: its markup, text and records, and the colours and type that all of it wears.

`cspanalysis.display` makes blocks of findings, and `cspanalysis.publication` makes pages of them:
this is what both must agree on, and it knows nothing of crime.
"""
