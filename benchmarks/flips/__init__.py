"""Single bits of the store's files turned, and whether any would be counted."""
