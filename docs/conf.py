"""The site of the documentation: `make docs` builds it, without a network."""

# ruff: noqa: A001 - names that Sphinx asks for

import cspanalysis

project = "cspanalysis"
author = copyright = "the cspanalysis authors"
version = release = cspanalysis.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
myst_fence_as_directive: list[str] = []
exclude_patterns = ["images"]
# Pages link to files of the repository, which the site does not hold; mermaid is shown as text.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
napoleon_google_docstring = False
html_theme = "pydata_sphinx_theme"
html_theme_options = {"navigation_with_keys": False, "use_edit_page_button": False}
html_show_sourcelink = False
