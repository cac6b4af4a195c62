"""The key in a private address: drawn so that nobody can guess it, kept only as its SHA-256."""

import hashlib
import secrets


def draw_key() -> str:
    """A key that nobody can guess: 256 bits, fit for a web address."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is kept of a key: it opens nothing, and tells whether a key is the one that was drawn."""
    return hashlib.sha256(key.encode()).hexdigest()
