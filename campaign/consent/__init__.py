"""What a person allows whose story is told: the rule, and the questions to its tables. The gate stands on it."""
