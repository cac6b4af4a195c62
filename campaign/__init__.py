"""A campaign scheduler for health charities."""

__version__ = "0.1.0"
