"""What deserves attention: priorities, targets and harm."""
