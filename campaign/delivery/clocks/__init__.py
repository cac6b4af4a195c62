"""The machine's clock: what ticks by it, and whether it agrees with those of the networks."""
