"""Saying yes in steps, what is said beforehand, and what was agreed to, to keep."""
