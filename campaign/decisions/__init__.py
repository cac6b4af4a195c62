"""What people decide: approve, give a new time, cancel, resolve, remove. Every door comes here."""
