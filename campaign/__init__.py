"""A campaign scheduler for health charities."""
