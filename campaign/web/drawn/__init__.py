"""What is drawn: days in lanes, and weeks as bars. Geometry alone, from plain values; the templates draw."""
