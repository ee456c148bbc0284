"""What the partnership did and what the law asks of it."""
