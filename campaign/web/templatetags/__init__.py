"""Django's own place for these."""
