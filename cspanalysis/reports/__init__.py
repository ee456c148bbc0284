"""The reports: facts that are asked, sections that show them, and a short file a report."""
