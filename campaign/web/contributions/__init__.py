"""What volunteers contribute."""
