"""What an analyst holds in a JupyterLab cell: reports that answer questions of one's own.

The numbers, tests, caveats and rules of disclosure are those of the reports; here is only how one
asks for them.
"""
