"""One field for everything."""
