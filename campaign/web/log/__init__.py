"""The publish log."""
