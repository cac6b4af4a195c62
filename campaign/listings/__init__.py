"""What the pages ask the database, bounded however much there is."""
