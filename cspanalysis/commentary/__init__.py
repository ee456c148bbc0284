"""What people write: sections, placeholders, claims and how each is judged."""
