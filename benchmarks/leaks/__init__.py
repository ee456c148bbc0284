"""What many jobs leave behind in the process that runs them."""
