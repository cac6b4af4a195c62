"""Channels, pauses, settings, the demonstration."""
