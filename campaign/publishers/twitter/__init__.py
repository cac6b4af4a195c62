"""X: its calls, its answers, its rules."""
