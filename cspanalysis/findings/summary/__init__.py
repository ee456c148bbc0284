"""What a report says first, and in which order."""
