"""Many jobs with faults among them: what is published, what is recorded, and what is left."""
