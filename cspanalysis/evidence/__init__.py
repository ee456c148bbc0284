"""All that is known of one area, its periods and its comparators, gathered once; no words."""
