"""Statistics: numbers or frames in, frames out; no files, no drawing, no words."""
