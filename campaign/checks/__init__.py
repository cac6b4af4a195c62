"""What is wrong with a text, a post or a date: pure functions that give findings."""
