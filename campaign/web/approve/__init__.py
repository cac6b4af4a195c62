"""Approving."""
