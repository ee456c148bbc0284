"""What the numbers mean: findings, sentences and the rules of comparability."""
