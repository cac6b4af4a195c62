"""The campaign on a simulated clock, with nothing sent."""
