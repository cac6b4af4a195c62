"""Campaigns and facts."""
