"""Stories and the people whose they are."""
