"""The calendar, and giving a post another time."""
