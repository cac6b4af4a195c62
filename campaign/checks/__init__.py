"""What is wrong with a text, a post or a date: pure functions that give findings."""

from pathlib import Path

LISTS = Path(__file__).with_name("lists")
"""The lists of words that the checks go by, and the catalogue of all checks."""
