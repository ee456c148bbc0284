"""What changed, how surely, and what may explain it."""
