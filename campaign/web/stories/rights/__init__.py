"""What is a person's right, on their own page and on the team's: a copy, a correction, being erased."""
