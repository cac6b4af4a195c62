"""What is said: posts, facts, awareness days and templates, read from files and turned into text."""
