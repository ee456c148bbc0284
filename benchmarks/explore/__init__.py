"""How long an analyst waits in JupyterLab."""
