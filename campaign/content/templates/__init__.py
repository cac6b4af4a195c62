"""The Jinja2 of messages, which cannot run away."""
