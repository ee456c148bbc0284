"""Where it happened, and beside whom the area stands."""
