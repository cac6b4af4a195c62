"""What is out of a post: what became of it, and the way to correct it."""
