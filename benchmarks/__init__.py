"""What is measured against what: a folder a question."""
