"""Evergreen posts: which goes out again when, and what people decide about it."""
