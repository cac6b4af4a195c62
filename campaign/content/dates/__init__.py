"""Days, times and the calendar."""
