"""What everything stands on: findings, problems, the clock, spans, TOML files."""
