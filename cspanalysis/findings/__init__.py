"""What the numbers mean: typed values, and the sentences they are told in."""
