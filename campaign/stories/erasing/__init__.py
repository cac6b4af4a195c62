"""Erasing what people said and who they are: when they ask, when it is time, and what could not go yet."""
