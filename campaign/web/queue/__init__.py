"""The queue, and one delivery."""
