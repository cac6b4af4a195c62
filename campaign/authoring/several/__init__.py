"""Several posts with the work of one: copies, and series."""
